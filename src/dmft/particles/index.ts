/**
 * Interacting particles. Where each equation of docs/equations.md stands, besides those of `process/`:
 *
 *   (P.30)  structured matrix          createSystem, rotate, and the kernel walshHadamard
 *   (P.31)  its eigenvalues            marchenkoPasturQuantiles of models/, drawParticles
 *   (P.32)  fields at the start        drawParticles
 *   (P.33)  step                       createSystem, move, and the kernel moveParticles
 *   (P.34)  correlations               createPairRecorder, correlate
 *   (P.35)  responses by twins         createPairRecorder, begin and measure
 */
export { KERNEL_NAMES, type ParticlesMethod } from "./method";
export type { ParticleSolution } from "./solution";
export { solveParticles } from "./solve";
