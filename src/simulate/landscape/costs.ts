import type { Cost } from "../../core/budget";
import { curveCost } from "../curve-cost";
import type { LandscapeProblem, LandscapeSimulation } from "./problem";
import { uniqueEntries } from "./symmetric-tensor";

/** Seconds that a coupling takes to be drawn, and in one of the two gradients of a step. */
const DRAW = 1e-8;
const GRADIENT = 2e-9;
/** Of the lists of steps, in bytes a step. */
const STEP_BYTES = 64;
/** States, gradients, and what a step needs besides. */
const VECTORS = 12;
const REPORTS = 60;

/** What a simulation takes; the couplings alone are held to 2 GB. */
export function landscapeCosts(
  { covariance }: LandscapeProblem,
  { size, samples, replicas = 1, until, step, times, pairs = [] }: LandscapeSimulation,
): readonly Cost[] {
  const couplings = covariance.terms.reduce((sum, { p }) => sum + uniqueEntries(p, size), 0);
  const steps = until / step;
  const early = new Set(pairs.map(([, tPrime]) => tPrime)).size;
  const states = replicas * (1 + early);
  const draw = DRAW * couplings;
  const walk = 2 * GRADIENT * couplings * steps * states;
  const points = (times?.length ?? REPORTS) + pairs.length;
  const quantities = 4 + covariance.terms.length;
  return [
    { parameter: "simulation.size", value: size, bytes: 8 * couplings, seconds: draw },
    { parameter: "simulation.until", value: until, bytes: STEP_BYTES * steps, seconds: walk / states },
    {
      parameter: "simulation.replicas",
      value: replicas,
      bytes: 8 * states * (VECTORS * size + quantities * points),
      seconds: (walk * (states - 1)) / states,
    },
    { ...curveCost(samples, points, quantities), seconds: (samples - 1) * (draw + walk) },
  ];
}
