import { InvalidParameterError } from "../../core/errors";
import type { StepList } from "../step-list";
import { type LandscapeProblem, type LandscapeSimulation, type ResponseMethod, signalForce } from "./problem";

/** A pair of times [t, t'], as given, with the times between which noise is used to measure R(t, t'). */
export interface RequestedPair {
  readonly t: number;
  readonly tPrime: number;
  /** Half the window around t', 0 where none is needed. */
  readonly half: number;
}

/** The same in nodes of the step list; steps from … to − 1 make up the window. */
export interface PlannedPair {
  readonly late: number;
  readonly early: number;
  readonly from: number;
  readonly to: number;
}

/** In steps. Shorter windows would fall on one node. */
const SHORTEST_WINDOW = 1e-6;

/**
 * Checks the pairs and chooses the noise windows: `window`, or else the larger of a tenth of the local relaxation
 * time 1/(η √Q″(1) + Tη²) at t' (with a signal 1/(η (√Q″(1) + Q′(1)) + Tη²)) and a fifth of min(t', t − t'), on which C and R vary later on. Either is cut, on
 * both sides equally, where it would go beyond t or below 0 (below t'/2 for a rate that is singular at 0). A mean
 * over a symmetric window is off by width²/24 · ∂²R/∂t'²: for the default at most some thousandths.
 *
 * @throws InvalidParameterError named `simulation.pairs[k]` unless 0 ≤ t' ≤ t ≤ until, or where there is no
 *   noise at t' (at t' = 0: nothing random in the start); named `simulation.responseWindow` for a window of no length.
 */
export function requestPairs(
  problem: LandscapeProblem,
  { pairs = [], until, step, responseWindow: window }: LandscapeSimulation,
  method: ResponseMethod,
): readonly RequestedPair[] {
  if (window !== undefined && !(window >= SHORTEST_WINDOW * step && window < Infinity)) {
    const allowed = `a time of at least ${SHORTEST_WINDOW * step}, a millionth of the step`;
    throw new InvalidParameterError("simulation.responseWindow", window, allowed);
  }
  const { covariance, temperature, schedule, initialOverlap = 0 } = problem;
  const stiffness = Math.sqrt(covariance.second(1)) + signalForce(problem);
  const lowest = schedule.startExponent > 0 ? 0.5 : 1;
  return pairs.map((pair, k) => {
    const [t, tPrime] = pair;
    if (!(0 <= tPrime && tPrime <= t && t <= until)) {
      throw new InvalidParameterError(
        `simulation.pairs[${k}]`,
        pair,
        `[t, t'] with t' from 0 to t, and t at most until, ${until}`,
      );
    }
    if (method !== "noise" || tPrime === t) return { t, tPrime, half: 0 };
    if (tPrime === 0 && Math.abs(initialOverlap) === 1) throw noNoise(k, pair);
    if (tPrime === 0) return { t, tPrime, half: 0 };
    const rate = schedule.rate(tPrime);
    const width =
      window ?? Math.max(0.1 / (rate * (stiffness + temperature * rate)), 0.2 * Math.min(tPrime, t - tPrime));
    const half = Math.min(width / 2, lowest * tPrime, t - tPrime);
    if (!(rate > 0 && schedule.heatBetween(tPrime - half, tPrime + half) > 0)) throw noNoise(k, pair);
    return { t, tPrime, half };
  });
}

function noNoise(k: number, pair: readonly [number, number]): InvalidParameterError {
  const allowed = `times t' with noise at t', or response "clone"`;
  return new InvalidParameterError(`simulation.pairs[${k}]`, pair, allowed);
}

/** The times that the step list must contain. */
export function timesOfPairs(pairs: readonly RequestedPair[]): number[] {
  return pairs.flatMap(({ t, tPrime, half }) => [t, tPrime, tPrime - half, tPrime + half]);
}

/** Where the pairs and their windows lie in the step list. */
export function planPairs(pairs: readonly RequestedPair[], steps: StepList): readonly PlannedPair[] {
  return pairs.map(({ t, tPrime, half }) => ({
    late: steps.indexOf(t),
    early: steps.indexOf(tPrime),
    from: steps.indexOf(tPrime - half),
    to: steps.indexOf(tPrime + half),
  }));
}
