/**
 * The finite spherical SK model: matrices in the tridiagonal basis (tridiagonal), their top eigenvalues and eigenvector
 * (top-eigenvalues), Langevin dynamics and projected gradient descent, S10 (run).
 */
export { type CouplingMatrix, drawMatrix, type MatrixBasis } from "./matrix";
export type { SphericalSkDynamics, SphericalSkSimulation } from "./plan";
export { simulateSphericalSk, sphericalSkTask } from "./simulate";
