import type { Comparison, EventComparison, QuantityComparison } from "../compare";
import { plain, type Row, splitIndex } from "../systems/rows/row";
import type { Report } from "../systems/system";

/**
 * One line of an agreement table. Points carry theory and simulation; one row with statistic "curve" sums a
 * quantity up: `value` is the largest |deviation| of the curve and `pValue` its bootstrap probability. An event has a row
 * with statistic "mean" or, where it did not come in all runs, "fraction"; and where the theory has many paths one with
 * "distribution": `value` is the Kolmogorov-Smirnov distance of their times. `standardError` is that of
 * theory − simulation.
 */
export interface ComparisonRow extends Omit<Row, "value"> {
  readonly value?: number | string;
  readonly theory?: number | string;
  readonly simulation?: number | string;
  /** (theory − simulation) / standardError. */
  readonly deviation?: number | string;
  readonly pValue?: number;
}

/** The rows of a comparison, of the quantities that the report asks for. */
export function comparisonRows(comparison: Comparison, report: Report): ComparisonRow[] {
  const wanted = ({ quantity }: { readonly quantity: string }) =>
    report.quantities?.includes(splitIndex(quantity).quantity) ?? true;
  return [
    ...comparison.quantities
      .filter(wanted)
      .flatMap((compared) => [...pointRows(compared), ...curveRow(compared)]),
    ...(comparison.events ?? []).filter(wanted).flatMap(eventRows),
  ];
}

/** What a comparison can say when only the theory is there. */
export function theoryRows(rows: readonly Row[]): ComparisonRow[] {
  return rows.map(({ value, ...row }) => ({ ...row, theory: value }));
}

function pointRows(compared: QuantityComparison): ComparisonRow[] {
  const { time, timePrime, theory, simulation, standardError, deviation } = compared;
  return Array.from(time, (t, k) => ({
    ...splitIndex(compared.quantity),
    time: t,
    ...(timePrime && { timePrime: timePrime[k] }),
    theory: plain(theory[k]),
    simulation: plain(simulation[k]),
    ...(Number.isFinite(standardError[k]) && { standardError: standardError[k] }),
    deviation: plain(deviation[k]),
  }));
}

function curveRow({ quantity, statistic, pValue }: QuantityComparison): ComparisonRow[] {
  if (statistic === undefined) return [];
  return [{ ...splitIndex(quantity), statistic: "curve", value: plain(statistic), pValue }];
}

function eventRows({ distribution, ...compared }: EventComparison): ComparisonRow[] {
  const { quantity, statistic, theory, simulation, standardError, deviation } = compared;
  const rows: ComparisonRow[] = [
    {
      ...splitIndex(quantity),
      ...(statistic && { statistic }),
      theory: plain(theory),
      simulation: plain(simulation),
      ...(Number.isFinite(standardError) && { standardError }),
      deviation: plain(deviation),
    },
  ];
  if (!distribution) return rows;
  const { distance, pValue } = distribution;
  return [...rows, { quantity, statistic: "distribution", value: distance, pValue }];
}
