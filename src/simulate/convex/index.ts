/** Discrete descent with noise in a convex basin, C2. */
export { type ConvexSimulation, convexTask, simulateConvex } from "./simulate";
