/** The order-parameter equations of the quadratic network with the noise of SGD. */
export { createNoiseCovariance, type NoiseCovariance } from "./covariance";
export type { NetworkSdeMethod } from "./paths";
export { type NetworkDiffusion, solveNetworkSde } from "./solve";
