import { describe, expect, it } from "vitest";
import { solveUniform } from "../../../src/chsck";
import type { ScheduleSpec } from "../../../src/schedule";
import { errorsOf, expectHonest, pSpin, spiked } from "./honesty";

/** Runs of 4 levels, the finest of them with four times the points; the true error is that of four times as many. */
describe("the stated error is honest for more temperatures, p, points and systems", () => {
  const decaying = (exponent: number): ScheduleSpec => ({ kind: "power-law", rate: 0.5, exponent });
  const cases = [
    ...[0, 0.2, 0.5, 1].flatMap((temperature) =>
      [100, 200].map((points) => ({
        label: `p = 3, T = ${temperature}, ${points} points`,
        problem: pSpin(3, temperature),
        until: 10,
        points,
      })),
    ),
    ...[2, 4, 6].map((p) => ({
      label: `p = ${p}, decaying`,
      problem: pSpin(p, 1, decaying(0.4)),
      until: 10,
      points: p === 6 ? 80 : 50,
    })),
    ...[0.2, 0.8].map((exponent) => ({
      label: `decay with ${exponent}`,
      problem: pSpin(3, 1, decaying(exponent)),
      until: 20,
      points: 50,
    })),
    ...[0, 1].map((temperature) => ({
      label: `signal, T = ${temperature}`,
      problem: spiked(temperature, decaying(0.4)),
      until: 10,
      points: 100,
    })),
  ];
  for (const { label, problem, until, points } of cases) {
    it(label, async () => expectHonest(await errorsOf(problem, until, points), label));
  }
});

describe("default answers", () => {
  it("are right after relaxations that 400 steps do not resolve", async () => {
    for (const { rate, until } of [
      { rate: 5, until: 10 },
      { rate: 1, until: 200 },
    ]) {
      const solution = await solveUniform(pSpin(3, 1, rate), { kind: "uniform", until });
      const { series, error } = solution.sample([until]);
      // Equilibrium, -1/(3 T rate).
      expect(Math.abs(series.loss[0] + 1 / (3 * rate))).toBeLessThan(error!.loss[0] / 0.3 + 1e-6);
      expect(error!.loss[0]).toBeLessThan(1e-4);
    }
  });

  it("show the late excess of T = 0", async () => {
    const solution = await solveUniform(pSpin(3, 0), { kind: "uniform", until: 100 });
    const excess = solution.sample([100]).series.loss[0] + (2 * Math.SQRT2) / 3;
    // Independent long-time solver: A s^(-2/3)/p with its local A.
    expect(Math.abs(excess - 0.0141417)).toBeLessThan(1e-4);
  });
});
