/** The quadratic network from a script: order-parameter equations, SGD, exit times, risk landscape of one neuron. */
export {
  createDrift,
  type Drift,
  type NetworkState,
  packState,
  type QuadraticNetwork,
  quadraticNetwork,
} from "../../models/quadratic-network";
export type { EventSearch } from "../../ode/integrate";
export * from "../../ode/quadratic-network";
export * from "../../sde/quadratic-network";
export * from "../../simulate/quadratic-network";
export * from "../../theory/quadratic-network";
