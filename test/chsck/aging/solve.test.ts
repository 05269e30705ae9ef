import { describe, expect, it } from "vitest";
import {
  type AgingMethod,
  solveAging,
  solveAutomatic,
  solveUniform,
  type TwoTimeProblem,
} from "../../../src/chsck";
import { stretchesOf } from "../../../src/chsck/aging/stretches";
import { allowMemory } from "../../../src/core/budget";
import { createCovariance, pureCovariance } from "../../../src/models/covariance";
import { createSchedule, type ScheduleSpec } from "../../../src/schedule";

const problem = (p: number, temperature: number, schedule: ScheduleSpec | number = 1): TwoTimeProblem => ({
  covariance: pureCovariance(p),
  temperature,
  schedule: createSchedule(schedule),
});
const aging = (until: number, more: Partial<AgingMethod> = {}): AgingMethod => ({
  kind: "aging",
  until,
  ...more,
});
describe("the aging grid", () => {
  it("agrees with the uniform grid to its tolerance", async () => {
    const one = problem(3, 0.5);
    const tolerance = 1e-5;
    const [a, u] = [
      await solveAging(one, aging(5, { tolerance })),
      await solveUniform(one, { kind: "uniform", until: 5, tolerance: tolerance / 10 }),
    ];
    const times = [0.1, 1, 5];
    const [x, y] = [a.sample(times), u.sample(times)];
    for (const name of ["loss", "multiplier"]) {
      for (const k of times.keys()) {
        expect(Math.abs(x.series[name][k] - y.series[name][k])).toBeLessThan(tolerance);
      }
    }
    for (const [t, tPrime] of [
      [1, 0.5],
      [5, 0],
      [5, 4.9],
    ]) {
      expect(Math.abs(a.correlation(t, tPrime) - u.correlation(t, tPrime))).toBeLessThan(tolerance);
      expect(Math.abs(a.response(t, tPrime) - u.response(t, tPrime))).toBeLessThan(tolerance);
    }
  });

  it("keeps the losses of the channels of a mixture", async () => {
    const covariance = createCovariance([
      { p: 3, variance: 1 },
      { p: 4, variance: 0.5 },
    ]);
    const one: TwoTimeProblem = { covariance, temperature: 0.3, schedule: createSchedule(1) };
    const solution = await solveAging(one, aging(5, { tolerance: 1e-4 }));
    const { series } = solution.sample([5]);
    expect(series["loss[0]"][0] + series["loss[1]"][0]).toBeCloseTo(series.loss[0], 12);
    // z = T_eff − Σ p loss_p, an identity of the equations.
    expect(0.3 - 3 * series["loss[0]"][0] - 4 * series["loss[1]"][0]).toBeCloseTo(series.multiplier[0], 8);
  });

  it("has dC/dt = −T_eff at t′ = t⁻, and C(t, 0) = R(t, 0)", async () => {
    const solution = await solveAging(problem(3, 0.4), aging(30, { tolerance: 1e-5 }));
    const h = 1e-4;
    for (const t of [1, 10, 30]) {
      const c = (k: number) => solution.correlation(t, t - k * h);
      const slope = (11 - 18 * c(1) + 9 * c(2) - 2 * c(3)) / (6 * h);
      // The grids are made for C, not for its slope.
      expect(Math.abs(slope - 0.4)).toBeLessThan(5e-5);
      expect(Math.abs(solution.correlation(t, 0) - solution.response(t, 0))).toBeLessThan(1e-5);
    }
  });

  it("goes through the switch of a schedule with a panel more", async () => {
    const held: ScheduleSpec = { kind: "hold-then-decay", rate: 1, switchTime: 2, exponent: 0.8 };
    const schedule = createSchedule(held);
    const t = (s: number) => schedule.time(s);
    const tolerance = 1e-4;
    const solution = await solveAging(problem(3, 1, held), aging(t(20), { tolerance }));
    const { series, error } = solution.sample([1.8, t(3), t(10), t(20)]);
    const expected = [1.9616970746, 1.84804556, 2.56800898, 2.688597341];
    for (const [k, z] of expected.entries()) {
      expect(Math.abs(series.multiplier[k] - z)).toBeLessThan(Math.min(tolerance, 2 * error!.multiplier[k]));
    }
  });

  it("ends beyond a horizon, where nothing changes, and right behind a kink", async () => {
    const cosine = problem(3, 0.3, { kind: "cosine", rate: 0.5, horizon: 100 });
    // Behind it the clock stands still but for rounding, which is no stretch of its own.
    expect(stretchesOf(cosine, 150)).toHaveLength(1);
    const ended = await solveAging(cosine, aging(150, { points: 40 }));
    const [at, beyond] = ended.sample([100, 150]).series.loss;
    expect(beyond).toBeCloseTo(at, 13);
    expect(ended.time[ended.time.length - 1]).toBe(150);
    const held = problem(3, 0.3, { kind: "hold-then-decay", rate: 1, switchTime: 2, exponent: 0.8 });
    const until = 2 + 1e-7;
    const short = await solveAging(held, aging(until, { points: 40 }));
    expect(short.time[short.time.length - 1]).toBe(until);
    expect(short.time).toEqual(short.time.toSorted());
    const { loss, multiplier } = short.sample([2, until]).series;
    expect(Math.abs(loss[1] - loss[0])).toBeLessThan(1e-7);
    expect(Math.abs(multiplier[1] - multiplier[0])).toBeLessThan(1e-6);
    expect(short.correlation(until, 2)).toBeCloseTo(1 - 0.3e-7, 9);
  });

  it("tells its work, and of rows that had no solution in a run that is being lost", async () => {
    const solution = await solveAging(problem(3, 0), aging(6e5, { points: 92 }));
    // Its nodes are too few: C is wrong by 3e-4.
    const { value, error } = solution.estimate("correlation", 6e5, 3e5);
    expect(Math.abs(value - 0.78512)).toBeGreaterThan(1e-4);
    expect(Math.abs(value - 0.78512)).toBeLessThan(error!);
    const { counts, seconds } = solution.work!;
    const { rows, iterations, factorisations, "failed rows": failed } = counts;
    expect(solution.notes).toEqual([
      `${failed} rows had no solution at the distance meant for them: look at the stated errors`,
    ]);
    expect(failed).toBeGreaterThan(0);
    // Both grids, of which the times are one.
    expect(rows).toBeGreaterThan(1.5 * solution.time.length);
    expect(iterations).toBeGreaterThan(rows);
    expect(factorisations).toBeLessThan(iterations);
    for (const part of Object.values(seconds)) expect(part).toBeGreaterThan(0);
  });

  it("refuses what is not for it", async () => {
    const refused = (one: TwoTimeProblem, method: AgingMethod, parameter: string) =>
      expect(solveAging(one, method)).rejects.toMatchObject({ name: "InvalidParameterError", parameter });
    const beyond = {
      parameter: "method.until",
      message: "method.until is 1000000000000; allowed: at most 10000000000, where the clock is 10000000000",
    };
    await expect(solveAging(problem(3, 0), aging(1e12))).rejects.toMatchObject(beyond);
    const auto = solveAutomatic(problem(3, 0), { kind: "auto", until: 1e12 });
    await expect(auto).rejects.toMatchObject(beyond);
    // An internal time is for a constant T_eff.
    const decaying = problem(3, 1, { kind: "power-law", rate: 0.5, exponent: 0.2 });
    await expect(solveAging(decaying, aging(1e12))).rejects.toMatchObject({
      message: "method.until is 1000000000000; allowed: at most 320000000000, where the clock is 1000000000",
    });
    await refused(problem(3, 0), aging(10, { tolerance: 1 }), "method.tolerance");
    const memory = allowMemory(2e7);
    const tooMuch = solveAging(problem(3, 0), aging(1e6));
    await expect(tooMuch.finally(() => allowMemory(memory))).rejects.toMatchObject({
      parameter: "method.tolerance",
      message: expect.stringMatching(
        /^method\.tolerance is 0\.000001; allowed: what fits in memory: this takes .* a process may take 20 MB$/,
      ),
    });
    for (const points of [31, 601]) await refused(problem(3, 0), aging(10, { points }), "method.points");
    await refused(problem(3, 0), aging(0), "method.until");
    await refused(problem(3, 0), aging(10, { tolerance: 0.011 }), "method.tolerance");
    const singular: ScheduleSpec = { kind: "power-law", rate: 1, exponent: 0.4, offset: 0 };
    await refused(problem(3, 1, singular), aging(10), "schedule.offset");
    const times = Array.from({ length: 7 }, (_, k) => 1 + k);
    await refused(problem(3, 1, { kind: "steps", rate: 1, factor: 0.5, times }), aging(10), "method.until");
  });
});
