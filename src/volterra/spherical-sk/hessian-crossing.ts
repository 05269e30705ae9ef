import { createModes } from "../../models/spherical-sk/modes";
import { outlierOf } from "../../models/spherical-sk/outlier";
import { checkSphericalSk, MEDIAN_SPIKE, type SphericalSk } from "../../models/spherical-sk/problem";
import { findRoot } from "../../numerics/roots";
import { observe } from "./observe";
import { createSpectralPath } from "./spectral-path";
import { spikeWeights } from "./spike-average";

/** Crossings later than this many times the leading estimate of the clock are not looked for. */
const FAR = 20;

/**
 * The first time at which z reaches the edge 2Δ of the bulk from below, so that the bulk of the Hessian has no negative
 * eigenvalue any more (0 where it is beyond from the start) and the outlier is the only descent left (learning-rate schedules paper, section 3.1). Infinity where it does
 * not come: without an outlier, in the infinite system from a random start, or where the clock ends before. With spikeWeight
 * "random" that of the median, Z² = 0.455.
 * @throws InvalidParameterError; ConvergenceError where steps become too small.
 */
export function hessianCrossingTime(problem: SphericalSk): number {
  checkSphericalSk(problem);
  const { schedule, size, initialOverlap, noise, spikeWeight } = problem;
  const { gap } = outlierOf(problem);
  const odds = initialOverlap === null ? size : 1 / initialOverlap ** 2;
  if (gap === 0 || odds === null || odds === Infinity) return Infinity;
  const end = Math.min((1 - 1e-9) * schedule.totalClock, (FAR * (1 + Math.log(odds))) / (2 * gap));
  const [{ square }] = spikeWeights(
    spikeWeight === "random" ? { ...problem, spikeWeight: MEDIAN_SPIKE } : problem,
  );
  const path = createSpectralPath(problem, createModes(problem, end, square), 1e-8);
  const edge = 1 + noise ** 2 - 2 * noise;
  // z − 2Δ = T_eff + κ − (λ1 − Σ w μ y).
  const aboveEdge = (t: number) => {
    const { heat, below } = observe(problem, path, t);
    return heat + edge - below;
  };
  if (aboveEdge(0) >= 0) return 0;
  let before = 0;
  let wasBelow = false;
  while (path.reached() < end * (1 - 1e-12)) {
    path.advance(end);
    const now = schedule.time(path.reached());
    const isBelow = aboveEdge(now) < 0;
    if (wasBelow && !isBelow) return findRoot(aboveEdge, before, now, { tolerance: 1e-10 });
    [before, wasBelow] = [now, isBelow];
  }
  return Infinity;
}
