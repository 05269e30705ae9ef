import { beforeAll, describe, expect, it } from "vitest";
import type { Optimum } from "../../../src/core/results";
import type { FigureResult } from "../../../src/figures";
import { figures } from "../../../src/figures/random-features";
import { batches } from "../../../src/figures/random-features/batches";
import { families } from "../../../src/figures/random-features/families";
import { momentum } from "../../../src/figures/random-features/momentum";
import { phases } from "../../../src/figures/random-features/phases";
import { rampOf, ramps } from "../../../src/figures/random-features/ramps";
import { schedules } from "../../../src/figures/random-features/schedules";
import { lastSlope, stepsOf } from "../../../src/figures/random-features/setting";
import { optimiseConfig } from "../../../src/systems/calls";
import { expectSound } from "../sound";
import { createTools } from "../tools";

const tools = createTools();

describe("figures of random features", () => {
  const results: Record<string, FigureResult> = {};
  beforeAll(async () => {
    const all = [
      await phases.make({ cells: 8 }, tools),
      await schedules.make({ exact: [32, 64], control: [1e6, 1e8] }, tools),
      await families.make({ horizons: [32, 64] }, tools),
      await batches.make({ examples: 1024, constant: [1, 4, 16], ramp: [16, 64] }, tools),
      await ramps.make({ examples: 2048, batches: [1, 4], rates: [0.5, 0.25], control: 7 }, tools),
      await momentum.make({ horizons: [16, 256], features: 100 }, tools),
    ];
    for (const result of all) results[result.id] = result;
  });

  it("are the figures of the atlas", () => {
    expect(figures.map(({ id }) => id)).toEqual(Object.keys(results));
  });

  it("give finite data, sound drawings, words, and configs that the command line accepts", () => {
    for (const result of Object.values(results)) expectSound(result);
  });

  it("schedules: the numbers are those of their configs, and horizons collapse", async () => {
    const { data, recipes } = results["features-schedules"];
    const { models } = data as {
      models: {
        rateExponent: number;
        exact: { rate: number[]; excess: number }[];
        control: { horizon: number; step: number[]; rate: number[]; window: number }[];
      }[];
    };
    const first = recipes.find(({ verb }) => verb === "optimise")!;
    const { values } = (await optimiseConfig(first.config, {})) as Optimum;
    expect(models[0].exact[0].excess).toBe(values.excessLoss);
    const [free, capped] = models;
    const scaled = free.control.map(({ rate, horizon }) => rate[0] * horizon ** free.rateExponent);
    expect(Math.abs(scaled[1] / scaled[0] - 1)).toBeLessThan(0.02);
    expect(Math.max(...capped.control[1].rate)).toBe(0.5);
    expect(capped.control[1].window).toBeLessThan(0.2e8);
  });

  it("families: nothing beats the optimum", () => {
    const { data } = results["features-families"];
    const { models } = data as { models: { curves: { text: string; ratio: number[] }[] }[] };
    for (const { curves } of models) {
      for (const { ratio } of curves.slice(1)) for (const value of ratio) expect(value).toBeGreaterThan(1);
      const constant = curves.find(({ text }) => text === "constant")!;
      expect(constant.ratio[1]).toBeGreaterThan(constant.ratio[0]);
    }
  });

  it("batches: growing ones are better where steps are few", () => {
    const { flat, ramps } = results["features-batches"].data as {
      flat: { steps: number; excess: number }[];
      ramps: { steps: number; excess: number }[];
    };
    expect(flat.find(({ steps }) => steps === 64)!.excess).toBeGreaterThan(ramps[1].excess);
  });

  it("ramps: one schedule in three guises has one loss, and the steps grow by their exponents", () => {
    const { flat, growing, counts } = results["features-ramps"].data as {
      flat: { excess: number }[];
      growing: { steps: number; excess: number; joint: number }[];
      counts: { numbers: number[]; steps: number[]; limit: number }[];
    };
    expect(Math.abs(flat[1].excess / flat[0].excess - 1)).toBeLessThan(0.005);
    for (const { steps, excess, joint } of growing) {
      expect(Math.abs(excess / flat[0].excess - 1)).toBeLessThan(0.03);
      expect(joint).toBeLessThan(excess);
      expect(steps).toBeLessThan(2048 / 4);
    }
    const [free, capped] = counts.map(({ numbers, steps, limit }) => lastSlope(numbers, steps) - limit);
    expect(Math.abs(free)).toBeLessThan(0.02);
    expect(Math.abs(capped)).toBeLessThan(0.02);
    const { steps, sizes, eta } = rampOf(2048, 0.1, 0.3);
    expect(sizes.length).toBe(steps);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(2048);
    expect(Math.abs(eta / 0.3 - 1)).toBeLessThan(0.01);
    // The rate of an example is that of the schedule: here after half of the steps.
    const before = sizes.slice(0, 85).reduce((sum, size) => sum + size, 0);
    expect(Math.abs(eta / sizes[85] / (0.1 * (1 - before / 2048) ** 3) - 1)).toBeLessThan(0.1);
  });

  it("momentum: none is worse than SGD beyond its knots, and time-adapted gains in the hard phase", () => {
    const { models } = results["features-momentum"].data as { models: { excess: number[][] }[] };
    const [deep, easy] = models.map(({ excess }) => excess[2][1] / excess[0][1]);
    expect(deep).toBeLessThan(0.97);
    expect(easy).toBeGreaterThan(0.98);
    expect(easy).toBeLessThan(1.01);
  });

  it("steps are drawn to the end, once each", () => {
    const steps = stepsOf(1000, 20);
    expect([steps[0], steps[steps.length - 1]]).toEqual([0, 999]);
    for (let k = 1; k < steps.length; k++) expect(steps[k]).toBeGreaterThan(steps[k - 1]);
    expect(lastSlope([1, 10, 100], [5, 4, 0.4])).toBeCloseTo(-1, 12);
  });
});
