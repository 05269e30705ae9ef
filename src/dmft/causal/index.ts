/**
 * March of all trajectories together. Where each equation of docs/equations.md stands, besides those of `process/`:
 *
 *   (P.12), (P.15), (P.16)  row k of the order functions   createMarch, average
 *   (P.25), (P.28)          memory                         createMarch, average, by the kernel advanceResponses
 *   (P.26)                  coloured noise                 createNoiseRows
 */
export type { CausalMethod } from "./method";
export { marchProcess } from "./solve";
