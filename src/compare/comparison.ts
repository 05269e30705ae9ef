import type { Ensemble, Solution, TwoTimeSolution } from "../core/results";
import { curveStatistic } from "./curve";

/** Theory against the finite system for one quantity; entry k of every array belongs to time or pair k. */
export interface QuantityComparison {
  readonly quantity: string;
  readonly time: Float64Array;
  /** t' of two-time quantities. */
  readonly timePrime?: Float64Array;
  readonly theory: Float64Array;
  readonly simulation: Float64Array;
  readonly standardError: Float64Array;
  /** (theory − simulation) / standardError. */
  readonly deviation: Float64Array;
  /** Largest |deviation| over the curve, and its bootstrap p-value; absent without the single samples. */
  readonly statistic?: number;
  readonly pValue?: number;
}

export interface Comparison {
  readonly quantities: readonly QuantityComparison[];
  readonly samples: number;
  readonly size: number;
}

/**
 * Sets a theory against the ensemble of a finite system, for every quantity both report. The statistic of a
 * curve is its largest deviation in standard errors; the p-value is a bootstrap of the centred samples, so that
 * correlated times count for what they are. A finite-size bias is not removed: it shows as a deviation.
 */
export function compare(solution: Solution | TwoTimeSolution, ensemble: Ensemble): Comparison {
  const { series } = solution.sample(ensemble.time);
  const quantities = Object.keys(ensemble.series)
    .filter((name) => name in series)
    .map((name) =>
      compareCurve(
        { quantity: name, time: ensemble.time },
        series[name],
        ensemble.series[name],
        ensemble.standardError[name],
        ensemble.curves?.[name],
      ),
    );
  return {
    quantities: [...quantities, ...comparePairs(solution, ensemble)],
    samples: ensemble.samples,
    size: ensemble.size,
  };
}

function comparePairs(solution: Solution | TwoTimeSolution, { twoTime }: Ensemble): QuantityComparison[] {
  if (!twoTime || !("correlation" in solution)) return [];
  const time = Float64Array.from(twoTime.pairs, ([t]) => t);
  const timePrime = Float64Array.from(twoTime.pairs, ([, tPrime]) => tPrime);
  return (["correlation", "response"] as const)
    .filter((name) => name in twoTime.series)
    .map((name) =>
      compareCurve(
        { quantity: name, time, timePrime },
        time.map((t, k) => solution[name](t, timePrime[k])),
        twoTime.series[name],
        twoTime.standardError[name],
        twoTime.curves?.[name],
      ),
    );
}

function compareCurve(
  axis: Pick<QuantityComparison, "quantity" | "time" | "timePrime">,
  theory: Float64Array,
  simulation: Float64Array,
  standardError: Float64Array,
  curves: readonly Float64Array[] | undefined,
): QuantityComparison {
  const base = { ...axis, theory, simulation, standardError };
  if (curves && curves.length > 1 && theory.every(Number.isFinite)) {
    const { statistic, pValue, deviations } = curveStatistic(theory, curves);
    return { ...base, deviation: deviations, statistic, pValue };
  }
  return { ...base, deviation: theory.map((value, k) => (value - simulation[k]) / standardError[k]) };
}
