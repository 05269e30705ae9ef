/**
 * Optimal training on power-law random features. Equations by their number in docs/equations.md:
 *
 *     RF.8 to RF.10    adjoint, gradients            lossGradient
 *     RF.11            coordinate descent            optimalRates, createDescent
 *     RF.12 to RF.16   additive noise                additiveOptimum
 *     RF.19            families of schedules         bestOfFamily
 *     RF.22            batches from sample rates     batchRamp
 *     RF.23            rates and batches             jointOptimum
 *     RF.26            momentum                      momentumGradient, momentumOptimum
 *     RF.28            fit of a measured curve       fitCurve
 */
export { type AdditiveOptimum, type AdditiveProblem, additiveOptimum } from "./additive";
export { type LossGradient, lossGradient } from "./adjoint";
export { batchRamp, type JointOptimum, type JointSearch, jointOptimum } from "./batch";
export type { LossCurve } from "./curve";
export { type BestOfFamily, bestOfFamily, type FamilySearch } from "./families";
export { FAMILIES, type Family } from "./family-names";
export { type CurveFit, type Fitted, fitCurve } from "./fit";
export { type OptimalRates, optimalRates, type RateSearch } from "./learning-rate";
export { type MomentumOptimum, type MomentumSearch, momentumOptimum } from "./momentum";
export { type MomentumGradient, momentumGradient } from "./momentum-adjoint";
