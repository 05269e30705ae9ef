/** Heavy-ball descent with label noise, (LN1): vector UV in two numbers (LN24), and all models with all their weights. */
export { type MeanScales, scalesOfMean } from "./fits";
export { type MomentumSimulation, simulateMomentum } from "./simulate";
