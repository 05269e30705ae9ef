import type { TwoTimeProblem } from "../problem";
import { fillKnownRows } from "./known-rows";
import { spacingForNoise } from "./noise-spacing";
import { escapes } from "./overlap";
import type { Phase } from "./phase";
import { createRowSolver, type RowOptions, type RowSolver } from "./row-solver";
import { keepCrowded } from "./rows";
import { KNOWN_ROWS, landscapeTime, reaches, type SolvedPhase } from "./solved-phase";
import { isLate, nextSpacing } from "./spacing";

/** What solves the rows of a phase on one grid. */
export interface Engine {
  readonly phase: Phase;
  readonly solver: RowSolver;
  readonly options: RowOptions;
}

/** An engine that goes on from the rows of a phase that there are, or makes the first ones. */
export function startEngine(
  problem: TwoTimeProblem,
  solved: SolvedPhase,
  phase: Phase,
  options: RowOptions,
): Engine {
  const solver = createRowSolver(problem, solved, phase, options);
  if (solved.count > 0) solver.restore();
  else {
    const { clock } = phase.start;
    fillKnownRows(problem, phase, options.end - clock, options.spacing, options.noise(clock));
    for (let r = 0; r < KNOWN_ROWS; r++) {
      keepCrowded(phase.stencils.grid, phase.rows, r);
      solver.keepLosses(r);
    }
    solved.count = KNOWN_ROWS;
  }
  return { phase, solver, options };
}

/** What comes after a row: whether it is the last, and a turn for others, with an abort. */
interface AfterRow {
  readonly ends: boolean;
  readonly turn: Promise<void> | undefined;
}

/**
 * Solves rows until one is at σ = `goal` or later, or is the last.
 * @param afterRow called after every row.
 * @throws ConvergenceError where a row cannot be solved.
 */
export async function march(
  problem: TwoTimeProblem,
  solved: SolvedPhase,
  { phase, solver, options }: Engine,
  goal: number,
  afterRow: (r: number) => AfterRow,
): Promise<void> {
  const { rows } = phase;
  const unit = landscapeTime(problem);
  const toFollow = {
    from: phase.start.clock,
    noise: options.noise,
    predicted: Math.max(options.spacing.predicted, options.leeway),
    rate: 4 * Math.sqrt(problem.covariance.second(1)),
  };
  for (let r = solved.count; !reaches(solved, goal); r = solved.count) {
    if (r >= rows.capacity) throw solver.failure(r, "there is no room for further rows");
    const share = rows.sigma[r - 1] / unit;
    const regular = nextSpacing(options.spacing, solved.spacing, share);
    const followed = (distance: number) => spacingForNoise(toFollow, rows, r, distance, options.end);
    // Where T_eff is smooth no late row is shorter.
    const late = Math.min(
      options.spacing.late,
      Math.log((options.end - phase.start.clock) / rows.sigma[r - 1]),
    );
    const isFree = !escapes(problem) && isLate(share) && followed(late) === late;
    const wanted = isFree ? regular : followed(Math.min(regular, solved.longest));
    const taken = solver.solveRow(r, wanted, isFree);
    // Rows that are made to end on the last place are no shorter for want of accuracy.
    solved.spacing = taken < wanted && taken > wanted / 2 ? wanted : taken;
    solved.count = r + 1;
    const { ends, turn } = afterRow(r);
    await turn;
    if (ends) return;
  }
}
