import type { Cost } from "../core/budget";

/** Of an array and its entry in the records of a sample. */
const OVERHEAD = 200;
/** Copies of a number: the sample's, the ensemble's, and one on the way. */
const COPIES = 3;

/** What the curves of all samples take, which are kept until they are averaged. */
export function curveCost(samples: number, points: number, quantities: number): Cost {
  const bytes = samples * quantities * (OVERHEAD + COPIES * 8 * points);
  return { parameter: "simulation.samples", value: samples, bytes };
}
