import type { Comparison } from "../compare";
import { checkOptions } from "../core/check-options";
import { ConvergenceError, InterruptedError } from "../core/errors";
import type { Options } from "../core/options";
import type { Ensemble, Solution, SolverWork, TwoTimeSolution } from "../core/results";
import type { Config, Verb } from "../systems/config/config";
import { reportOf } from "../systems/config/report-of";
import type { Fields } from "../systems/fields/lay-out";
import type { Optimisation } from "../systems/optimise/optimise";
import { optimisationRows, optimumRows } from "../systems/optimise/rows";
import { missingNotes } from "../systems/rows/missing";
import { predictionRows } from "../systems/rows/predictions";
import { ensembleRows, solutionRows } from "../systems/rows/results";
import type { Row } from "../systems/rows/row";
import type { Report, SystemCode } from "../systems/system";
import { type ComparisonRow, comparisonRows, theoryRows } from "./comparison-rows";
import { useMachineMemory } from "./machine";

/** What a verb came to. A run that failed or was interrupted holds what was finished. */
export interface Outcome {
  readonly status: "done" | "failed" | "interrupted";
  /** Why it is not done, in one line. */
  readonly message?: string;
  /** The problem in words, from the system. */
  readonly description: string;
  readonly rows: readonly (Row | ComparisonRow)[];
  readonly comparison?: Comparison;
  /** Two-time functions as wholes, where the report asks for them and the theory is whole. */
  readonly fields?: Fields;
  /** Remarks a user should see. */
  readonly notes: readonly string[];
  /** What the theory's solver did, where it counts. */
  readonly work?: SolverWork;
  /** The theory that rows were taken from. */
  readonly solution?: Solution;
  readonly seconds: number;
}

/** Takes, now and then, what makes the rows of the finished part, with what they are in words. */
export type KeepRows = (make: () => Promise<{ rows: Outcome["rows"]; message: string }>) => void;

type Code = SystemCode;
interface Work extends Pick<Outcome, "rows" | "comparison" | "fields" | "work" | "solution"> {
  /** The problem in words, where it is another than that of the config. */
  readonly description?: string;
  readonly notes?: readonly string[];
  /** Why it is not whole, and in words what there is of it. */
  readonly stop?: Stop;
  readonly finished?: string;
}
type Stop = ConvergenceError | InterruptedError;

/**
 * Does what a verb says to a checked config. A solver that stops early (no convergence, an abort) is no error
 * here: the outcome says so and holds the rows of what was finished.
 * @param keep takes rows of what is finished so far, now and then
 * @throws InvalidParameterError for what only the solver can find wrong, before it has computed anything.
 */
export async function runVerb(
  verb: Verb,
  config: Config,
  options: Options = {},
  keep?: KeepRows,
): Promise<Outcome> {
  const start = performance.now();
  checkOptions(options);
  useMachineMemory();
  const report = reportOf(verb, config);
  const code = await config.system.load();
  const description = code.describe(config.parameters);
  const { stop, finished, notes = [], ...results } = await WORK[verb](code, config, report, options, keep);
  const runs = verb !== "predict" && verb !== "optimise";
  const missing = runs && !stop ? missingNotes(results.rows, report) : [];
  return {
    description,
    ...results,
    ...ending(stop, finished),
    notes: [...notes, ...missing, ...(stop ? [] : singleSamplesNote(results.rows, report))],
    seconds: (performance.now() - start) / 1000,
  };
}

const WORK: Readonly<
  Record<Verb, (code: Code, config: Config, report: Report, o: Options, keep?: KeepRows) => Promise<Work>>
> = {
  async solve(code, config, report, options) {
    const { result, stop } = await attempt(() =>
      code.solve(config.parameters, config.method, options, report),
    );
    const rows = rowsOf(result, report, stop);
    if (!result || stop) return { rows, stop, notes: result?.notes, work: result?.work };
    const { notes, ...laid } = await fieldsOf(result, config, report, options);
    return { rows, ...laid, notes: [...result.notes, ...notes], work: result.work, solution: result };
  },

  async simulate(code, config, report, options, keep) {
    const { parameters, simulation } = config;
    const watched = watching(keptApart(options), keep, async (ensemble) => ensembleRows(ensemble, report));
    const { result, stop } = await attempt(() => code.simulate!(parameters, simulation, report, watched));
    return { rows: result ? ensembleRows(result, report) : [], stop, notes: samplesNote(result, stop) };
  },

  async predict(code, { system, parameters }, report) {
    const rows = predictionRows(await code.predict(parameters), report, namesOf(system));
    return { rows, notes: code.predictionNotes?.(parameters) };
  },

  async compare(code, config, report, options, keep) {
    const { parameters, method, simulation } = config;
    const theory = await attempt(() => code.solve(parameters, method, options, report));
    const solved = () => theoryRows(rowsOf(theory.result, report, theory.stop));
    if (!theory.result || theory.stop) return { rows: solved(), ...theory, notes: theory.result?.notes };
    const { compareAsync } = await import("../compare");
    const { fields, ...laid } = await fieldsOf(theory.result, config, report, options);
    if (laid.stop) return { rows: solved(), ...laid };
    const watched = watching(keptApart(options), keep, async (ensemble) =>
      comparisonRows(await compareAsync(theory.result!, { ...ensemble, ...WITHOUT_CURVES }), report),
    );
    const finite = await attempt(() => code.simulate!(parameters, simulation, report, watched));
    // One sample alone has no standard error to compare with.
    if (!finite.result || finite.result.samples < 2) {
      const { notes } = theory.result;
      return {
        rows: solved(),
        fields,
        stop: finite.stop,
        finished: THEORY,
        notes: [...notes, ...laid.notes],
      };
    }
    // The bootstrap takes a while and needs all samples: after an interruption there is none.
    const ensemble = finite.stop ? { ...finite.result, ...WITHOUT_CURVES } : finite.result;
    const compared = await attempt(() => compareAsync(theory.result!, ensemble, options));
    const comparison = compared.result!;
    const notes = [...theory.result.notes, ...laid.notes, ...samplesNote(finite.result, finite.stop)];
    return {
      rows: comparisonRows(comparison, report),
      comparison,
      solution: theory.result,
      fields,
      stop: finite.stop ?? compared.stop,
      notes,
    };
  },

  optimise: (code, config, report, options) =>
    config.search ? searchParameters(code, config, options) : searchOwnWay(code, config, report, options),
};

async function searchParameters(
  code: Code,
  { system, parameters, method, search }: Config,
  options: Options,
): Promise<Work> {
  const { optimise } = await import("../systems/optimise/optimise");
  const problem = { system, parameters, method, search: search! };
  const { result, stop } = await attempt<Optimisation>(() => optimise(problem, options));
  if (!result) return { rows: [], stop };
  const { bestParameters, evaluations, notes } = result;
  return {
    ...(bestParameters !== undefined && { description: code.describe(bestParameters) }),
    rows: optimisationRows(result),
    notes,
    stop,
    finished: counted(evaluations.length, "evaluation"),
  };
}

async function searchOwnWay(
  code: Code,
  { system, parameters, goal, source }: Config,
  report: Report,
  options: Options,
): Promise<Work> {
  const { result, stop } = await attempt(() => code.optimise!(parameters, goal, report, options));
  const notes = [...(result?.notes ?? []), ...unusedMethod(source.method)];
  return { rows: result ? optimumRows(result, report, namesOf(system)) : [], stop, notes };
}

const namesOf = ({ quantities }: Config["system"]) => quantities.map(({ name }) => name);

/** A search of its own has its own equations. */
function unusedMethod(method: unknown = {}): string[] {
  const keys = Object.keys(method as object).map((key) => `method.${key}`);
  return keys.length === 0 ? [] : [`the search does not use ${keys.join(", ")}: it has its own equations`];
}

/** What is finished where only the theory is. */
const THEORY = "the theory";

/** The two-time functions of a solution as wholes, where the report asks for them. */
async function fieldsOf(
  solution: Solution,
  { system }: Config,
  { fields: request }: Report,
  options: Options,
): Promise<Pick<Work, "fields" | "stop" | "finished"> & { readonly notes: readonly string[] }> {
  if (!request) return { notes: [] };
  if (!("estimate" in solution)) {
    return { notes: ["report.fields does nothing here: the method gives no functions of two times"] };
  }
  const { layOutFields } = await import("../systems/fields/lay-out");
  const { result: fields, stop } = await attempt(() =>
    layOutFields(solution as TwoTimeSolution, system.quantities, request, options),
  );
  const notes =
    fields && fields.every > 1 ? [`the fields are on every ${fields.every}th of the solver's own times`] : [];
  return { fields, stop, finished: THEORY, notes };
}

/** Samples are kept beside the state of a theory, where `simulate` and `compare` both find them. */
function keptApart({ checkpoint, ...options }: Options): Options {
  return { ...options, checkpoint: checkpoint?.part?.("simulation") ?? checkpoint };
}

/** Options with which the finished samples are made into rows now and then. */
function watching(
  options: Options,
  keep: KeepRows | undefined,
  rowsOfPart: (part: Ensemble) => Promise<Outcome["rows"]>,
): Options {
  if (!keep) return options;
  const onPartial = (make: () => unknown) =>
    keep(async () => {
      const part = make() as Ensemble;
      const message = `so far: means over the ${counted(part.samples, "sample")} that were finished`;
      return { rows: await rowsOfPart(part), message };
    });
  return { ...options, onPartial };
}

const WITHOUT_CURVES = { curves: undefined };

/** The result of a computation, or where it stopped early the finished part of it. */
async function attempt<T>(work: () => Promise<T>): Promise<{ result?: T; stop?: Stop }> {
  try {
    return { result: await work() };
  } catch (error) {
    if (error instanceof ConvergenceError) return { result: error.details.partial as T, stop: error };
    if (error instanceof InterruptedError) return { result: error.partial as T, stop: error };
    throw error;
  }
}

/** What rows of an iteration that was stopped say, where those of a result have none or "mean". */
const UNCONVERGED = "unconverged";

/** The rows of a solution; of one that stopped early, as far as it goes. A whole one knows all times that were asked for. */
function rowsOf(solution: Solution | undefined, report: Report, stop: Stop | undefined): Row[] {
  if (!solution) return [];
  const end = stop ? solution.time[solution.time.length - 1] : Infinity;
  const times = report.times.filter((t) => t <= end);
  const pairs = report.pairs.filter(([t, tPrime]) => Math.max(t, tPrime) <= end);
  const rows = solutionRows(solution, { ...report, times, pairs });
  return solution.unfinished === undefined ? rows : rows.map((row) => ({ ...row, statistic: UNCONVERGED }));
}

/** What a user should know of an ensemble: its own remarks, and how far it came. */
/** Rows of single samples were asked for, where there are none. */
function singleSamplesNote(rows: readonly object[], { samples }: Report): string[] {
  const has = rows.some((row) => Reflect.get(row, "sample") !== undefined);
  return samples && !has ? ["report.samples does nothing here: there are no single samples to report"] : [];
}

function samplesNote(ensemble: Ensemble | undefined, stop: Stop | undefined): string[] {
  if (!ensemble) return [];
  const finished = stop ? [`means over the ${ensemble.samples} samples that were finished`] : [];
  return [...(ensemble.notes ?? []), ...finished];
}

function ending(stop: Stop | undefined, finished = finishedPart(stop)): Pick<Outcome, "status" | "message"> {
  if (!stop) return { status: "done" };
  if (stop instanceof InterruptedError) {
    return { status: "interrupted", message: `interrupted; finished: ${finished}` };
  }
  const reached = Number(stop.details.reached.toPrecision(6));
  // What stopped before it began is good nowhere.
  const good = reached > 0 ? ` Good up to ${reached}.` : "";
  return { status: "failed", message: `${stop.message}${good}` };
}

const counted = (count: number, noun: string) => `${count} ${noun}${count === 1 ? "" : "s"}`;

/** How far an interrupted computation got. */
function finishedPart(stop: Stop | undefined): string {
  const partial = (stop instanceof InterruptedError && stop.partial) || {};
  const { time, samples, unfinished } = partial as Partial<Ensemble & Solution>;
  if (unfinished !== undefined) return unfinished;
  if (samples !== undefined) return counted(samples, "sample");
  return time?.length ? `up to t = ${time[time.length - 1].toPrecision(4)}` : "nothing";
}
