/**
 * Closed forms of phase retrieval at t = 0. Where each equation of docs/equations.md stands:
 *
 *   (P.8)   mean squared error  meanSquaredError, by modulusError of models/
 *   (P.10)  values at t = 0     retrievalStart, by startValues of models/
 */
export { meanSquaredError, type RetrievalOverlaps, retrievalStart } from "./start";
