/**
 * Iteration of the effective process. Where each equation of docs/equations.md stands, besides those of `process/`:
 *
 *   (P.12), (P.15), (P.16)  averages of a pass       createAverages, over the batches of createPasses
 *   (P.25), (P.28)          memory, exactly          createExactResponses
 *   (P.25), (P.29)          memory by random signs   createProbedResponses
 *   (P.26)                  coloured noise           createPasses, factorNoise
 *   (P.27)                  mixing and its gain      mix, planIteration
 */
export type { DampedMethod } from "./method";
export { iterateProcess } from "./solve";
