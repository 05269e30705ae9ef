/**
 * The order-parameter equations of the quadratic network without noise, (Q.6) to (Q.9) of docs/equations.md:
 * {@link solveNetworkOde}; their right-hand side is createDrift of the model.
 */
export { type NetworkOdeMethod, type NetworkPath, solveNetworkOde } from "./solve";
