import { describe, expect, it } from "vitest";
import { type AgingMethod, solveAging, solveUniform, type TwoTimeProblem } from "../../../src/chsck";
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
const decaying: ScheduleSpec = { kind: "power-law", rate: 0.5, exponent: 0.4 };

describe("the aging grid at its default tolerance", () => {
  it("meets the reference values to s = 1000, p = 3, T = 0", async () => {
    const solution = await solveAging(problem(3, 0), aging(1000));
    const { series, error } = solution.sample([100, 1000]);
    expect(Math.abs(series.loss[0] + 0.928667262652)).toBeLessThan(1e-6);
    expect(Math.abs(series.loss[1] + 0.939792240745)).toBeLessThan(1e-6);
    expect(Math.abs(series.multiplier[1] - 2.81937672223)).toBeLessThan(1e-6);
    expect(Math.max(...error!.multiplier, ...error!.loss)).toBeLessThan(1e-6);
    const correlation = solution.estimate("correlation", 100, 50);
    expect(Math.abs(correlation.value - 0.8590044719)).toBeLessThan(1e-6);
    expect(correlation.error).toBeLessThan(1e-6);
    const response = solution.estimate("response", 100, 50);
    expect(Math.abs(100 * response.value - 0.39393061055)).toBeLessThan(1e-6);
    // The approach to the threshold states: A s^(−2/3) with A near 0.905.
    const amplitude = (2 * Math.SQRT2 - series.multiplier[1]) * 1000 ** (2 / 3);
    expect(Math.abs(amplitude - 0.905)).toBeLessThan(2e-4);
  });

  it("agrees with the uniform grid within 1e-7 of loss, multiplier, C and R to s = 20", async () => {
    const cases = [problem(3, 0), problem(3, 0.5), problem(4, 0.2)];
    for (const one of cases) {
      const [a, u] = [
        await solveAging(one, aging(20, { tolerance: 1e-7 })),
        await solveUniform(one, { kind: "uniform", until: 20, tolerance: 1e-7 }),
      ];
      const times = [0.1, 1, 5, 20];
      const [x, y] = [a.sample(times), u.sample(times)];
      for (const name of ["loss", "multiplier"]) {
        for (const k of times.keys()) {
          expect(Math.abs(x.series[name][k] - y.series[name][k])).toBeLessThan(1e-7);
        }
      }
      for (const [t, tPrime] of [
        [1, 0.5],
        [5, 0],
        [20, 10],
        [20, 19.5],
      ]) {
        expect(Math.abs(a.correlation(t, tPrime) - u.correlation(t, tPrime))).toBeLessThan(1e-7);
        expect(Math.abs(a.response(t, tPrime) - u.response(t, tPrime))).toBeLessThan(1e-7);
      }
    }
  });

  it("takes a decaying schedule through the clock", async () => {
    const schedule = createSchedule(decaying);
    const solution = await solveAging(problem(3, 1, decaying), aging(schedule.time(100)));
    const [t10, t100] = [schedule.time(10), schedule.time(100)];
    const { series } = solution.sample([t10, t100]);
    expect(Math.abs(series.multiplier[0] - 2.56351919091)).toBeLessThan(1e-6);
    expect(Math.abs(series.multiplier[1] - 2.77488441915)).toBeLessThan(1e-6);
    expect(Math.abs(solution.correlation(t10, schedule.time(5)) - 0.826534015)).toBeLessThan(1e-6);
    expect(Math.abs(100 * solution.response(t100, schedule.time(50)) - 0.40966172083)).toBeLessThan(1e-6);
  });
});

describe("the aging grid at a looser tolerance", () => {
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
});
