export type { Stepper, StochasticEquation } from "./equation";
export { eulerMaruyama } from "./euler";
export type { MeanPath } from "./mean-path";
export { platen } from "./platen";
export { addItoDrift, createNoiseCovariance, type NoiseCovariance } from "./quadratic-covariance";
export { type DiffusionOptions, networkEquation, sampledScheme } from "./quadratic-equation";
export { type NetworkDiffusion, solveNetworkSde } from "./quadratic-network";
export type { NetworkSdeMethod } from "./quadratic-paths";
