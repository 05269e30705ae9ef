export type { Stepper, StochasticEquation } from "./equation";
export { eulerMaruyama } from "./euler";
export type { MeanPath } from "./mean-path";
export { platen } from "./platen";
export { addItoDrift, createNoiseCovariance, type NoiseCovariance } from "./quadratic-network/covariance";
export { type DiffusionOptions, networkEquation, sampledScheme } from "./quadratic-network/equation";
export type { NetworkSdeMethod } from "./quadratic-network/paths";
export { type NetworkDiffusion, solveNetworkSde } from "./quadratic-network/solve";
