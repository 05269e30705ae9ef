export { groundStateLoss } from "./landscape/ground-state";
export { dynamicTemperature, ergodicityTemperature, plateau } from "./landscape/plateau";
export { type LossExponentInput, lossExponent, optimalExponent } from "./landscape/schedule-exponent";
export {
  effectiveTemperature,
  fdtViolation,
  thresholdLoss,
  thresholdLosses,
  thresholdMultiplier,
} from "./landscape/threshold";
export { meanSquaredError, type RetrievalOverlaps, retrievalStart } from "./phase-retrieval/start";
export { asymptoticExcessRisk } from "./quadratic-network/asymptotic";
export {
  type CriticalPoint,
  criticalPoints,
  type LandscapePoint,
  landscapeGradient,
  landscapeHessian,
  landscapeRisk,
  sphereHessianEigenvalues,
} from "./quadratic-network/critical-points";
export { type DiffusionSetting, diffusionExitTime } from "./quadratic-network/diffusion";
export {
  annealedExitTime,
  type ExitSetting,
  quenchedExitTime,
  shiftedExitTime,
} from "./quadratic-network/exit";
export {
  correlationRate,
  type EscapeSetting,
  escapeRate,
  optimalLearningRate,
  overparametrisationGain,
} from "./quadratic-network/rates";
export { singleNeuronExitTime, singleNeuronOverlap } from "./quadratic-network/single";
export { type BoundaryInput, type PhaseBoundaries, phaseBoundaries } from "./spiked-matrix-tensor/boundaries";
export { equilibria, type ReplicaSymmetricState } from "./spiked-matrix-tensor/branches";
export { type EasyLineInput, langevinEasyMatrixNoise } from "./spiked-matrix-tensor/easy";
export { type EquilibriumState, equilibrium, signalState } from "./spiked-matrix-tensor/equilibrium";
export { plateauGain, plateauGrowthRate } from "./spiked-matrix-tensor/growth";
export { type SpikedModel, spikedCovariance } from "./spiked-matrix-tensor/model";
export { type Phase, phase } from "./spiked-matrix-tensor/phase";
