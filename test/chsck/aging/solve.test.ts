import { describe, expect, it } from "vitest";
import {
  type AgingMethod,
  solveAging,
  solveAutomatic,
  solveUniform,
  type TwoTimeProblem,
} from "../../../src/chsck";
import { InvalidParameterError } from "../../../src/core/errors";
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
  it("meets the reference values to s = 1000, p = 3, T = 0", async () => {
    const tolerance = 1e-5;
    const solution = await solveAging(problem(3, 0), aging(1000, { tolerance }));
    const { series, error } = solution.sample([100, 1000]);
    expect(Math.abs(series.loss[0] + 0.928667262652)).toBeLessThan(tolerance);
    expect(Math.abs(series.multiplier[1] - 2.81937672223)).toBeLessThan(tolerance);
    expect(Math.max(...error!.multiplier, ...error!.loss)).toBeLessThan(tolerance);
    const correlation = solution.estimate("correlation", 100, 50);
    expect(Math.abs(correlation.value - 0.8590044719)).toBeLessThan(tolerance);
    expect(correlation.error).toBeLessThan(tolerance);
    expect(Math.abs(100 * solution.response(100, 50) - 0.39393061055)).toBeLessThan(tolerance);
  });

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

  it("follows the overlap with a signal from 1e-4 to the equilibrium", async () => {
    const covariance = createCovariance([
      { p: 2, variance: 1 / 0.2 },
      { p: 3, variance: 1 / 6 },
    ]);
    const spiked: TwoTimeProblem = {
      covariance,
      temperature: 1,
      schedule: createSchedule(1),
      initialOverlap: 1e-4,
    };
    const solution = await solveAging(spiked, aging(10, { tolerance: 1e-4 }));
    const { series, error } = solution.sample([1, 3, 5, 6, 10]);
    expect(Math.abs(series.overlap[0] - 0.001394064217943)).toBeLessThan(1e-6);
    expect(Math.abs(series.multiplier[1] - 4.354730628236)).toBeLessThan(1e-4);
    expect(Math.abs(series.multiplier[2] - 5.833236407049)).toBeLessThan(1e-4);
    expect(Math.abs(series.overlap[3] - 0.8022426120405)).toBeLessThan(1e-4);
    expect(Math.abs(series.multiplier[4] - 6.166666533911)).toBeLessThan(2e-6);
    expect(Math.max(...error!.multiplier, ...error!.overlap)).toBeLessThan(1e-4);
    // The layer of C at the times when the signal is found, by the uniform grid.
    for (const [tPrime, c] of [
      [2, 0.0095427],
      [4, 0.28367918],
      [4.7, 0.62718747],
      [5, 0.72579619],
      [6, 0.80225737],
    ]) {
      const { value, error: stated } = solution.estimate("correlation", 10, tPrime);
      expect(Math.abs(value - c)).toBeLessThan(Math.min(2e-5, 2 * stated!));
    }
  });

  it("starts in equilibrium, and takes a jump of the rate and a random field", async () => {
    const tolerance = 1e-5;
    const quench: TwoTimeProblem = { ...problem(3, 0.3), initialTemperature: 1 };
    const quenched = await solveAging(quench, aging(4, { tolerance }));
    expect(Math.abs(quenched.sample([4]).series.loss[0] + 0.6765291)).toBeLessThan(tolerance);
    expect(Math.abs(quenched.correlation(4, 0) - 0.5113245)).toBeLessThan(tolerance);
    expect(Math.abs(quenched.correlation(4, 2) - 0.7776642)).toBeLessThan(tolerance);
    expect(Math.abs(quenched.response(4, 2) - 0.1365029)).toBeLessThan(tolerance);
    const jump = problem(3, 1, { kind: "steps", rate: 1, factor: 0.1, times: [2] });
    const stepped = await solveAging(jump, aging(12, { tolerance }));
    const { loss, multiplier } = stepped.sample([2, 12]).series;
    expect(Math.abs(loss[0] + 0.3232144)).toBeLessThan(tolerance);
    expect(Math.abs(loss[1] + 0.6570939)).toBeLessThan(tolerance);
    expect(Math.abs(multiplier[1] - 2.0712818)).toBeLessThan(tolerance);
    expect(Math.abs(stepped.correlation(12, 2) - 0.819505)).toBeLessThan(tolerance);
    expect(Math.abs(stepped.response(12, 2) - 0.4044837)).toBeLessThan(tolerance);
    const covariance = createCovariance([
      { p: 1, variance: 0.3 },
      { p: 3, variance: 1 },
    ]);
    const field = await solveAging({ ...problem(3, 0.5), covariance }, aging(4, { tolerance }));
    expect(Math.abs(field.sample([4]).series.loss[0] + 0.7683326)).toBeLessThan(tolerance);
    expect(Math.abs(field.correlation(4, 2) - 0.6259366)).toBeLessThan(tolerance);
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
    const refused = (one: TwoTimeProblem, method: AgingMethod) =>
      expect(solveAging(one, method)).rejects.toBeInstanceOf(InvalidParameterError);
    const beyond = {
      parameter: "method.until",
      message: "method.until is 1000000000000; allowed: at most 1000000000, where the clock is 1000000000",
    };
    await expect(solveAging(problem(3, 0), aging(1e12))).rejects.toMatchObject(beyond);
    const auto = solveAutomatic(problem(3, 0), { kind: "auto", until: 1e12 });
    await expect(auto).rejects.toMatchObject(beyond);
    await refused(problem(3, 0), aging(10, { tolerance: 1 }));
    await refused(problem(3, 0), aging(10, { points: 10 }));
    await refused(problem(3, 1, { kind: "power-law", rate: 1, exponent: 0.4, offset: 0 }), aging(10));
    const times = Array.from({ length: 7 }, (_, k) => 1 + k);
    await refused(problem(3, 1, { kind: "steps", rate: 1, factor: 0.5, times }), aging(10));
  });
});
