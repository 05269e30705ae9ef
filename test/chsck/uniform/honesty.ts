import { expect } from "vitest";
import { type LeveledSolution, solveUniform, type TwoTimeProblem } from "../../../src/chsck";
import { pureCovariance } from "../../../src/models/covariance";
import { createSchedule, type ScheduleSpec } from "../../../src/schedule";
import { spikedCovariance } from "../../../src/theory/spiked-matrix-tensor";

export const pSpin = (
  p: number,
  temperature: number,
  schedule: ScheduleSpec | number = 1,
): TwoTimeProblem => ({
  covariance: pureCovariance(p),
  temperature,
  schedule: createSchedule(schedule),
});

export const spiked = (temperature: number, schedule: ScheduleSpec | number = 1): TwoTimeProblem => ({
  covariance: spikedCovariance({ p: 3, matrixNoise: 0.5, tensorNoise: 1 }),
  temperature,
  schedule: createSchedule(schedule),
  initialOverlap: 0.2,
});

/** A stated error is within these factors of the true one, so that one ten times smaller or larger is not. */
const LEAST = 0.3;
const MOST = 10;
const PAIR = /^(correlation|response)/;
/** Below this both are rounding. */
const ROUNDING = 1e-12;

/** Stated and true errors of the loss, C and R of a run, by what they are of. */
export interface Errors {
  readonly of: string;
  readonly stated: number;
  readonly actual: number;
}

const SHARES = [0.3, 0.5, 0.8, 1];
const PAIRS = [
  [1, 0.5],
  [0.6, 0.3],
  [1, 0.9],
];

/** The errors of a run against one on `finer` times as many points. */
export async function errorsOf(
  problem: TwoTimeProblem,
  until: number,
  points: number,
  finer = 4,
): Promise<Errors[]> {
  const solve = (n: number) => solveUniform(problem, { kind: "uniform", until, points: n });
  return errorsAgainst(await solve(points), await solve(finer * points), until);
}

/** The errors of a run against a better one, at shares of the time. */
export function errorsAgainst(
  run: LeveledSolution,
  reference: LeveledSolution,
  until: number,
  shares: readonly number[] = SHARES,
): Errors[] {
  const times = shares.map((share) => share * until);
  const errors: Errors[] = [];
  const [found, known] = [run.sample(times), reference.sample(times)];
  for (const name of Object.keys(found.series)) {
    times.forEach((t, k) => {
      const actual = Math.abs(found.series[name][k] - known.series[name][k]);
      errors.push({ of: `${name}(${t})`, stated: found.error![name][k], actual });
    });
  }
  for (const quantity of ["correlation", "response"]) {
    for (const [late, early] of PAIRS) {
      const at = (s: typeof run) => s.estimate(quantity, late * until, early * until);
      const actual = Math.abs(at(run).value - at(reference).value);
      errors.push({ of: `${quantity}(${late * until}, ${early * until})`, stated: at(run).error!, actual });
    }
  }
  return errors;
}

/** The least of stated over true errors, where the true ones are more than rounding. */
export const leastRatio = (errors: readonly Errors[]): number =>
  Math.min(...errors.filter(({ actual }) => actual > ROUNDING).map(({ stated, actual }) => stated / actual));

/**
 * No error is stated below a third of the true one; and none far above it, but where the true one passes through 0: of those
 * of the one-time quantities in a run, the middle one.
 */
export function expectHonest(errors: readonly Errors[], label: string): void {
  const ratios: number[] = [];
  for (const { of, stated, actual } of errors) {
    if (actual < ROUNDING) continue;
    expect(stated / actual, `${label}: ${of}`).toBeGreaterThan(LEAST);
    if (!PAIR.test(of)) ratios.push(stated / actual);
  }
  ratios.sort((a, b) => a - b);
  expect(ratios.length, label).toBeGreaterThan(2);
  expect(ratios[Math.floor(ratios.length / 2)], label).toBeLessThan(MOST);
}
