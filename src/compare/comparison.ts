import { checkOptions } from "../core/check-options";
import { InvalidParameterError } from "../core/errors";
import type { Options } from "../core/options";
import type { Ensemble, PairSeries, Solution, Trajectory, TwoTimeSolution } from "../core/results";
import { RESAMPLES, weightedCurveSteps } from "./bootstrap";
import { deviationOf } from "./deviation";
import { compareEvents, compareSummaries, type EventComparison } from "./events";
import { runPaced, runThrough, type Steps } from "./steps";

/** Theory against the finite system for one quantity; entry k of every array belongs to time or pair k. */
export interface QuantityComparison {
  readonly quantity: string;
  readonly time: Float64Array;
  /** t' of two-time quantities. */
  readonly timePrime?: Float64Array;
  readonly theory: Float64Array;
  readonly simulation: Float64Array;
  /** Of theory − simulation: √(SE_theory² + SE_simulation²), the first 0 for a theory that is no mean over samples. */
  readonly standardError: Float64Array;
  /** (theory − simulation) / standardError. */
  readonly deviation: Float64Array;
  /** Largest |deviation| over the curve, and its bootstrap p-value; absent without the single samples. */
  readonly statistic?: number;
  readonly pValue?: number;
}

export interface Comparison {
  readonly quantities: readonly QuantityComparison[];
  /** Of the events and the quantities of the whole that both report; absent where there are none. */
  readonly events?: readonly EventComparison[];
  readonly samples: number;
  readonly size: number;
}

/**
 * Sets a theory against the ensemble of a finite system, for every quantity and event both report. The statistic of a
 * curve is its largest deviation in standard errors; the p-value is a bootstrap of the centred samples, so that
 * correlated times count for what they are. A finite-size bias is not removed: it shows as a deviation.
 *
 * A theory that is itself a mean over samples brings its own standard errors; its noise enters the bootstrap by its
 * single curves where it has them, and otherwise as `weightedCurveStatistic` says. The two are taken as
 * independent: where they share random starts, by one seed, the errors are too large and the p-values too.
 *
 * Synchronous, about a second for each quantity of large ensembles; {@link compareAsync} lets others have their turn.
 */
export function compare(solution: Solution | TwoTimeSolution, ensemble: Ensemble): Comparison {
  checkSides(solution, ensemble);
  return runThrough(compareInSteps(solution, ensemble));
}

/**
 * {@link compare} with progress and a turn for the event loop about every 50 ms.
 * @throws InterruptedError after an abort; its `partial` is the Comparison without statistics and p-values of curves.
 */
export async function compareAsync(
  solution: Solution | TwoTimeSolution,
  ensemble: Ensemble,
  options: Options = {},
): Promise<Comparison> {
  checkOptions(options);
  checkSides(solution, ensemble);
  const tested = curvePairs(solution, ensemble).filter(canTest);
  return runPaced(compareInSteps(solution, ensemble), {
    label: "comparison",
    total: tested.length * RESAMPLES,
    options,
    partial: () => assemble(solution, ensemble, curvePairs(solution, ensemble).map(pointwise)),
  });
}

function checkSides(solution: Solution, ensemble: Ensemble): void {
  if (typeof solution?.sample !== "function") {
    throw new InvalidParameterError("solution", solution, "what solve gives");
  }
  if (typeof ensemble?.samples !== "number" || !ensemble.series || !ensemble.standardError) {
    throw new InvalidParameterError("ensemble", ensemble, "what simulate gives");
  }
  if (ensemble.samples >= 2) return;
  const allowed = "at least 2: one sample alone has no standard error";
  throw new InvalidParameterError("ensemble.samples", ensemble.samples, allowed);
}

function* compareInSteps(solution: Solution | TwoTimeSolution, ensemble: Ensemble): Steps<Comparison> {
  const quantities: QuantityComparison[] = [];
  let done = 0;
  for (const pair of curvePairs(solution, ensemble)) {
    if (!canTest(pair)) {
      quantities.push(pointwise(pair));
      continue;
    }
    const steps = testCurve(pair);
    let step = steps.next();
    for (; !step.done; step = steps.next()) yield done + step.value;
    done += RESAMPLES;
    quantities.push(step.value);
  }
  return assemble(solution, ensemble, quantities);
}

function assemble(
  solution: Solution,
  ensemble: Ensemble,
  quantities: readonly QuantityComparison[],
): Comparison {
  const events = [...compareEvents(solution, ensemble), ...compareSummaries(solution, ensemble)];
  const { samples, size } = ensemble;
  return { quantities, ...(events.length > 0 && { events }), samples, size };
}

/** A curve of the theory and the same of the ensemble, with what is known of their noise. */
interface CurvePair {
  readonly axis: Pick<QuantityComparison, "quantity" | "time" | "timePrime">;
  readonly theory: Curve;
  readonly simulation: Curve & { readonly error: Float64Array };
  /** Samples of the theory. */
  readonly paths?: number;
}

interface Curve {
  readonly mean: Float64Array;
  readonly error?: Float64Array;
  readonly curves?: readonly Float64Array[];
}

function curvePairs(solution: Solution | TwoTimeSolution, ensemble: Ensemble): CurvePair[] {
  const { time, twoTime } = ensemble;
  const sampled = solution.sample(time);
  const oneTime = Object.keys(time.length > 0 ? ensemble.series : {})
    .filter((name) => name in sampled.series && !solution.untested?.includes(name))
    .map((name) => ({
      axis: { quantity: name, time },
      theory: curveOf(sampled, name),
      simulation: { ...curveOf(ensemble, name), error: ensemble.standardError[name] },
      paths: solution.samples,
    }));
  if (!twoTime || !("estimate" in solution)) return oneTime;
  const t = Float64Array.from(twoTime.pairs, ([t]) => t);
  const timePrime = Float64Array.from(twoTime.pairs, ([, tPrime]) => tPrime);
  const pairs = solution.twoTime
    .filter((name) => name in twoTime.series)
    .map((name) => {
      const estimates = twoTime.pairs.map(([late, early]) => solution.estimate(name, late, early));
      const noisy = estimates.some(({ standardError }) => standardError !== undefined);
      return {
        axis: { quantity: name, time: t, timePrime },
        theory: {
          mean: Float64Array.from(estimates, ({ value }) => value),
          ...(noisy && { error: Float64Array.from(estimates, ({ standardError = 0 }) => standardError) }),
        },
        simulation: { ...curveOf(twoTime, name), error: twoTime.standardError[name] },
        paths: solution.samples,
      };
    });
  return [...oneTime, ...pairs];
}

function curveOf(from: Trajectory | PairSeries, name: string): Curve {
  return { mean: from.series[name], error: from.standardError?.[name], curves: from.curves?.[name] };
}

/** Whether there are samples enough on both sides, and finite numbers, for a curve statistic. */
function canTest({ theory, simulation }: CurvePair): boolean {
  const finite = (values: Float64Array | undefined) => values?.every(Number.isFinite) ?? true;
  return (
    (simulation.curves?.length ?? 0) > 1 &&
    finite(theory.mean) &&
    finite(theory.error) &&
    finite(simulation.mean)
  );
}

function* testCurve(pair: CurvePair): Steps<QuantityComparison> {
  const { theory, simulation, paths } = pair;
  const noise =
    theory.curves && theory.curves.length > 1
      ? { theoryCurves: theory.curves }
      : { theoryError: theory.error, theorySamples: theory.error && paths };
  const groups = [{ curves: simulation.curves!, coefficient: theory.mean.map(() => 1) }];
  const { statistic, pValue, deviations } = yield* weightedCurveSteps(theory.mean, groups, noise);
  return { ...pointwise(pair), deviation: deviations, statistic, pValue };
}

function pointwise({ axis, theory, simulation }: CurvePair): QuantityComparison {
  const { mean, error } = simulation;
  const standardError = error.map((own, k) => Math.hypot(own, theory.error?.[k] ?? 0));
  const deviation = theory.mean.map((value, k) => deviationOf(value, mean[k], standardError[k]));
  return { ...axis, theory: theory.mean, simulation: mean, standardError, deviation };
}
