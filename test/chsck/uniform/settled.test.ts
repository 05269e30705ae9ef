import { describe, expect, it } from "vitest";
import { solveUniform } from "../../../src/chsck";
import { pSpin, spiked } from "./honesty";

describe("a hot run at a constant rate", () => {
  it("is solved until it is in equilibrium, however stiff T·η and however long", async () => {
    const [temperature, rate, until] = [50, 10, 1e6];
    const solution = await solveUniform(pSpin(3, temperature, rate), { kind: "uniform", until });
    const heat = temperature * rate;
    const { series, error } = solution.sample([1, until]);
    for (const k of [0, 1]) {
      expect(Math.abs(series.loss[k] + 1 / (3 * heat))).toBeLessThan(3 * error!.loss[k]);
      expect(Math.abs(series.multiplier[k] - heat - 1 / heat)).toBeLessThan(3 * error!.multiplier[k]);
      expect(error!.loss[k]).toBeLessThan(1e-6);
    }
    // A free walk, but for a part of order 1/heat²; a unit of the lag is 1/heat of the clock, 1/(heat·rate) of the time.
    for (const lag of [0.3, 1, 4]) {
      for (const quantity of ["correlation", "response"]) {
        const found = solution.estimate(quantity, 5, 5 - lag / (heat * rate));
        expect(Math.abs(found.value - Math.exp(-lag))).toBeLessThan(3 * found.error! + 2 / heat ** 2);
        expect(found.error).toBeLessThan(1e-4);
      }
    }
    expect(solution.estimate("correlation", 5, 1).value).toBe(0);
    expect(solution.notes.join()).toMatch(/from t = 0\.00\d+ on it is in equilibrium/);
    expect(solution.time.at(-1)).toBe(until);
    expect(solution.time.length).toBeLessThan(200);
    expect(() => solution.sample([2 * until])).toThrow(/time is 2000000/);
  });

  it("has the values of the whole run within the stated errors, before and after", async () => {
    const problem = pSpin(3, 5);
    const settled = await solveUniform(problem, { kind: "uniform", until: 14, tolerance: 1e-2 });
    const whole = await solveUniform(problem, { kind: "uniform", until: 14, points: 240 });
    expect(settled.notes.join()).toContain("in equilibrium");
    const [found, known] = [settled, whole].map((s) => s.sample([0.3, 2, 8, 12]));
    for (const name of ["loss", "multiplier"]) {
      found.series[name].forEach((value, k) => {
        const apart = Math.abs(value - known.series[name][k]);
        expect(apart).toBeLessThan(3 * found.error![name][k] + known.error![name][k]);
      });
    }
    for (const [t, tPrime] of [
      [2, 1.8],
      [8, 7.9],
      [12, 11.8],
      [12, 9],
      [12, 3],
      [6, 0],
    ]) {
      for (const quantity of ["correlation", "response"]) {
        const [a, b] = [settled, whole].map((s) => s.estimate(quantity, t, tPrime));
        expect(Math.abs(a.value - b.value), `${quantity}(${t}, ${tPrime})`).toBeLessThan(
          3 * a.error! + b.error!,
        );
      }
    }
    // A quantity made of the loss at times around: its slope, which is 0 by then.
    const slope = settled.derived([0.2, 5.05, 13.9], (level, at) =>
      Array.from(at, (t) => {
        const { loss } = level([t, 1.01 * t]).series;
        return (loss[1] - loss[0]) / (0.01 * t);
      }),
    );
    expect(slope.value[0]).toBeLessThan(-0.04);
    expect(Math.abs(slope.value[1])).toBeLessThan(1e-4);
    expect(Math.abs(slope.value[2])).toBeLessThan(1e-4);
    expect(settled.estimate("response", 3, 11)).toEqual({ value: 0, error: 0 });
    expect(settled.estimate("correlation", 11, 11)).toEqual({ value: 1, error: 0 });
  });

  it("is solved to its end where it does not relax: cold, with a signal, at a rate that falls", async () => {
    for (const problem of [
      pSpin(3, 0.3),
      spiked(3),
      pSpin(3, 3, { kind: "power-law", rate: 1, exponent: 0.1 }),
    ]) {
      const solution = await solveUniform(problem, { kind: "uniform", until: 20, tolerance: 0.1 });
      expect(solution.notes.join()).not.toContain("in equilibrium");
      expect([...solution.time].filter((t) => t > 10).length).toBeGreaterThan(5);
    }
  });
});
