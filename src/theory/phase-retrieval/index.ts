/** Closed forms of phase retrieval at t = 0. */
export { meanSquaredError, type RetrievalOverlaps, retrievalStart } from "./start";
