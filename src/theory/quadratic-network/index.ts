/**
 * Closed forms of the quadratic network. Where each equation of docs/equations.md stands:
 *
 *   (Q.13) to (Q.15)  single neuron, d → ∞        singleNeuronOverlap, singleNeuronExitTime
 *   (Q.16), (Q.17)    rates at the plateau        escapeRate, correlationRate
 *   (Q.18), (Q.19)    fastest escape, its gain    optimalLearningRate, overparametrisationGain
 *   (Q.20) to (Q.23)  exit from a random start    annealedExitTime, quenchedExitTime, shiftedExitTime
 *   (Q.24)            exit by diffusion           diffusionExitTime
 *   (Q.25), (Q.26)    late times                  asymptoticExcessRisk
 *   (Q.27), (Q.28)    population risk             populationRisk, populationRiskGradient, populationRiskHessian
 *   (Q.29)            Hessian on the sphere       sphereHessianEigenvalues, criticalPoints
 *   (Q.30), (Q.31)    norms off the sphere        normPlateau
 */
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
export { type NormPlateau, normPlateau } from "./norms";
export {
  correlationRate,
  type EscapeSetting,
  escapeRate,
  optimalLearningRate,
  overparametrisationGain,
} from "./rates";
export { singleNeuronExitTime, singleNeuronOverlap } from "./single";
