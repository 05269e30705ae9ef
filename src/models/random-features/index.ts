/**
 * The power-law random-features model. Equations by their number in docs/equations.md:
 *
 *     RF.1   modes, floor            createModes, untrainedTail
 *     RF.3   bins                    createModes
 *     RF.4   random projection       projectedModes, randomProjection
 *     RF.5   mean-square stability   stabilityRate
 *     RF.22  batch ramp              batchSizes
 *     RF.24  momentum                momentumSteps
 */
export { type Binning, createModes, excess, type Modes, untrainedTail } from "./modes";
export { type MomentumSpec, type MomentumSteps, momentumSteps } from "./momentum";
export { checkExponents, checkFeatures, type PowerLawFeatures } from "./problem";
export { type Projection, projectedModes, randomProjection } from "./projection";
export { type ConstantMomentum, checkBatch, stabilityRate } from "./stability";
export { type BatchSpec, batchSizes, checkHorizon, checkSteps, type Steps, stepRates } from "./steps";
