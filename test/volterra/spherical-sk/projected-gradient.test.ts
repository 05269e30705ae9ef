import { describe, expect, it } from "vitest";
import { solveProjectedGradient, solveSpectral } from "../../../src/volterra/spherical-sk";
import { decay, sphericalSk } from "./problem";

it("has the values of the nearest step between two, and says at which step they are", async () => {
  const solution = await solveProjectedGradient(sphericalSk(0.1), { until: 4 });
  const { time, series } = solution.sample([0.2, 2.1, 2.6, 4]);
  expect(Array.from(time)).toEqual([0, 2, 3, 4]);
  expect(series.loss).toEqual(solution.sample([0, 2, 3, 4]).series.loss);
  expect(solution.notes.join()).toMatch(/nearest step/);
});

describe("solveProjectedGradient", () => {
  it("after one step is a ratio of moments of the semicircle", async () => {
    // ⟨μ(1 + ημ)²⟩ = 2η, ⟨(1 + ημ)²⟩ = 1 + η².
    const solution = await solveProjectedGradient(sphericalSk(0.3, { temperature: 0.7 }), { until: 1 });
    const norm = 1 + 0.09 + 2 * 0.7 * 0.09;
    expect(solution.sample([1]).series.loss[0]).toBeCloseTo(-0.3 / norm, 14);
    expect(solution.sample([1]).series.logGamma[0]).toBeCloseTo(Math.log(norm), 14);
  });

  it("differs from the flow by the step, in first order", async () => {
    const distance = async (rate: number) => {
      const problem = sphericalSk(rate, { temperature: 0.4 / rate });
      const until = 2 / rate;
      const [steps, flow] = [
        await solveProjectedGradient(problem, { until }),
        await solveSpectral(problem, { until }),
      ];
      return steps.sample([until]).series.loss[0] - flow.sample([until]).series.loss[0];
    };
    const ratio = (await distance(0.02)) / (await distance(0.01));
    expect(ratio).toBeCloseTo(2, 1);
  });

  it("states an error that covers the distance to many equally spaced angles", async () => {
    const rate = 0.9;
    const count = 2000;
    const solution = await solveProjectedGradient(sphericalSk(rate), { until: 300 });
    const angles = Array.from({ length: count }, (_, k) => (Math.PI * (k + 1)) / (count + 1));
    const weight = angles.map((angle) => (2 * Math.sin(angle) ** 2) / (count + 1));
    const mu = angles.map((angle) => 2 * Math.cos(angle));
    let y = angles.map(() => 1);
    for (let n = 0; n < 300; n++) {
      y = y.map((value, k) => (1 + rate * mu[k]) ** 2 * value + 2 * rate * rate);
      const norm = y.reduce((sum, value, k) => sum + weight[k] * value, 0);
      y = y.map((value) => value / norm);
    }
    const exact = -0.5 * y.reduce((sum, value, k) => sum + weight[k] * mu[k] * value, 0);
    const { series, error } = solution.sample([300]);
    expect(Math.abs(series.loss[0] - exact)).toBeLessThan(1e-12);
    expect(error!.loss[0]).toBeLessThan(1e-11);
  });

  it("takes the nearest step, carries the signal, and refuses a singular start", async () => {
    const planted = sphericalSk(decay(0.1, 0.2), {
      noise: 0.5,
      signal: 1,
      initialOverlap: 0.1,
      temperature: 0.5,
    });
    const solution = await solveProjectedGradient(planted, { until: 400 });
    const { series } = solution.sample([0, 199.6, 200, 400]);
    expect(series.loss[1]).toBe(series.loss[2]);
    expect(series.overlap[0]).toBeCloseTo(0.1, 12);
    expect(series.overlap[3] ** 2 / series.topOverlap[3]).toBeCloseTo(0.75, 2);
    const singular = sphericalSk({ kind: "power-law", rate: 1, exponent: 0.3, offset: 0 });
    await expect(solveProjectedGradient(singular, { until: 5 })).rejects.toThrow(/finite at t = 0/);
    expect(() => solution.sample([500])).toThrow(/where the run ends/);
  });
});
