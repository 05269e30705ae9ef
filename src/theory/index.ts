export { groundStateLoss } from "./ground-state";
export { meanSquaredError, type RetrievalOverlaps, retrievalStart } from "./phase-retrieval";
export { dynamicTemperature, ergodicityTemperature, plateau } from "./plateau";
export { asymptoticExcessRisk } from "./quadratic-asymptotic";
export { type DiffusionSetting, diffusionExitTime } from "./quadratic-diffusion";
export { annealedExitTime, type ExitSetting, quenchedExitTime, shiftedExitTime } from "./quadratic-exit";
export {
  type CriticalPoint,
  criticalPoints,
  type LandscapePoint,
  landscapeGradient,
  landscapeHessian,
  landscapeRisk,
  sphereHessianEigenvalues,
} from "./quadratic-landscape";
export {
  correlationRate,
  type EscapeSetting,
  escapeRate,
  optimalLearningRate,
  overparametrisationGain,
} from "./quadratic-rates";
export { singleNeuronExitTime, singleNeuronOverlap } from "./quadratic-single";
export { type LossExponentInput, lossExponent, optimalExponent } from "./schedule-exponent";
export { type BoundaryInput, type PhaseBoundaries, phaseBoundaries } from "./spiked-boundaries";
export { equilibria, type ReplicaSymmetricState } from "./spiked-branches";
export { type EasyLineInput, langevinEasyMatrixNoise } from "./spiked-easy";
export { type EquilibriumState, equilibrium, signalState } from "./spiked-equilibrium";
export { plateauGain, plateauGrowthRate } from "./spiked-growth";
export { type SpikedModel, spikedCovariance } from "./spiked-model";
export { type Phase, phase } from "./spiked-phase";
export {
  effectiveTemperature,
  fdtViolation,
  thresholdLoss,
  thresholdLosses,
  thresholdMultiplier,
} from "./threshold";
