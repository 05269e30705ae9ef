import { beforeAll, describe, expect, it } from "vitest";
import type { FigureResult } from "../../../src/figures";
import { exitRate } from "../../../src/figures/quadratic-network/exit-rate";
import { simulateConfig, solveConfig } from "../../../src/systems/calls";
import { expectSound } from "../sound";
import { createTools } from "../tools";

interface Place {
  at: number;
  learningRate: number;
  formulas: Record<"annealed" | "quenched" | "shifted", number | null>;
}
interface Exits {
  mean: number;
  standardError: number;
  exits: number;
}
type Point = Place & {
  over: string;
  labelNoise: number;
  stepsPerTime: number;
  sgd: Exits;
  diffusion: Exits;
};

describe("exit time against learning rate and label noise", () => {
  let result: FigureResult;
  let scans: { width: number; optimal: number; lines: Record<"rate" | "noise", Place[]>; points: Point[] }[];
  const d = 300;
  beforeAll(async () => {
    const sizes = { shares: [0.3, 1], labelNoises: [0, 5], dimension: d, precision: 0.25 };
    result = await exitRate.make(sizes, createTools());
    ({ scans } = result.data as { scans: typeof scans });
  });

  it("is sound, with a seed for each ensemble", () => {
    expectSound(result);
    const seeds = result.recipes.flatMap(({ config }) =>
      [config.simulation, config.method].flatMap((part) => (part as { seed?: string })?.seed ?? []),
    );
    expect(seeds.length).toBe(16);
    expect(new Set(seeds).size).toBe(16);
  });

  it("one neuron: the annealed lines are ln(T d + 1 − T)/(8(1 − 6γ) − 4γΔ), as printed in (10)", () => {
    const { lines, optimal } = scans[0];
    expect(optimal).toBeCloseTo(1 / 12, 12);
    const annealed = (rate: number, noise: number) =>
      Math.log(0.1 * d + 0.9) / (8 * (1 - 6 * rate) - 4 * rate * noise);
    for (const { at, formulas } of lines.rate) expect(formulas.annealed).toBeCloseTo(annealed(at, 0), 10);
    for (const { at, formulas } of lines.noise)
      expect(formulas.annealed).toBeCloseTo(annealed(1 / 24, at), 10);
    expect(lines.noise.map(({ at }) => at).slice(-1)).toEqual([5]);
  });

  it("grow with γ and with Δ by both formulas, while the steps are fewest at γ_opt", () => {
    for (const { width, optimal, lines } of scans) {
      for (const line of [lines.rate, lines.noise]) {
        for (const name of ["annealed", "quenched"] as const) {
          const values = line.flatMap(({ formulas }) => formulas[name] ?? []);
          expect(values).toEqual([...values].sort((a, b) => a - b));
          expect(values.length).toBe(width === 1 || name === "annealed" ? line.length : values.length);
        }
      }
      const steps = lines.rate.map(({ at, formulas }) => (formulas.annealed! * width) / at);
      const fewest = lines.rate[steps.indexOf(Math.min(...steps))].at;
      // The places of the line lie 9 % apart.
      expect(Math.abs(Math.log(fewest / optimal))).toBeLessThan(0.09);
    }
  });

  it("the dots are the means of the configs, SGD and diffusion alike and near the shifted formula", async () => {
    for (const { points } of scans) {
      for (const { sgd, diffusion, formulas } of points) {
        const error = Math.hypot(sgd.standardError, diffusion.standardError);
        expect(Math.abs(sgd.mean - diffusion.mean)).toBeLessThan(4 * error);
        if (formulas.shifted !== null)
          expect(Math.abs(sgd.mean - formulas.shifted)).toBeLessThan(4 * sgd.standardError);
      }
    }
    const named = (label: string) => result.recipes.find((recipe) => recipe.label === label)!.config;
    const meanOf = (times: ArrayLike<number>) =>
      Array.from(times).reduce((sum, t) => sum + t, 0) / times.length;
    const [point] = scans[0].points;
    const exact = await simulateConfig(named("p = 1, γ = 0.0250, Δ = 0, exact process"), {});
    expect(point.sgd.mean).toBeCloseTo(meanOf(exact.events!.exitTime), 12);
    const paths = await solveConfig(named("p = 1, γ = 0.0250, Δ = 0, diffusion"), {});
    expect(point.diffusion.mean).toBeCloseTo(meanOf(paths.events!.exitTime), 12);
    expect(result.table!.rows[0][11]).toBeCloseTo(point.sgd.mean / 0.025, 2);
  });
});
