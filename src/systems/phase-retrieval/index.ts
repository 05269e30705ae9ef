/** Phase retrieval from a script: the mean-field theory and the finite system, for any twice-differentiable cost. */
export {
  type CausalMethod,
  type DampedMethod,
  type DmftSolution,
  effectiveRateLimit,
  type ParticleSolution,
  type ParticlesMethod,
  solveCausal,
  solveDamped,
  solveParticles,
} from "../../dmft";
export { type Cost, phaseRetrievalCost } from "../../models/cost";
export { type PhaseRetrieval, phaseRetrieval } from "../../models/phase-retrieval/problem";
export type { StartValues } from "../../models/phase-retrieval/start";
export * from "../../simulate/phase-retrieval";
export * from "../../theory/phase-retrieval";
