/**
 * Exponents and prefactors of training on power-law random features. Equations by their number in docs/equations.md:
 *
 *     RF.17           phases, optimal schedule    trainingExponents
 *     RF.18           prefactors                  biasPrefactor, kernelPrefactor, easyOptimum, hardOptimum
 *     RF.19           families                    trainingExponents, polynomialLossExponent, constantOptimum
 *     RF.20 to RF.22  compute, no noise, ramps    trainingExponents
 *     RF.27           momentum                    trainingExponents
 */
export {
  type PowerLawExponents,
  polynomialLossExponent,
  type TrainingExponents,
  trainingExponents,
} from "./exponents";
export {
  type AsymptoticOptimum,
  biasPrefactor,
  constantOptimum,
  easyOptimum,
  hardOptimum,
  kernelPrefactor,
  type TrainingSetting,
} from "./prefactors";
