/** The order-parameter equations of the quadratic network without noise. */
export { type NetworkOdeMethod, type NetworkPath, solveNetworkOde } from "./solve";
