/**
 * Theories of heavy-ball descent with noise near its zero-loss manifold, by equation of docs/equations.md: (LN18), (LN20), (LN21)
 * equation.ts, followed without noise by drift.ts and with noise by diffusion.ts; (LN33) closure.ts; (LN37)
 * mean-field.ts.
 */
export { type ClosureMethod, type ClosurePath, solveMomentClosure } from "./closure";
export { type ManifoldDiffusion, solveManifoldDiffusion } from "./diffusion";
export { type DriftMethod, type ManifoldPath, solveManifoldDrift } from "./drift";
export { createManifoldEquation, type ManifoldEquation } from "./equation";
export { type MeanFieldPath, solveMeanField } from "./mean-field";
export type { DiffusionMethod } from "./paths";
