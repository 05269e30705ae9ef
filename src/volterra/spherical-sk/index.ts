/**
 * The spherical SK model at infinite size, planted or not (docs/equations.md, section "Spherical SK"):
 * S3, S4 spectral-step · S5, S6 quantities · S7, S8, S13 observe · S10 projected-gradient · S14 spike-average ·
 * S15 linear-kernel · S16 linear-grid · S17 linear-solution · S22 hessian-crossing.
 */
export { hessianCrossingTime } from "./hessian-crossing";
export { type ProjectedGradientMethod, solveProjectedGradient } from "./projected-gradient";
export { type LinearMethod, solveLinearVolterra } from "./solve-linear";
export { type SpectralMethod, solveSpectral } from "./solve-spectral";
