/**
 * The order-parameter equations of the quadratic network with the noise of SGD. Where each equation of docs/equations.md
 * stands:
 *
 *   (Q.10)  diffusion                        networkEquation, sampledScheme; solved by solveNetworkSde
 *   (Q.11)  covariance of the noise          createNoiseCovariance
 *   (Q.12)  Itô drift of the normalisation   addItoDrift
 */
export { createNoiseCovariance, type NoiseCovariance } from "./covariance";
export type { NetworkSdeMethod } from "./paths";
export { type NetworkDiffusion, solveNetworkSde } from "./solve";
