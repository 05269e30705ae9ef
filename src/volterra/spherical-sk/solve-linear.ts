import { integerAtLeast, positive } from "../../core/check";
import { checkCall } from "../../core/check-options";
import { ConvergenceError, InvalidParameterError } from "../../core/errors";
import { createPacer, type Options } from "../../core/options";
import type { TwoTimeSolution } from "../../core/results";
import { checkSphericalSk, type SphericalSk } from "../../models/spherical-sk/problem";
import { type LinearGrid, type LinearValues, type NodeHeat, solveLinear } from "./linear-grid";
import { linearKernel } from "./linear-kernel";
import { linearSolution } from "./linear-solution";

/** How to solve the linear Volterra equation. */
export interface LinearMethod {
  /** Last time t. */
  readonly until: number;
  /** Steps of the coarsest of the three grids; default one every 0.02/Δ of the clock, from 64 to 3000, none longer than 0.25/Δ. */
  readonly points?: number;
}

const STEP = 0.02;
const MOST_POINTS = 20_000;
/** In units of 1/Δ, or 1/T_eff where that is shorter: with longer steps the grids do not see the kernel, nor their error. */
const LONGEST_STEP = 0.25;

/**
 * The spherical SK model by the linear Volterra equation for Γ = exp(2∫z) (docs/equations.md, S15 to S17): another way to the
 * same numbers as the modes, on steps h, h/2, h/4 extrapolated to h → 0; the last correction is the error. O(n²).
 * @throws InvalidParameterError for a signal, a schedule that is singular at t = 0, or more than one kink before the end;
 *   ConvergenceError for steps too long; InterruptedError after an abort.
 */
export async function solveLinearVolterra(
  problem: SphericalSk,
  method: LinearMethod,
  options: Options = {},
): Promise<TwoTimeSolution> {
  checkCall({ problem, method }, options);
  checkSphericalSk(problem);
  positive("method.until", method.until);
  const { schedule, temperature, noise, signal, size } = problem;
  if (signal !== 0) throw new InvalidParameterError("signal", signal, '0 for the method "volterra"');
  if (size !== null) throw new InvalidParameterError("size", size, 'null for the method "volterra"');
  if (schedule.startExponent > 0) {
    throw new InvalidParameterError(
      "schedule",
      schedule.label,
      'one finite at t = 0, for the method "volterra"',
    );
  }
  const end = schedule.clock(method.until);
  const hottestRate = Math.max(
    ...[0, ...schedule.kinks].flatMap((t) => [schedule.rateBefore(t), schedule.rate(t)]),
  );
  const fewest = Math.ceil((end * Math.max(noise, temperature * hottestRate)) / LONGEST_STEP);
  if (fewest > MOST_POINTS) {
    const reach = schedule.time((end * MOST_POINTS) / fewest);
    const allowed = `at most ${reach.toPrecision(3)} for the method "volterra"; "spectral" goes further`;
    throw new InvalidParameterError("method.until", method.until, allowed);
  }
  const points =
    method.points === undefined
      ? Math.max(fewest, Math.min(3000, Math.max(64, Math.ceil((end * noise) / STEP))))
      : integerAtLeast("method.points", method.points, Math.max(16, fewest));
  const grid = gridOf(problem, end, points);
  const heats = [1, 2, 4].map((finer) => nodeHeat(problem, grid, finer));
  const hottest = Math.max(...heats[2].left, ...heats[2].right);
  const kernel = linearKernel(problem, end, hottest);
  const pacer = createPacer("linear Volterra equation", 1, options);
  const levels: LinearValues[] = [];
  for (const [level, heat] of heats.entries()) {
    const finer = 2 ** level;
    levels.push(await solveLinear(kernel, grid.step / finer, heat, finer, pacer));
  }
  const best = extrapolate(levels);
  if (!best.g.every((value) => value > 0 && value < Infinity)) {
    throw new ConvergenceError("the linear equation for Γ left the positive numbers.", {
      reached: 0,
      advice: "Take more points, or the method spectral.",
    });
  }
  return linearSolution(problem, { grid, kernel, best, second: extrapolate(levels.slice(1)) }, method.until);

  function gridOf({ schedule: { kinks, clock } }: SphericalSk, last: number, wanted: number): LinearGrid {
    const inner = kinks.map(clock).filter((at) => at < last * (1 - 1e-12));
    if (inner.length > 1) {
      throw new InvalidParameterError(
        "schedule",
        schedule.label,
        'one with a single kink, for the method "volterra"',
      );
    }
    if (inner.length === 0) return { step: last / wanted, count: wanted + 1, kink: 0 };
    const kink = Math.max(8, Math.round((wanted * inner[0]) / last));
    const step = inner[0] / kink;
    return { step, count: Math.max(kink + 8, Math.ceil(last / step - 1e-9)) + 1, kink };
  }

  function nodeHeat(_: SphericalSk, { step, count, kink }: LinearGrid, finer: number): NodeHeat {
    const nodes = finer * (count - 1) + 1;
    const left = new Float64Array(nodes);
    if (temperature === 0) return { left, right: left };
    const total = schedule.totalClock;
    for (let i = 0; i < nodes; i++) {
      const at = i === kink * finer && kink > 0 ? schedule.clock(schedule.kinks[0]) : (i * step) / finer;
      left[i] = at >= total ? 0 : temperature * schedule.rate(schedule.time(at));
    }
    const right = left.slice();
    if (kink > 0) {
      const t = schedule.kinks[0];
      left[kink * finer] = temperature * schedule.rateBefore(t);
      right[kink * finer] = temperature * schedule.rate(t);
    }
    return { left, right };
  }
}

/** Richardson's extrapolation of h², then h⁴, at the nodes of the coarsest grid. */
function extrapolate(levels: readonly LinearValues[]): LinearValues {
  const combined = (of: (values: LinearValues) => Float64Array) => {
    let rows = levels.map(of);
    for (let order = 4; rows.length > 1; order *= 4) {
      rows = rows
        .slice(1)
        .map((fine, l) => fine.map((value, i) => value + (value - rows[l][i]) / (order - 1)));
    }
    return rows[0];
  };
  return { g: combined(({ g }) => g), below: combined(({ below }) => below) };
}
