export {
  type EventSearch,
  type InitialValueProblem,
  type IntegratedPath,
  integrate,
  type SearchEnd,
} from "./integrate";
export type { Path } from "./path";
export { type NetworkOdeMethod, type NetworkPath, solveNetworkOde } from "./quadratic-network/solve";
