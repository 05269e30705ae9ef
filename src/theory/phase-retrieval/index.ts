/**
 * Closed forms of phase retrieval. Where each equation of docs/equations.md stands:
 *
 *   (P.8)   errors on new measurements  meanSquaredError, meanAbsoluteError, by models/; generalisationError
 *   (P.10)  values at t = 0             retrievalStart, by startValues of models/
 */
export {
  generalisationError,
  type LabelError,
  meanAbsoluteError,
  meanSquaredError,
  type RetrievalOverlaps,
} from "./generalisation";
export { retrievalStart } from "./start";
