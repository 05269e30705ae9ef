import { checkOptions } from "../../core/check-options";
import { ConvergenceError, InterruptedError, InvalidParameterError } from "../../core/errors";
import { keepState } from "../../core/kept-state";
import { createPacer, type Options } from "../../core/options";
import type { Solution } from "../../core/results";
import { findRoot } from "../../numerics/roots";
import { searchCube } from "../../numerics/search";
import { validate } from "../schema/validate";
import { type Evaluation, type OptimiseProblem, searchStates } from "./kept-search";
import { numericPaths, withNumber } from "./parameter-path";
import type { OptimiseSpec } from "./spec";

export type { Evaluation } from "./kept-search";

/** What a search saw. */
export interface Optimisation {
  readonly names: readonly string[];
  readonly spec: OptimiseSpec;
  /** The landscape, in the order of the search. */
  readonly evaluations: readonly Evaluation[];
  /** The least of them; absent when nothing was reached. */
  readonly best?: Evaluation;
  /** The system's parameters with the best ones put in. */
  readonly bestParameters?: unknown;
  readonly notes: readonly string[];
}

/**
 * Searches parameters of a system, most often of its schedule, for the least of a quantity at a time or the
 * least time at which a quantity reaches a value, by the system's theory. Bounded, without derivatives, the same
 * at every run; a range of more than two decades is searched in its logarithm. The best is that of the
 * solver's discrete equations: with too few points it is theirs, not the theory's.
 *
 * With a checkpoint store the evaluations are kept, and a search that goes on comes to the same.
 *
 * @throws InvalidParameterError when no parameters between the bounds make sense, or the store holds another search.
 * @throws ConvergenceError when the solver failed everywhere; its partial result is the Optimisation so far.
 * @throws InterruptedError after an abort; its partial result is the Optimisation so far.
 */
export async function optimise(problem: OptimiseProblem, options: Options = {}): Promise<Optimisation> {
  checkOptions(options);
  const { system, method, search: spec } = problem;
  const names = Object.keys(spec.parameters);
  const scales = names.map((name) => scaleOf(spec.parameters[name]));
  const code = await system.load();
  const kept = await keepState(searchStates(problem), options.checkpoint);
  const { found: earlier = [] } = kept;
  const evaluations: Evaluation[] = [];
  let failure: ConvergenceError | InvalidParameterError | undefined;
  const seen = () => summary(problem, names, evaluations, failure);
  const pacer = createPacer("search", spec.evaluations, options, seen);

  const solve = async (at: readonly number[]): Promise<number | undefined> => {
    const done = evaluations.length;
    const inner: Options = {
      ...options,
      onProgress: (part) =>
        options.onProgress?.({
          label: "search",
          done: done + part.done / part.total,
          total: spec.evaluations,
        }),
      checkpoint: undefined,
    };
    let solution: Solution;
    try {
      solution = await code.solve(parametersAt(problem, names, at), method, inner);
    } catch (error) {
      if (!(error instanceof ConvergenceError) && !(error instanceof InvalidParameterError)) throw error;
      failure ??= error;
      return undefined;
    }
    return objective(solution, spec);
  };

  try {
    await searchCube(
      async (x) => {
        if (pacer.due()) await pacer.pause(evaluations.length);
        const at = x.map((value, d) => scales[d](value));
        const known = earlier[evaluations.length];
        // Why the first that failed did so is not kept: it is found out again.
        const isKnown = known && String(known.at) === String(at) && (known.value !== undefined || failure);
        const value = isKnown ? known.value : await solve(at);
        evaluations.push({ at, value });
        if (!isKnown) await kept.tell(() => evaluations);
        return value ?? Infinity;
      },
      names.length,
      spec,
    );
  } catch (error) {
    await kept.save(evaluations);
    if (error instanceof InterruptedError) throw error.withPartial(seen());
    throw error;
  }
  await kept.save(evaluations);
  if (failure && evaluations.every(({ value }) => value === undefined)) {
    throw failure instanceof ConvergenceError ? failure.withPartial(seen()) : failure;
  }
  return seen();
}

const DECADES = 2;

/** From [0, 1] to the range between the bounds: linear, or exponential over more than two decades. */
function scaleOf([low, high]: readonly [number, number]): (x: number) => number {
  const inside = (value: number) => Math.min(high, Math.max(low, value));
  return low > 0 && high > low * 10 ** DECADES
    ? (x) => inside(low * (high / low) ** x)
    : (x) => inside(low + x * (high - low));
}

function parametersAt(problem: OptimiseProblem, names: readonly string[], at: readonly number[]): unknown {
  const paths = numericPaths(problem.parameters);
  const parameters = names.reduce<unknown>(
    (record, name, d) => withNumber(record, paths.get(name)!, at[d]),
    problem.parameters,
  );
  return validate(problem.system.parameters, parameters, "parameters");
}

/** What is to be least, of one solution; undefined where it has no value. */
function objective(solution: Solution, { minimise, reach }: OptimiseSpec): number | undefined {
  const value = minimise
    ? seriesOf(solution.sample([minimise.time]).series, minimise.quantity, "minimise")[0]
    : reachTime(solution, reach!.quantity, reach!.value);
  return Number.isNaN(value) ? undefined : value;
}

/** First time at which a quantity takes a value, from above or below: between nodes by the solution's own order. */
function reachTime(solution: Solution, quantity: string, value: number): number {
  const { time } = solution;
  const above = seriesOf(solution.series, quantity, "reach").map((at) => at - value);
  if (above[0] === 0) return time[0];
  const k = above.findIndex((at, i) => i > 0 && (at === 0 || at > 0 !== above[i - 1] > 0));
  if (k < 0) return Infinity;
  // At the ends the nodes themselves speak: interpolation may miss them by rounding.
  const distance = (t: number) => {
    if (t === time[k - 1]) return above[k - 1];
    return t === time[k] ? above[k] : solution.sample([t]).series[quantity][0] - value;
  };
  return findRoot(distance, time[k - 1], time[k], { tolerance: 1e-10 });
}

function seriesOf(series: Solution["series"], quantity: string, goal: string): Float64Array {
  if (quantity in series) return series[quantity];
  throw new InvalidParameterError(`optimise.${goal}.quantity`, quantity, Object.keys(series).join(", "));
}

function summary(
  problem: OptimiseProblem,
  names: readonly string[],
  evaluations: readonly Evaluation[],
  failure: Error | undefined,
): Optimisation {
  const best = evaluations
    .filter(({ value = Infinity }) => value < Infinity)
    .reduce<Evaluation | undefined>((x, y) => (x && x.value! <= y.value! ? x : y), undefined);
  const failed = evaluations.filter(({ value }) => value === undefined).length;
  const why = failure
    ? `failed and count as the worst${unsearched(names, evaluations)}: ${failure.message}`
    : `have no value, and count as the worst${unsearched(names, evaluations)}`;
  const notes = [
    ...(failed > 0 ? [`${failed} of ${evaluations.length} evaluations ${why}`] : []),
    ...(best ? boundNotes(problem.search, names, best) : []),
    ...(problem.search.reach && !best ? ["the value was reached nowhere within the run"] : []),
  ];
  return {
    names,
    spec: problem.search,
    evaluations: [...evaluations],
    ...(best && { best, bestParameters: parametersAt(problem, names, best.at) }),
    notes,
  };
}

/** Share of failed evaluations from which on a user should know where they are. */
const NOTABLE_FAILURES = 0.1;

/** The part of the range that was not searched, because the solver failed there, or the quantity is undefined. */
function unsearched(names: readonly string[], evaluations: readonly Evaluation[]): string {
  const failed = evaluations.filter(({ value }) => value === undefined);
  if (failed.length <= NOTABLE_FAILURES * evaluations.length) return "";
  if (names.length === 1) return `; ${names[0]} ${listed(failedRanges(evaluations))} was not searched`;
  const box = names.map((name, d) => `${name} ${rangeOf(failed.map(({ at }) => at[d]))}`);
  return `; they lie within ${listed(box)}, where not all was searched`;
}

/** Of one parameter: neighbours that failed, as ranges. */
function failedRanges(evaluations: readonly Evaluation[]): string[] {
  const runs: number[][] = [];
  let isOpen = false;
  for (const { at, value } of [...evaluations].sort((x, y) => x.at[0] - y.at[0])) {
    const hasFailed = value === undefined;
    if (hasFailed && isOpen) runs[runs.length - 1].push(at[0]);
    else if (hasFailed) runs.push([at[0]]);
    isOpen = hasFailed;
  }
  return runs.map(rangeOf);
}

function rangeOf(values: readonly number[]): string {
  const [low, high] = [Math.min(...values), Math.max(...values)].map((value) => Number(value.toPrecision(4)));
  return low === high ? `at ${low}` : `from ${low} to ${high}`;
}

const listed = (parts: readonly string[]) => parts.join(" and ");

function boundNotes(
  { parameters, tolerance }: OptimiseSpec,
  names: readonly string[],
  best: Evaluation,
): string[] {
  return names.flatMap((name, d) => {
    const [low, high] = parameters[name];
    const scale = scaleOf([low, high]);
    const isLow = best.at[d] <= scale(tolerance);
    const bound = isLow ? low : best.at[d] >= scale(1 - tolerance) ? high : undefined;
    return bound === undefined
      ? []
      : [`the best ${name} is at its bound ${bound}: a wider range may hold a better one`];
  });
}
