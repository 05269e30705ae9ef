/** Langevin dynamics of a finite Gaussian landscape on the sphere, with or without a planted signal. */
export type { LandscapeProblem, LandscapeSimulation, ResponseMethod } from "./problem";
export { simulateSphericalLandscape } from "./simulate";
