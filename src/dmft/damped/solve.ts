import { integerAtLeast } from "../../core/check";
import { ConvergenceError, InterruptedError, InvalidParameterError } from "../../core/errors";
import { createPacer, type Options, type Progress } from "../../core/options";
import { inThisThread, type PoolTask, serialPool } from "../../core/pool";
import type { PhaseRetrieval } from "../../models/phase-retrieval/problem";
import { mean } from "../../numerics/statistics";
import { copyFunctions, mix } from "../process/functions";
import { CORRECTED, createSetup, type DampedMethod, type EquationForm, type Setup } from "../process/problem";
import type { RunState } from "../process/run-state";
import { createSolution, type DmftSolution } from "../process/solution";
import { createRunCheckpoint } from "./checkpoint";
import { firstGuess } from "./first-guess";
import { createPasses } from "./pass";

const TRAJECTORIES = 1024;
const ITERATIONS = 80;
const GAIN = 0.8;
const HOLD = 12;
/** Changes of the overlap, averaged over the last quarter of the passes, that only an unfinished run has. */
const LARGEST_RESIDUAL = 0.3;
/** The same times the last gain: by how much the result itself still moves. */
const LARGEST_CHANGE = 0.05;
/** Standard deviation of the overlap over runs, where some have collapsed. */
const LARGEST_SPREAD = 0.15;

/** One run, from where it stands to a number of passes. */
interface RunPiece {
  readonly problem: PhaseRetrieval;
  readonly method: DampedMethod;
  readonly form: EquationForm;
  readonly run: number;
  readonly state?: RunState;
  readonly passes: number;
}

const NAME = "effective process";

/** Runs of {@link solveDamped}, for workers. An interrupted run hands over where it stands. */
export const effectiveProcessTask: PoolTask<RunPiece, RunState> = {
  name: NAME,
  module: "twotime",
  async run({ problem, method, form, run, state: begun, passes }, options) {
    const setup = createSetup(problem, method, method.trajectories ?? TRAJECTORIES, form);
    const functions = begun ? copyFunctions(begun.functions) : firstGuess(setup);
    const residuals = [...(begun?.residuals ?? [])];
    const first = begun?.passes ?? 0;
    let state: RunState | undefined = begun;
    const { fresh = true, response = "exact" } = method;
    const pacer = createPacer(NAME, passes - first, options, () => state);
    const samplePass = createPasses(setup, run, response === "exact" ? 0 : response.probes);
    for (let pass = first; pass < passes; pass++) {
      const batches = samplePass(functions, fresh ? pass : 0);
      let step = batches.next();
      for (; !step.done; step = batches.next()) {
        if (pacer.due()) await pacer.pause(pass - first + step.value);
      }
      const { recursion, averages, dropped } = step.value;
      const { overlap } = recursion;
      if (state) {
        const before = state.overlap;
        const change = overlap.reduce((most, m, k) => Math.max(most, Math.abs(m - before[k])), 0);
        residuals.push(change / gainOf(method, setup.nodes, pass - 1));
      }
      mix(functions, averages, gainOf(method, setup.nodes, pass));
      const sampled = (state?.sampled ?? 0) + setup.trajectories;
      const lost = (state?.dropped ?? 0) + dropped;
      state = { run, passes: pass + 1, functions, residuals, overlap, dropped: lost, sampled };
    }
    return state!;
  },
};

/** Share of a pass in the new order functions: constant at first, then such that later passes are averaged. */
function gainOf({ gain = GAIN, hold }: DampedMethod, nodes: number, pass: number): number {
  const held = hold ?? Math.max(HOLD, Math.ceil(nodes / 5));
  return pass < held ? gain : Math.min(gain, 2 / (pass - held + 3));
}

/**
 * Solves the dynamical mean-field theory of phase retrieval (Stochasticity helps to navigate rough landscapes, section 4
 * and appendix A, corrected, see docs/errata.md) by the paper's iteration: trajectories of the effective process are
 * sampled with the order functions as they stand, and their averages are mixed into these, first with a constant gain,
 * then with one that falls, which averages over passes with ever new random numbers. Its time step is the learning rate:
 * it is the N → ∞ limit of the discrete algorithm, too. Independent runs give the error. Work grows as steps³, or as
 * steps² with probes.
 *
 * The result does not depend on the pool. With a checkpoint store the state is saved some ten times and after an abort;
 * a run that goes on from there ends with the same numbers.
 *
 * @throws InvalidParameterError for a problem or method that makes no sense, or a learning rate beyond
 *   {@link effectiveRateLimit}; ConvergenceError where the residual does not fall; InterruptedError after an abort. The
 *   `partial` of both is the DmftSolution of the runs as they stand, undefined where there is none.
 */
export async function solveDamped(
  problem: PhaseRetrieval,
  method: DampedMethod,
  options: Options = {},
  form: EquationForm = CORRECTED,
): Promise<DmftSolution> {
  const setup = createSetup(problem, method, method.trajectories ?? TRAJECTORIES, form);
  checkDamped(method);
  const { pool = serialPool, signal, onProgress } = options;
  const { runs = 8, iterations = ITERATIONS } = method;
  const task = method.cost ? inThisThread(effectiveProcessTask) : effectiveProcessTask;
  const saved = createRunCheckpoint(problem, method, options.checkpoint);
  let states: (RunState | undefined)[] = await saved.load(runs);
  const slices = Math.min(SLICES, iterations);
  for (let slice = 1; slice <= slices; slice++) {
    const passes = Math.round((iterations * slice) / slices);
    const pieces = states.map((state, run) => ({ problem, method, form, run, state, passes }));
    const todo = pieces.filter(({ state }) => (state?.passes ?? 0) < passes);
    if (todo.length === 0) continue;
    const label = labelOf(states);
    const told = ({ done, total }: Progress) => {
      const made = (slice - 1 + done / total) * (iterations / slices) * runs;
      onProgress?.({ label, done: made, total: iterations * runs });
    };
    try {
      const found = await pool.map(task, todo, { signal, ...(onProgress && { onProgress: told }) });
      states = updated(states, found);
      await saved.save(states);
    } catch (error) {
      if (!(error instanceof InterruptedError || error instanceof ConvergenceError)) throw error;
      const handed = error instanceof InterruptedError ? error.partial : error.details.partial;
      states = updated(states, (handed as readonly (RunState | undefined)[] | undefined) ?? []);
      await saved.save(states);
      if (error instanceof ConvergenceError) throw error.withPartial(unfinished(setup, states));
      throw new InterruptedError(error.message, unfinished(setup, states));
    }
  }
  const finished = states as RunState[];
  const solved = createSolution(setup, finished);
  requireConvergence(finished, gainOf(method, setup.nodes, iterations - 1), solved);
  return solved;
}

/** The runs as they stand, undefined where there is none or they make no sense. */
function unfinished(setup: Setup, states: readonly (RunState | undefined)[]): DmftSolution | undefined {
  const begun = states.filter((state) => state !== undefined);
  try {
    return begun.length > 0 ? createSolution(setup, begun) : undefined;
  } catch (error) {
    if (error instanceof ConvergenceError) return undefined;
    throw error;
  }
}

/** Pieces that a run is cut into, between which the state is saved and the residual told. */
const SLICES = 10;

/** With the residual of the runs as they stand. */
function labelOf(states: readonly (RunState | undefined)[]): string {
  const residuals = states.flatMap((state) => state?.residuals.at(-1) ?? []);
  if (residuals.length === 0) return NAME;
  return `${NAME}, residual ${mean(residuals).toPrecision(2)}`;
}

function updated(
  states: readonly (RunState | undefined)[],
  found: readonly (RunState | undefined)[],
): (RunState | undefined)[] {
  return states.map((state, run) => found.find((other) => other?.run === run) ?? state);
}

function checkDamped({
  iterations = ITERATIONS,
  gain = GAIN,
  hold = HOLD,
  response = "exact",
}: DampedMethod): void {
  integerAtLeast("method.iterations", iterations, 2);
  if (!(gain > 0 && gain <= 1)) {
    throw new InvalidParameterError("method.gain", gain, "a number above 0 and at most 1");
  }
  integerAtLeast("method.hold", hold, 0);
  if (response === "exact") return;
  if (typeof response !== "object") {
    throw new InvalidParameterError("method.response", response, '"exact" or { probes }');
  }
  integerAtLeast("method.response.probes", response.probes, 1);
}

/** @throws ConvergenceError where the overlap of a run still changed by much at the end, or runs disagree by much. */
function requireConvergence(states: readonly RunState[], gain: number, partial: DmftSolution): void {
  const failed = (found: string) =>
    new ConvergenceError(`The iteration has not converged: ${found}.`, {
      reached: partial.time[partial.time.length - 1],
      advice: "Take more trajectories (late times need more), more iterations, or a shorter time.",
      partial,
    });
  for (const { residuals, run } of states) {
    const last = residuals.slice(-Math.ceil(residuals.length / 4));
    const residual = last.reduce((sum, r) => sum + r, 0) / last.length;
    if (residual <= Math.min(LARGEST_RESIDUAL, LARGEST_CHANGE / gain)) continue;
    throw failed(`the overlap of run ${run + 1} still changes by ${residual.toPrecision(2)} in an iteration`);
  }
  if (states.length === 1) return;
  const spread = Math.sqrt(states.length) * Math.max(...partial.standardError.overlap);
  if (spread > LARGEST_SPREAD) throw failed(`the overlaps of the runs differ by ${spread.toPrecision(2)}`);
}
