import type { Cost } from "../../core/budget";
import { curveCost } from "../curve-cost";

/** The part of a simulation that its costs depend on. */
interface Extent {
  readonly size: number;
  readonly samples: number;
  readonly until: number;
  readonly times?: ArrayLike<number>;
  readonly pairs?: readonly (readonly [number, number])[];
  readonly data?: "fresh" | "fixed";
}

/** Seconds that a number of the data takes to be drawn, and in a step. */
const DRAW = 1e-8;
const PASS = 1e-9;
const QUANTITIES = 8;

/** What a simulation with M measurements takes. The data are in singles. @param patterns M */
export function retrievalCosts(
  learningRate: number,
  patterns: number,
  { size, samples, until, times, pairs = [], data }: Extent,
): readonly Cost[] {
  const numbers = size * patterns;
  const steps = until / learningRate;
  const walk = PASS * numbers * steps;
  const sets = data === "fixed" ? 1 : samples;
  const states = new Set(pairs.flat()).size;
  return [
    { parameter: "simulation.size", value: size, bytes: 4 * numbers + 64 * size + 64 * patterns },
    { parameter: "simulation.until", value: until, seconds: DRAW * numbers + walk },
    {
      ...curveCost(samples, (times?.length ?? 1) + pairs.length, QUANTITIES),
      seconds: (sets - 1) * DRAW * numbers + (samples - 1) * walk,
    },
    { parameter: "simulation.pairs", value: pairs.length, bytes: 8 * size * states },
  ];
}
