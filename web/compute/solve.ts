import { type Options, predict, type Solution, type System, solve, systems } from "twotime";
import type { PairCurves, Setting, TheoryPart } from "./messages";
import { drawnPairs, drawnTimes, LATER, reportTimes } from "./times";

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
  const { system: name, parameters, method } = setting;
  const problem = { system: name, parameters };
  const record = recordOf(name);
  const solution: Solved = await solve(problem, method, options);
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
  const asked = takesPairs(record, setting);
  const pairs = drawnPairs(until, asked ? LATER.asked : LATER.theory);
  // The curves are shown already: what costs more comes after them.
  const paired: Solved = asked ? await solve(problem, { ...method, pairs }, options) : solution;
  for (const quantity of paired.twoTime ?? [])
    onNews({ pairs: pairsOf(paired as Solved & TwoTime, quantity, pairs) });
  return { reported };
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

/** Whether a method gives functions of two times at the pairs alone that it is told beforehand. */
function takesPairs(record: System, { method }: Setting): boolean {
  const kind = String(method.kind ?? Object.keys(record.methods)[0]);
  const { shape } = record.methods[kind] as { shape?: Readonly<Record<string, unknown>> };
  return shape?.pairs !== undefined && method.pairs === undefined;
}

function plainly({ time, series, error, standardError }: ReturnType<Solution["sample"]>) {
  return { time, series, ...(error && { error }), ...(standardError && { standardError }) };
}

function pairsOf(solution: TwoTime, quantity: string, pairs: PairCurves["pairs"]): PairCurves {
  const estimates = pairs.map(([t, tPrime]) => solution.estimate(quantity, t, tPrime));
  return {
    pairs,
    series: { [quantity]: Float64Array.from(estimates, ({ value }) => value) },
    error: { [quantity]: Float64Array.from(estimates, ({ error = Number.NaN }) => error) },
  };
}
