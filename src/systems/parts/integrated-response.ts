import type { LeveledSolution, TwoTimeProblem } from "../../chsck";
import type { Estimate } from "../../core/results";
import { gaussLegendre } from "../../numerics/gauss-legendre";
import type { QuantityInfo } from "../system";

const NAME = "integratedResponse";

export const integratedResponse: QuantityInfo = {
  name: NAME,
  symbol: "χ(t, t′)",
  of: "pair",
  causal: true,
  costly: true,
  meaning: "∫R(t, u) du from t′ to t in the clock: the response to a constant field switched on at t′",
};

/** Length of the panels next to t and t′, in decays of the fastest modes; further on each is twice the one before. */
const FIRST_PANEL = 0.5;

/**
 * Adds χ(t, t′) = ∫ R(t, u) η(u) du from t′ to t to a two-time solution, by Gauss panels that get longer away from both ends,
 * and end at the corners of the schedule; its error is that of the levels of the grid, where they can be integrated one by one, else the
 * integral of the errors of R, which bounds it.
 */
export function withIntegratedResponse<T extends LeveledSolution>(
  solution: T,
  { covariance, temperature, schedule }: TwoTimeProblem,
): T {
  const decays = (t: number) =>
    2 * Math.sqrt(covariance.second(1)) + (temperature === 0 ? 0 : temperature * schedule.rate(t));

  /** Clocks of ∫ du from t′ to t, with their times and weights. */
  function nodes(t: number, tPrime: number) {
    const [first, last] = [schedule.clock(tPrime), schedule.clock(t)];
    const corners = schedule.corners.map(schedule.clock).filter((clock) => clock > first && clock < last);
    const edges = graded([first, ...corners, last], FIRST_PANEL / Math.max(1e-3, decays(t)));
    const { points, weights } = edges.length < 2 ? { points: [], weights: [] } : gaussLegendre(edges);
    return Array.from(points, (clock, k) => ({
      u: Math.min(t, Math.max(tPrime, schedule.time(clock))),
      weight: weights[k],
    }));
  }

  function integrate(t: number, tPrime: number): Estimate {
    if (solution.derivedPair) {
      return solution.derivedPair(t, tPrime, (level, late, early) =>
        nodes(late, early).reduce((sum, { u, weight }) => sum + weight * level("response", late, u), 0),
      );
    }
    let [value, error] = [0, 0];
    for (const { u, weight } of nodes(t, tPrime)) {
      const response = solution.estimate("response", t, u);
      value += weight * response.value;
      error += weight * (response.error ?? Number.NaN);
    }
    return Number.isNaN(error) && !Number.isNaN(value) ? { value } : { value, error };
  }

  return {
    ...solution,
    twoTime: [...solution.twoTime, NAME],
    estimate: (quantity, t, tPrime) =>
      quantity !== NAME
        ? solution.estimate(quantity, t, tPrime)
        : t <= tPrime
          ? { value: 0, error: 0 }
          : integrate(t, tPrime),
  };
}

/** Between neighbouring ends: edges at their distances step, 2 step, 4 step, … from either, up to the middle. */
function graded(ends: readonly number[], step: number): number[] {
  const edges = [ends[0]];
  for (let k = 1; k < ends.length; k++) {
    const [from, to] = [ends[k - 1], ends[k]];
    const half = (to - from) / 2;
    const distances: number[] = [];
    // A distance that rounding swallows makes no panel.
    for (let d = step; d < 0.75 * half; d *= 2) if (from + d > from && to - d < to) distances.push(d);
    edges.push(...distances.map((d) => from + d), from + half, ...distances.map((d) => to - d).reverse(), to);
  }
  return edges.filter((edge, k) => k === 0 || edge > edges[k - 1]);
}
