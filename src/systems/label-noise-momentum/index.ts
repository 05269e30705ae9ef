/** Momentum with label noise from a script: closed forms, limit map, drift-diffusion for a loss of one's own, simulations. */
export {
  alongManifold,
  type Curvature,
  curvatureOf,
  pseudoInverse,
  tangentProjector,
} from "../../models/label-noise-momentum/curvature";
export { startOf } from "../../models/label-noise-momentum/descent";
export {
  type HeavyBall,
  type MomentumSpec,
  momentumOf,
  stabilityLimit,
} from "../../models/label-noise-momentum/heavy-ball";
export { interpolatingWeights } from "../../models/label-noise-momentum/interpolation";
export {
  constantNoise,
  type GradientNoise,
  type Loss,
  type NoisyDescent,
} from "../../models/label-noise-momentum/loss";
export { limitMap, manifoldCurvature, projectOnManifold } from "../../models/label-noise-momentum/manifold";
export {
  applyOperator,
  type Bracket,
  diagonalBracket,
  invertOperator,
  lyapunovBracket,
  type OperatorKind,
  operatorBracket,
} from "../../models/label-noise-momentum/operators";
export type { MomentumModel, MomentumProblem } from "../../models/label-noise-momentum/problem";
export { labelNoiseDescent, type ResidualModel } from "../../models/label-noise-momentum/residuals";
export {
  type Activation,
  type TwoLayerNetwork,
  twoLayerModel,
} from "../../models/label-noise-momentum/two-layer";
export * from "../../sde/label-noise-momentum";
export * from "../../simulate/label-noise-momentum";
export * from "../../theory/label-noise-momentum";
