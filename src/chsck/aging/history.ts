import type { Written } from "../../core/saved-states";
import { channels } from "../../models/covariance";
import { plantingOf } from "../../models/planted-start";
import type { TwoTimeProblem } from "../problem";
import { crosses } from "./crossing";
import { fitGauge } from "./gauge";
import { createCrowdedGrid } from "./grid";
import { type Engine, march, startEngine } from "./march";
import { startAfter } from "./milestone";
import type { Effort } from "./newton";
import { leewayOf } from "./noise-spacing";
import { escapes, overlapScale, overlapScaleOf, plantedLoss } from "./overlap";
import { createPhase, type PanelGrid, type PhaseStart } from "./phase";
import { createRegrid } from "./regrid";
import { createRecord, rowOf } from "./rows";
import type { Leg, Resolution } from "./rule";
import { clockAt, landscapeTime, NOT_LANDING, reaches, type SolvedPhase } from "./solved-phase";
import type { Stretch } from "./stretches";

/** A run at one resolution: its phases, as far as they are solved, one behind the other. */
export interface AgingHistory {
  readonly resolution: Resolution;
  readonly phases: SolvedPhase[];
  readonly effort: Effort;
  /** The clock at which its run is cut. */
  cut?: number;
  /** What solves the last of them, between two slices of the work. */
  engine?: Engine;
}

/** What a run is about, and where it ends. */
export interface AgingRun {
  readonly problem: TwoTimeProblem;
  /** In the paper's t; the clock may end before it. */
  readonly until: number;
  /** Where a signal is found, one of them is cut. */
  stretches: readonly Stretch[];
  /** The clock of the cut: the first history finds it, for all. */
  cut?: number;
  /** What its checkpoints took. */
  written?: Written;
}

/** Cuts the stretch of a clock there. */
export function cutAt(run: AgingRun, clock: number): void {
  const found = run.stretches.find(({ from, to }) => from < clock && clock < to);
  if (!found) return;
  const parts = [
    { ...found, to: clock },
    { ...found, from: clock },
  ];
  run.cut = clock;
  run.stretches = run.stretches.flatMap((stretch) => (stretch === found ? parts : [stretch]));
}

/** ln of the longest over the first σ, at the least. */
const SPAN = 14;

/** Rows by the closest distance of rows that a schedule may take near a horizon. */
const FOLLOWERS = 25;

/** Rows that a phase of this length has room for; with a signal, its crossing takes many. */
export function capacityOf(problem: TwoTimeProblem, { from, to }: Stretch, resolution: Resolution): number {
  const closest = Math.min(...resolution.map(({ spacing }) => Math.min(spacing.transient, spacing.late)));
  const regular = ((SPAN + Math.log1p(to - from)) * 1.5) / closest;
  const followers = problem.temperature > 0 ? FOLLOWERS / closest : 0;
  return 100 + Math.ceil(escapes(problem) ? 4 * regular + 2000 : regular + followers);
}

export const createHistory = (resolution: Resolution): AgingHistory => ({
  resolution,
  phases: [],
  effort: {
    rows: 0,
    iterations: 0,
    factorisations: 0,
    rejected: 0,
    failed: 0,
    seconds: { past: 0, equations: 0, derivatives: 0, linear: 0 },
  },
});

/** The clock up to which a history is solved; 0 before it begins. */
export function reachedBy({ phases }: AgingHistory): number {
  const last = phases[phases.length - 1];
  return last ? clockAt(last, last.count - 1) : 0;
}

/** The start of a run: random but for its overlap with a signal, or in equilibrium. @param noise T_eff there. */
export function firstStart(problem: TwoTimeProblem, size: number, noise: number): PhaseStart {
  const { covariance } = problem;
  const { strength, overlap: m } = plantingOf(problem) ?? { strength: 0, overlap: 0 };
  const force = strength * covariance.first(m);
  return {
    clock: 0,
    old: [],
    pairs: new Float64Array(2 * size).fill(1),
    slopes: new Float64Array(2 * size),
    reduced: force * m,
    reducedSlope: covariance.first(1) + covariance.second(1),
    logOverlap: overlapScale(m).of(Math.abs(m)),
    logOverlapSlope: m === 0 ? 0 : force / m - noise - force * m,
  };
}

/** A phase that has not begun. @param rows the least that it has room for. */
export function createSolvedPhase(
  { problem, stretches }: AgingRun,
  { resolution, phases }: AgingHistory,
  start: PhaseStart,
  rows = 0,
): SolvedPhase {
  const terms = channels(problem.covariance);
  const overlap = overlapScaleOf(problem).value(start.logOverlap);
  const capacity = Math.max(rows, capacityOf(problem, stretches[phases.length], resolution));
  const before = phases[phases.length - 1];
  const { grid } = resolution[0];
  return {
    start,
    grid: createCrowdedGrid(grid.size, grid.crowding),
    rows: createRecord(grid.size, capacity, start),
    legs: [],
    count: 0,
    losses: terms.map(() => new Float64Array(capacity)),
    startLosses: terms.map((channel, term) =>
      before ? before.losses[term][before.count - 1] : plantedLoss(problem, channel, overlap),
    ),
    iterations: new Int32Array(capacity),
    spacing: 0,
    longest: Infinity,
    landing: NOT_LANDING,
  };
}

/** The start of the phase behind the last one, whose engine stands at its last row. */
export function nextStart(
  { problem, stretches }: AgingRun,
  { phases }: AgingHistory,
  { phase }: Engine,
): PhaseStart {
  const [before, after] = stretches.slice(phases.length - 1);
  return startAfter(
    phase,
    phases[phases.length - 1].count,
    after.noise(after.from) - before.noise(after.from),
    overlapScaleOf(problem),
  );
}

/**
 * Takes all rows to another grid, each from the one on which it was solved; `own` are the rows behind the finished legs, where there
 * are any.
 */
export function takeGrid(
  problem: TwoTimeProblem,
  solved: SolvedPhase,
  { size, crowding }: PanelGrid,
  own: Float64Array = new Float64Array(0),
): void {
  const { rows, legs } = solved;
  if (legs.length > 0 || solved.grid.size !== size || solved.grid.crowding !== crowding) {
    const grid = createCrowdedGrid(size, crowding);
    const { pairs, slopes } = firstStart(problem, size, 0);
    const start = { ...solved.start, pairs, slopes };
    const { place, sigma, elapsed, reduced, logOverlap } = rows;
    const moved = { ...createRecord(size, rows.capacity, start), place, sigma, elapsed, reduced, logOverlap };
    Object.assign(solved, { grid, start, rows: moved });
  }
  let begin = 0;
  for (const leg of legs) {
    const move = createRegrid(leg.grid, solved.grid);
    const width = 2 * leg.grid.size;
    for (let r = begin; r < leg.end; r++) {
      move(leg.pairs.subarray((r - begin) * width, (r - begin + 1) * width), rowOf(solved.rows, r));
    }
    begin = leg.end;
  }
  solved.rows.pairs.set(own, begin * solved.rows.width);
}

/** Rows that were solved on the present grid. */
export function ownRows({ legs, rows, count }: SolvedPhase): Float64Array {
  const begin = legs[legs.length - 1]?.end ?? 0;
  return rows.pairs.subarray(begin * rows.width, count * rows.width);
}

function changeLeg(problem: TwoTimeProblem, solved: SolvedPhase, next: Leg): void {
  const { grid, rows, count, spacing, legs } = solved;
  if (next.isGauged) solved.gauge ??= fitGauge(grid, rows, count);
  legs.push({ grid, end: count, pairs: ownRows(solved).slice(), spacing });
  takeGrid(problem, solved, next.grid);
  solved.kept = undefined;
}

export interface HistoryOptions {
  /** The clock up to which to go now. */
  readonly goal: number;
  /** Whether this history finds where its run is to be cut. */
  readonly findsCut: boolean;
  /** The paper's t of a clock, for messages. */
  readonly time: (clock: number) => number;
  /** Called after every row: lets others have their turn, and tells progress. */
  readonly afterRow: (clock: number) => Promise<void> | undefined;
}

/** Brings a history on along its stretches; it holds what is solved at any moment. @throws ConvergenceError, MemoryError */
export async function solveHistory(
  run: AgingRun,
  history: AgingHistory,
  { goal, findsCut, time, afterRow }: HistoryOptions,
): Promise<void> {
  const { problem } = run;
  const { resolution, phases } = history;
  const open = () => (history.engine ??= openEngine(run, history, time));
  /** With its first, known rows. */
  const add = (start: PhaseStart) => {
    phases.push(createSolvedPhase(run, history, start));
    history.engine = openEngine(run, history, time);
  };
  if (phases.length === 0) add(firstStart(problem, resolution[0].grid.size, run.stretches[0].noise(0)));
  for (;;) {
    const { stretches } = run;
    const solved = phases[phases.length - 1];
    const { start, legs } = solved;
    const length = stretches[phases.length - 1].to - start.clock;
    const legEnd =
      legs.length + 1 < resolution.length ? resolution[legs.length].end * landscapeTime(problem) : Infinity;
    if (isFinished(run, history)) break;
    if (reaches(solved, length)) {
      add(nextStart(run, history, open()));
    } else if (reaches(solved, legEnd)) {
      changeLeg(problem, solved, resolution[legs.length + 1]);
      history.engine = undefined;
    } else if (reaches(solved, goal - start.clock)) {
      return;
    } else {
      await march(problem, solved, open(), Math.min(goal - start.clock, length, legEnd), (r) => {
        const isFound = findsCut && run.cut === undefined && crosses(problem, solved, r);
        if (isFound) cutHere(run, history);
        return { ends: isFound, turn: afterRow(clockAt(solved, r)) };
      });
    }
  }
  // What remains are the rows alone.
  history.engine = undefined;
}

/** Ends the present phase of a history where it stands, and those of all others there. */
function cutHere(run: AgingRun, history: AgingHistory): void {
  history.cut = reachedBy(history);
  cutAt(run, history.cut);
  history.phases[history.phases.length - 1].landing = NOT_LANDING;
}

/** Whether a history is solved to the end. */
export function isFinished({ stretches }: AgingRun, { phases }: AgingHistory): boolean {
  const last = phases[phases.length - 1];
  const { to } = stretches[stretches.length - 1];
  return phases.length >= stretches.length && reaches(last, to - last.start.clock);
}

/** What solves further rows of the last phase. */
export function openEngine(
  { problem, stretches }: AgingRun,
  { resolution, phases, effort }: AgingHistory,
  time: (clock: number) => number,
): Engine {
  const solved = phases[phases.length - 1];
  const { to: end, noise, sag } = stretches[phases.length - 1];
  const { grid, spacing } = resolution[solved.legs.length];
  const phase = createPhase(problem, grid, solved.start, solved.rows, effort, solved.gauge);
  return startEngine(problem, solved, phase, {
    end,
    noise,
    leeway: leewayOf(sag, spacing),
    spacing,
    effort,
    time,
  });
}
