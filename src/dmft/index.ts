/**
 * The dynamical mean-field theory of phase retrieval: an effective process whose averages determine it. Two methods,
 * `damped/` and `causal/`, sample it and share what stands in `process/`; `particles/` gets its averages from a large system. Where each equation of docs/equations.md is computed:
 *
 *   (P.11)            forces F and D           createBatch, computeForces
 *   (P.12)            sums over trajectories   createBatch, computeForces
 *   (P.13)            multiplier from fields   createSolution
 *   (P.19)            multiplier from kernels  createRecursion, kernelMultiplier
 *   (P.20)            step of a trajectory     createBatch, step
 *   (P.21) to (P.24)  steps of m, C and R      createRecursion, step
 *   (P.25), (P.28)    step of the responses    stepAt, fillExpansion and the kernels of responses
 */
export type { CausalMethod } from "./causal";
export type { DampedMethod } from "./damped";
export { KERNEL_NAMES, type ParticleSolution, type ParticlesMethod, solveParticles } from "./particles";
export { effectiveRateLimit } from "./process/reach";
export type { DmftSolution, KernelName } from "./process/solution";
export { solveCausal, solveDamped } from "./solve";
