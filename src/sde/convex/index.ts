/** Langevin paths in a convex basin. */
export { type ConvexSdeMethod, solveConvexSde } from "./solve";
