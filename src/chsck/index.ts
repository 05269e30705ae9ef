/**
 * The two-time (CHSCK) equations of Langevin dynamics in a Gaussian landscape. Where each equation of docs/equations.md stands,
 * all on the uniform grid of {@link solveUniform}:
 *
 *   (T.1) to (T.3)  dC/ds, dR/ds, dm/ds    createRightSides, their integrals createMemory
 *   (T.4)           multiplier z           createMultiplier, reduced
 *   (T.5)           losses                 createLosses
 *   (T.6), (T.7)    predicted row          createPredictor
 *   (T.8), (T.10)   step, slopes           createRowSolver, correct and finish
 *   (T.9)           rate of decay          createMultiplier, decayRate
 *   (T.11)          extrapolation          extrapolate
 */
export type { AgingMethod } from "./aging/method";
export { solveAging } from "./aging/solve";
export { type AutomaticMethod, solveAutomatic } from "./automatic";
export type { TwoTimeProblem } from "./problem";
export type { LeveledSolution, LevelSample } from "./solution";
export type { UniformMethod } from "./uniform/method";
export { solveUniform } from "./uniform/solve";
