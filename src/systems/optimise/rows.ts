import type { Optimum } from "../../core/results";
import { predictionRows } from "../rows/predictions";
import { seriesRows } from "../rows/results";
import type { Row } from "../rows/row";
import type { Report } from "../system";
import type { Optimisation } from "./optimise";

/**
 * The rows of a search: with statistic "best" each parameter and what was to be least; then the landscape, a row
 * for each parameter of evaluation k (index [k]) and one with statistic "evaluation" for what came of it. A time
 * of reaching is "never" or a number; a solution that failed is "undefined".
 */
export function optimisationRows({ names, spec, evaluations, best }: Optimisation): Row[] {
  if (evaluations.length === 0) return [];
  const { minimise } = spec;
  const goal = minimise ? { quantity: minimise.quantity, time: minimise.time } : { quantity: "time" };
  const inWords = (value: number | undefined) => (value === undefined ? "undefined" : word(value));
  const nowhere = minimise ? "undefined" : "never";
  return [
    ...names.map(
      (name, d): Row => ({ quantity: name, statistic: "best", value: best?.at[d] ?? "undefined" }),
    ),
    { ...goal, statistic: "best", value: best?.value ?? nowhere },
    ...evaluations.flatMap(({ at, value }, k): Row[] => [
      ...names.map((name, d) => ({ quantity: name, index: [k], value: at[d] })),
      { ...goal, index: [k], statistic: "evaluation", value: inWords(value) },
    ]),
  ];
}

const word = (value: number): number | string => (value === Infinity ? "never" : value);

/**
 * The rows of a system's own search: the schedule by time, then the numbers that belong to it. What is searched for is
 * always there; `report.quantities` chooses among the quantities of a run alone.
 * @param ofRun the names of the quantities of a run
 */
export function optimumRows(
  { schedule, values, errors = {} }: Optimum,
  { quantities: asked, ...report }: Report,
  ofRun: readonly string[],
): Row[] {
  const rows = [
    ...seriesRows(schedule, report),
    ...predictionRows(values).map((row) =>
      row.quantity in errors ? { ...row, error: errors[row.quantity] } : row,
    ),
  ];
  return rows.filter(({ quantity }) => !ofRun.includes(quantity) || (asked?.includes(quantity) ?? true));
}
