import { ConvergenceError } from "../../core/errors";
import { createPacer, type PoolTask } from "../../core/options";
import type { ResumableRun } from "../../core/resumable-run";
import {
  type AgingHistory,
  type AgingRun,
  createHistory,
  isFinished,
  reachedBy,
  solveHistory,
} from "./history";
import { identify } from "./identity";
import { usefulPart } from "./rewind";
import type { Resolution } from "./rule";
import { createHistoryCodec } from "./saved-history";
import { createSolution } from "./solution";
import { KNOWN_ROWS } from "./solved-phase";

const NAME = "two-time equations";
/** Slices of each history, between which it is saved. */
const SLICES = 10;
/** Steps of a history: its clock counts by its logarithm. */
const STEPS = 1000;

/** A history, and the clock to bring it to. */
interface HistoryPiece {
  readonly run: AgingRun;
  readonly history: AgingHistory;
  readonly goal: number;
  readonly findsCut: boolean;
}

/** The history itself goes on: in the thread that holds it. */
const agingTask: PoolTask<HistoryPiece, AgingHistory> = {
  name: NAME,
  async run({ run, history, goal, findsCut }, options) {
    const { schedule } = run.problem;
    const from = stepsOf(run, history);
    const to = goal === Infinity ? STEPS : stepsAt(run, goal);
    const pacer = createPacer(NAME, Math.max(1, to - from), options, () => history);
    try {
      await solveHistory(run, history, {
        goal,
        findsCut,
        time: (clock) => schedule.time(clock),
        afterRow: (clock) => (pacer.due() ? pacer.pause(stepsAt(run, clock) - from) : undefined),
      });
      return history;
    } catch (error) {
      throw error instanceof ConvergenceError ? error.withPartial(history) : error;
    }
  },
};

const stepsAt = ({ stretches }: AgingRun, clock: number): number =>
  1 + Math.floor(((STEPS - 1) * Math.log1p(clock)) / Math.log1p(stretches[stretches.length - 1].to));

const stepsOf = (run: AgingRun, history: AgingHistory): number => {
  if (history.phases.length === 0) return 0;
  return isFinished(run, history) ? STEPS : Math.min(STEPS - 1, stepsAt(run, reachedBy(history)));
};

/** The work on a history for each resolution, one after the other. @param tell takes what of a checkpoint is of no use. */
export function createRun(
  run: AgingRun,
  resolutions: readonly Resolution[],
  tell: (note: string) => void,
): ResumableRun<HistoryPiece, AgingHistory> {
  const given = run.stretches;
  const end = given[given.length - 1].to;
  return {
    identity: identify(run.problem),
    codec: createHistoryCodec(run),
    steps: resolutions.map(() => STEPS),
    stepsOf: (history) => stepsOf(run, history),
    slices: SLICES,
    inTurn: true,
    task: agingTask,
    useful(piece, history) {
      const useful = usefulPart(run, history, resolutions[piece]);
      if (useful) return useful;
      tell("the checkpoint has rows of another accuracy only: this run began anew");
      // The first history finds a signal anew.
      if (piece === 0) Object.assign(run, { stretches: given, cut: undefined });
      return undefined;
    },
    request: (piece, history = { ...createHistory(resolutions[piece]), cut: run.cut }, steps) => ({
      run,
      history,
      findsCut: piece === 0,
      goal: steps === STEPS ? Infinity : Math.expm1((Math.log1p(end) * (steps - 1)) / (STEPS - 1)),
    }),
    label: () => NAME,
    onSaved(written) {
      run.written = written;
    },
    partial(states) {
      const begun = states.filter((one) =>
        one?.phases.some(({ count }) => count >= KNOWN_ROWS),
      ) as AgingHistory[];
      return begun.length > 0 ? createSolution(run, begun) : undefined;
    },
  };
}
