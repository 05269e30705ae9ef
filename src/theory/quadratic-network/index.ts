/** Closed forms of the quadratic network: escape from the plateau, exit times, late times, critical points. */
export { asymptoticExcessRisk } from "./asymptotic";
export {
  type CriticalPoint,
  criticalPoints,
  type PopulationRiskPoint,
  populationRisk,
  populationRiskGradient,
  populationRiskHessian,
  sphereHessianEigenvalues,
} from "./critical-points";
export { type DiffusionSetting, diffusionExitTime } from "./diffusion";
export { annealedExitTime, type ExitSetting, quenchedExitTime, shiftedExitTime } from "./exit";
export {
  correlationRate,
  type EscapeSetting,
  escapeRate,
  optimalLearningRate,
  overparametrisationGain,
} from "./rates";
export { singleNeuronExitTime, singleNeuronOverlap } from "./single";
