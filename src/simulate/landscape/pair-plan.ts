import { InvalidParameterError } from "../../core/errors";
import { plantingOf } from "../../models/planted-start";
import type { StepList } from "../step-list";
import { fieldForce, type LandscapeProblem, type LandscapeSimulation, type ResponseMethod } from "./problem";

/** A pair of times [t, t'], as given, with the times between which noise is used to measure R(t, t'). */
export interface RequestedPair {
  readonly t: number;
  readonly tPrime: number;
  /** Half the window around t', 0 where none is needed. */
  readonly half: number;
  /** Whether the rate jumps at t'. */
  readonly jumps: boolean;
}

/** The same in nodes of the step list; steps from … to − 1 make up the window. */
export interface PlannedPair {
  readonly late: number;
  readonly early: number;
  readonly from: number;
  readonly to: number;
  /** Whether the noise of the window's halves differs in strength: they then count alike. */
  readonly jumps: boolean;
}

/** In steps. Shorter windows would fall on one node. */
const SHORTEST_WINDOW = 1e-6;

/**
 * Checks the pairs and chooses the noise windows: `window`, or else the larger of a tenth of the local relaxation
 * time 1/(η √Q″(1) + Tη²) at t' (with fields their force beside √Q″(1)) and a fifth of min(t', t − t'), on which C and R vary later on. Either is cut, on
 * both sides equally, where it would go beyond t, across a jump of the rate, or below 0 (below t'/2 for a rate that is singular at 0). A mean
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
  const { covariance, temperature, schedule } = problem;
  const isCertain = Math.abs(plantingOf(problem)?.overlap ?? 0) === 1;
  const stiffness = Math.sqrt(covariance.second(1)) + fieldForce(problem);
  const lowest = schedule.startExponent > 0 ? 0.5 : 1;
  const jumpTimes = schedule.kinks.filter((u) => schedule.rateBefore(u) !== schedule.rate(u));
  return pairs.map((pair, k) => {
    const [t, tPrime] = pair;
    if (!(0 <= tPrime && tPrime <= t && t <= until)) {
      throw new InvalidParameterError(
        `simulation.pairs[${k}]`,
        pair,
        `[t, t'] with t' from 0 to t, and t at most until, ${until}`,
      );
    }
    if (method !== "noise" || tPrime === t) return { t, tPrime, half: 0, jumps: false };
    if (tPrime === 0 && isCertain) throw noNoise(k, pair);
    if (tPrime === 0) return { t, tPrime, half: 0, jumps: false };
    const jumps = jumpTimes.includes(tPrime);
    const rate = Math.max(schedule.rateBefore(tPrime), schedule.rate(tPrime));
    const nearest = Math.min(...jumpTimes.filter((u) => u !== tPrime).map((u) => Math.abs(u - tPrime)));
    const width =
      window ?? Math.max(0.1 / (rate * (stiffness + temperature * rate)), 0.2 * Math.min(tPrime, t - tPrime));
    const half = Math.min(width / 2, lowest * tPrime, t - tPrime, nearest);
    const noise = (from: number, to: number) => schedule.heatBetween(from, to) > 0;
    const isNoisy = noise(tPrime - half, tPrime + half);
    const isNoisyOnBothSides = noise(tPrime - half, tPrime) && noise(tPrime, tPrime + half);
    if (!(rate > 0 && (jumps ? isNoisyOnBothSides : isNoisy))) throw noNoise(k, pair);
    return { t, tPrime, half, jumps };
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
  return pairs.map(({ t, tPrime, half, jumps }) => ({
    jumps,
    late: steps.indexOf(t),
    early: steps.indexOf(tPrime),
    from: steps.indexOf(tPrime - half),
    to: steps.indexOf(tPrime + half),
  }));
}
