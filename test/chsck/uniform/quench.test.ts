import { describe, expect, it } from "vitest";
import { solveUniform, type TwoTimeProblem } from "../../../src/chsck";
import { type Covariance, createCovariance, pureCovariance } from "../../../src/models/covariance";
import { createSchedule } from "../../../src/schedule";

const solve = (covariance: Covariance, temperature: number, more: Partial<TwoTimeProblem>, until = 4) =>
  solveUniform(
    { covariance, temperature, schedule: createSchedule(1), ...more },
    { kind: "uniform", until, points: 160 },
  );
const mixture = createCovariance([
  { p: 2, variance: 0.5 },
  { p: 4, variance: 2 },
]);

describe("a start in equilibrium", () => {
  it("stays there at its own temperature: constant losses, a correlation of the lag alone, and its slope the response", async () => {
    for (const covariance of [pureCovariance(3), mixture]) {
      const solution = await solve(covariance, 1.2, { initialTemperature: 1.2 }, 6);
      const { loss, multiplier } = solution.sample([0, 0.3, 1, 3, 6]).series;
      for (const value of loss) expect(value).toBeCloseTo(-covariance.value(1) / 1.2, 8);
      for (const value of multiplier) expect(value).toBeCloseTo(1.2 + covariance.first(1) / 1.2, 8);
      const h = 1e-3;
      for (const lag of [0.1, 0.5, 2]) {
        const known = solution.correlation(lag, 0);
        for (const t of [3, 4.7, 6]) expect(solution.correlation(t, t - lag)).toBeCloseTo(known, 8);
        const slope = (solution.correlation(6, 6 - lag + h) - solution.correlation(6, 6 - lag - h)) / (2 * h);
        expect(solution.response(6, 6 - lag)).toBeCloseTo(slope / 1.2, 5);
      }
    }
  });

  it("is a random start at infinite temperature", async () => {
    const [hot, random] = [
      await solve(pureCovariance(3), 0.4, { initialTemperature: 1e12 }),
      await solve(pureCovariance(3), 0.4, {}),
    ];
    expect(hot.sample([4]).series.loss[0]).toBeCloseTo(random.sample([4]).series.loss[0], 11);
    expect(hot.correlation(4, 0)).toBeCloseTo(random.correlation(4, 0), 11);
  });

  it("remembers: at T = 0 it comes lower than a random start", async () => {
    const [quenched, random] = [
      await solve(pureCovariance(3), 0, { initialTemperature: 0.7 }),
      await solve(pureCovariance(3), 0, {}),
    ];
    expect(quenched.sample([4]).series.loss[0]).toBeCloseTo(-0.859483, 6);
    expect(quenched.sample([4]).series.multiplier[0]).toBeCloseTo(2.578449, 6);
    expect(quenched.correlation(4, 0)).toBeCloseTo(0.717982, 6);
    expect(quenched.response(4, 2)).toBeCloseTo(0.097007, 6);
    expect(random.sample([4]).series.loss[0]).toBeGreaterThan(-0.83);
    expect(quenched.series.overlap).toBeUndefined();
  });

  it("is refused below the static temperature", async () => {
    await expect(solve(pureCovariance(3), 0, { initialTemperature: 0.47 })).rejects.toThrow(
      /initialTemperature is 0.47; allowed: at least 0.478511, the static temperature/,
    );
  });
});

describe("a random field", () => {
  const field = (variance: number) =>
    createCovariance([
      { p: 1, variance },
      { p: 3, variance: 1 },
    ]);

  it("gives the values of an independent code", async () => {
    const cold = await solve(field(1), 0, {});
    const { series } = cold.sample([4]);
    expect(series.loss[0]).toBeCloseTo(-1.3643692, 6);
    expect(series.multiplier[0]).toBeCloseTo(2.6146796, 7);
    expect(series["loss[0]"][0] + series["loss[1]"][0]).toBeCloseTo(series.loss[0], 12);
    expect(cold.correlation(4, 2)).toBeCloseTo(0.9212019, 7);
    expect(cold.response(4, 2)).toBeCloseTo(0.0972227, 7);
  });

  it("keeps C(t, 0) = R(t, 0) from a random start", async () => {
    const solution = await solve(field(0.3), 0.5, {});
    for (const t of [0.5, 2, 4]) expect(solution.response(t, 0)).toBeCloseTo(solution.correlation(t, 0), 8);
  });

  it("alone turns the state towards it", async () => {
    // x along the random start and the field h alone: with c the cosine to h, dc/ds = √v (1 − c²), so c = tanh(√v s), loss −√v c.
    const solution = await solve(createCovariance([{ p: 1, variance: 4 }]), 0, {});
    for (const t of [0.1, 0.5, 2]) {
      expect(solution.sample([t]).series.loss[0]).toBeCloseTo(-2 * Math.tanh(2 * t), 8);
      expect(solution.correlation(t, 0)).toBeCloseTo(1 / Math.cosh(2 * t), 8);
    }
  });
});
