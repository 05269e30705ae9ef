import { type Options, predict, type Solution, type System, solve, systems } from "twotime";
import type { PairCurves, Setting, TheoryPart } from "./messages";
import { drawnPairs, drawnTimes, reportTimes } from "./times";

/** A solution that may have two-time functions. */
type Solved = Solution & Partial<TwoTime>;
interface TwoTime {
  readonly twoTime: readonly string[];
  estimate(quantity: string, t: number, tPrime: number): { value: number; error?: number };
}

/** Solves the theory of a setting and tells its parts as they come: curves, predictions, two-time functions. */
export async function solveSetting(
  setting: Setting,
  options: Options,
  onNews: (part: TheoryPart) => void,
): Promise<TheoryPart> {
  const start = performance.now();
  const { system: name, parameters } = setting;
  const problem = { system: name, parameters };
  const record = recordOf(name);
  const solution: Solved = await solve(problem, withPairs(record, setting), options);
  const until = endOf(solution, record, setting);
  const stepped = countsSteps(record, parameters);
  onNews({
    drawn: plainly(solution.sample(drawnTimes(until, stepped))),
    events: solution.events,
    notes: solution.notes,
    seconds: (performance.now() - start) / 1000,
  });
  onNews({ predictions: await predict(problem) });
  const reported = plainly(solution.sample(reportTimes(until, stepped)));
  for (const quantity of solution.twoTime ?? [])
    onNews({ pairs: pairsOf(solution as Solved & TwoTime, quantity, until) });
  return { reported, seconds: (performance.now() - start) / 1000 };
}

export const recordOf = (name: string): System =>
  (systems as readonly System[]).find((one) => one.name === name)!;

export function countsSteps(record: System, parameters: unknown): boolean {
  const { success, data } = record.parameters.safeParse(parameters);
  return record.timeUnit === "step" || (success && (record.countsSteps?.(data) ?? false));
}

/** Where the curves end: the solver's last time, or of a theory without nodes what the setting says. */
function endOf({ time }: Solution, record: System, { method, simulation, parameters }: Setting): number {
  const last = time[time.length - 1];
  if (last > 0) return last;
  return Number(method.until ?? simulation.until ?? record.end?.(record.parameters.parse(parameters)) ?? 1);
}

/** A method that must know the pairs beforehand is told them. */
function withPairs(_record: System, { method }: Setting): Setting["method"] {
  return method;
}

function plainly({ time, series, error, standardError }: ReturnType<Solution["sample"]>) {
  return { time, series, ...(error && { error }), ...(standardError && { standardError }) };
}

function pairsOf(solution: TwoTime, quantity: string, until: number): PairCurves {
  const pairs = drawnPairs(until);
  const estimates = pairs.map(([t, tPrime]) => solution.estimate(quantity, t, tPrime));
  return {
    pairs,
    series: { [quantity]: Float64Array.from(estimates, ({ value }) => value) },
    error: { [quantity]: Float64Array.from(estimates, ({ error = Number.NaN }) => error) },
  };
}
