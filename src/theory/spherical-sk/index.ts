/**
 * Closed forms of the spherical SK model (docs/equations.md, section "Spherical SK"): S18, S23 lateExponent · S18
 * lateExcessLoss · S19 visibleTime · S20 crossoverClockLeading · S21 crossoverClock · S24 harmonicNoiseFactor · S25
 * zeroTemperatureMultiplier.
 */
export { crossoverClock, crossoverClockLeading } from "./crossover";
export { harmonicNoiseFactor, type LateProblem, lateExcessLoss, lateExponent, visibleTime } from "./late";
export { zeroTemperatureMultiplier } from "./zero-temperature";
