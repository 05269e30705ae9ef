import { beforeAll, describe, expect, it } from "vitest";
import type { FigureResult } from "../../../src/figures";
import { exitWidth, gainOf } from "../../../src/figures/quadratic-network/exit-width";
import { exitSpread, runsFor } from "../../../src/figures/quadratic-network/runs";
import { digamma } from "../../../src/numerics/digamma";
import { solveConfig } from "../../../src/systems/calls";
import { escapeRate } from "../../../src/theory/quadratic-network";
import { expectSound } from "../sound";
import { createTools, parseSvg, textsOf } from "../tools";

type Numbers = Record<"width" | "learningRate" | "exits" | "missing" | "stepsPerTime", number>;
interface Point extends Numbers {
  mean: number | null;
  standardError: number | null;
  formulas: Record<"annealed" | "quenched" | "shifted", number | null>;
}

describe("number of runs", () => {
  it("has the spread of −ln χ²_p/(2ω_m): ψ′ as the slope of ψ", () => {
    for (const width of [1, 2, 3, 4, 7, 20]) {
      const setting = { width, learningRate: 0.05 * width, labelNoise: 0.1 };
      const slope = (digamma(width / 2 + 1e-4) - digamma(width / 2 - 1e-4)) / 2e-4;
      expect((exitSpread(setting) * 2 * escapeRate(setting)) ** 2 / slope).toBeCloseTo(1, 6);
    }
    expect(exitSpread({ width: 1, learningRate: 1, labelNoise: 0 })).toBe(Infinity);
  });

  it("grows as the inverse square of the precision, and is at least 12", () => {
    const setting = { width: 1, learningRate: 0.08, labelNoise: 0, dimension: 1000, threshold: 0.1 };
    expect(runsFor(setting, 0.01) / runsFor(setting, 0.1)).toBeCloseTo(100, -1);
    expect(runsFor(setting, 1)).toBe(12);
    expect(runsFor({ ...setting, learningRate: 0.2 }, 0.01)).toBe(12);
  });
});

describe("the gain of a width", () => {
  const point = { formulas: { annealed: 3, quenched: null, shifted: null }, exits: 12, missing: 0 };
  const one = { ...point, width: 1, stepsPerTime: 12, mean: 3, standardError: 0.1 };
  const many = { ...point, width: 20, stepsPerTime: 2, mean: 1.5, standardError: 0.1 };

  it("is the steps of the first network over those of this one", () => {
    expect(gainOf(one, many, ({ mean }) => mean)).toBe((3 * 12) / (1.5 * 2));
    expect(gainOf(one, many, ({ formulas }) => formulas.annealed)).toBe(6);
    expect(gainOf(one, one, ({ mean }) => mean)).toBe(1);
    expect(gainOf(one, many, ({ formulas }) => formulas.quenched)).toBeNull();
  });
});

describe("exit time against width", () => {
  let result: FigureResult;
  let families: { name: string; points: Point[] }[];
  beforeAll(async () => {
    const sizes = { widths: [1, 2, 12], dimension: 200, precision: 0.12 };
    result = await exitWidth.make(sizes, createTools());
    ({ families } = result.data as { families: typeof families });
  });

  it("is sound", () => {
    expectSound(result);
    expect(families.map(({ name }) => name)).toEqual(["constant", "half", "optimal"]);
    const texts = textsOf(parseSvg(result.panels[0].svg));
    expect(texts).toEqual(expect.arrayContaining(["annealed", "quenched", "shifted", "at γopt"]));
    const seeds = result.recipes.flatMap(
      ({ config }) => (config.simulation as { seed?: string })?.seed ?? [],
    );
    expect(new Set(seeds).size).toBe(9);
  });

  it("has ω_m = 2 at γ_opt and 3 at half of it, for every width", () => {
    for (const [k, rate] of [
      [1, 3],
      [2, 2],
    ]) {
      for (const { width: p, formulas } of families[k].points) {
        const argument = ((p + 1) * (0.1 * 200 + 0.9)) / (2 * p);
        expect(formulas.annealed).toBeCloseTo(Math.log(argument) / (2 * rate), 10);
      }
    }
    const [first, , last] = families[1].points;
    // p/γ_opt = 12 for one neuron, (8 + 2p + 2p²)/p² for p; twice that at half the rate.
    expect(first.stepsPerTime).toBeCloseTo(24, 10);
    expect(last.stepsPerTime).toBeCloseTo((2 * (8 + 24 + 288)) / 144, 10);
  });

  it("measures one neuron within four standard errors of the shifted formula, at all rates", () => {
    for (const { points } of families) {
      const { mean, standardError, formulas, missing } = points[0];
      expect(missing).toBe(0);
      expect(Math.abs(mean! - formulas.shifted!)).toBeLessThan(4 * standardError!);
    }
  });

  it("prints times, steps and gains of its data", () => {
    const rows = families.flatMap(({ points }) => points.map((point) => ({ point, first: points[0] })));
    rows.forEach(({ point, first }, k) => {
      const [p, , time, error] = result.table!.rows[k].slice(1);
      const [steps, gain] = result.table!.rows[k].slice(-2);
      expect(p).toBe(point.width);
      if (point.mean === null) {
        expect([time, error, steps, gain]).toEqual(["–", "–", "–", "–"]);
        return;
      }
      expect(time).toBeCloseTo(point.mean, 3);
      expect(error).toBeCloseTo(point.standardError!, 3);
      expect(steps).toBeCloseTo(point.mean * point.stepsPerTime, 2);
      const ratio = (first.mean! * first.stepsPerTime) / (point.mean * point.stepsPerTime);
      expect(gain).toBeCloseTo(ratio, 2);
    });
    // Twelve neurons at half of γ_opt take a third of the steps of one, or less.
    expect(result.table!.rows[5].at(-1)).toBeGreaterThan(2);
  });

  it("draws no mean where runs are missing: at γ_opt the risk of wide networks turns before the exit", async () => {
    const wide = families[2].points[2];
    expect(wide.missing).toBeGreaterThan(0);
    expect(wide.mean).toBeNull();
    expect(result.notes.join(" ")).toContain(`${wide.exits} of ${wide.exits + wide.missing} runs at p = 12`);
    const { system, parameters } = result.recipes[result.recipes.length - 1].config;
    const method = { kind: "ode", until: 5, samples: 3, seed: 20261122, tolerance: 1e-6 };
    const config = { system, parameters: { ...(parameters as object), dimension: 1000 }, method };
    expect(Array.from((await solveConfig(config, {})).events!.exitTime)).toEqual([
      Infinity,
      Infinity,
      Infinity,
    ]);
  });
});
