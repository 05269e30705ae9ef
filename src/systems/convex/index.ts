/** The convex basin from a script: its mean loss, Langevin paths, discrete descent. */
export { type ConvexBasin, checkBasin } from "../../models/convex/basin";
export { scheduleFrom } from "../../schedule";
export * from "../../sde/convex";
export * from "../../simulate/convex";
export * from "../../theory/convex";
