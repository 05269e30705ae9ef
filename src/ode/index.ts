export { type InitialValueProblem, type IntegratedPath, integrate } from "./integrate";
export type { Path } from "./path";
export { type NetworkOdeMethod, type NetworkPath, solveNetworkOde } from "./quadratic-network";
