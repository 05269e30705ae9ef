import { expect } from "vitest";
import {
  type LeveledSolution,
  solveAging,
  solveAutomatic,
  solveUniform,
  type TwoTimeProblem,
} from "../../src/chsck";
import { pureCovariance } from "../../src/models/covariance";
import { createSchedule, type ScheduleSpec } from "../../src/schedule";

export const H = 3;

type Solve = (problem: TwoTimeProblem, until: number) => Promise<LeveledSolution>;

export const solvers = {
  uniform: (problem, until) => solveUniform(problem, { kind: "uniform", until, points: 8 }),
  aging: (problem, until) => solveAging(problem, { kind: "aging", until, points: 32 }),
  auto: (problem, until) => solveAutomatic(problem, { kind: "auto", until, tolerance: 0.01 }),
} satisfies Record<string, Solve>;

/** What is known at the end of a run, in all the ways in which it is asked. */
function stateAt(until: number, solution: LeveledSolution): readonly number[] {
  const { series } = solution.sample([until]);
  const early = 0.4 * H;
  const derived = solution.derived(solution.time, (level, times) => level(times).series.loss).value;
  const pair = solution.derivedPair?.(until, early, (level, t, tPrime) => level("correlation", t, tPrime));
  return [
    series.loss[0],
    series.multiplier[0],
    derived[derived.length - 1],
    solution.correlation(until, early),
    solution.response(until, early),
    pair?.value ?? solution.correlation(until, early),
  ];
}

/** Holds that runs beyond the horizon H end with what they have there. */
export async function restsAfterHorizon(
  schedule: ScheduleSpec,
  temperature: number,
  solve: Solve,
  ends: readonly number[],
): Promise<void> {
  const problem = { covariance: pureCovariance(3), temperature, schedule: createSchedule(schedule) };
  const atHorizon = stateAt(H, await solve(problem, H));
  for (const until of ends) {
    const solution = await solve(problem, until);
    const { time, nodes } = solution;
    expect(time[time.length - 1]).toBe(until);
    expect(time.slice(1).every((t, k) => t > time[k])).toBe(true);
    expect(Math.max(...(nodes?.time ?? []))).toBeLessThanOrEqual(until);
    for (const [k, value] of stateAt(until, solution).entries()) {
      expect(Math.abs(value - atHorizon[k])).toBeLessThan(1e-12);
    }
    expect(Math.abs(solution.correlation(until, H) - 1)).toBeLessThan(1e-12);
    expect(Math.abs(solution.response(until, H) - 1)).toBeLessThan(1e-12);
  }
}
