import { beforeAll, describe, expect, it } from "vitest";
import type { FigureResult } from "../../../src/figures";
import { annealing, flatLoss, leastOf } from "../../../src/figures/convex/annealing";
import { solveConfig } from "../../../src/systems/calls";
import { expectSound } from "../sound";
import { createTools } from "../tools";

describe("the flat basin", () => {
  it("relaxes as ½Γ(γ)(2s)^−γ, and its modes carry the noise Tη/2 as far as they have come", () => {
    const weights = Array.from({ length: 52 }, (_, k) => Math.exp(-0.8 * k));
    const total = weights.reduce((sum, w) => sum + w, 0);
    for (const [gamma, factor] of [
      [0.5, Math.sqrt(Math.PI)],
      [1, 1],
      [1.5, Math.sqrt(Math.PI) / 2],
    ]) {
      for (const t of [100, 1e4, 1e6]) {
        const s = 0.5 * t;
        const noise = weights.reduce((sum, w) => sum + (0.25 * w * -Math.expm1(-2 * w * s)) / total, 0);
        // The sum over ln κ in steps of 0.8 is the integral but for a part of e^(−π²/0.8).
        const relaxed = 0.5 * factor * (2 * s) ** -gamma;
        expect((flatLoss(gamma, 0, t) - noise) / relaxed).toBeCloseTo(1, 3);
      }
    }
  });
});

describe("the best exponent of a scan", () => {
  it("is the vertex of a parabola, also between unequal neighbours, and none at an end", () => {
    const betas = [0.1, 0.2, 0.35, 0.4];
    const losses = betas.map((beta) => [1, Math.exp(3 * (beta - 0.27) ** 2)]);
    expect(leastOf({ betas, losses }, 1)).toBeCloseTo(0.27, 12);
    expect(leastOf({ betas, losses: betas.map((beta) => [beta]) }, 0)).toBeNull();
    expect(leastOf({ betas, losses: betas.map((beta) => [-beta + 1]) }, 0)).toBeNull();
  });
});

describe("the best decay for any relaxation", () => {
  let result: FigureResult;
  let data: {
    curve: { gamma: number[]; best: number[] };
    landscapes: { gamma: number; best: number; system: string; betas: number[]; losses: number[][] }[];
  };
  beforeAll(async () => {
    result = await annealing.make({ until: 1e4, gammas: [0.5, 1], away: [-0.08, 0, 0.08] }, createTools());
    data = result.data as typeof data;
  });

  it("is sound, with the curve γ/(1 + γ)", () => {
    expectSound(result);
    data.curve.gamma.forEach((gamma, k) => {
      expect(data.curve.best[k]).toBeCloseTo(gamma / (1 + gamma), 12);
    });
    expect(data.landscapes.map(({ gamma }) => gamma)).toEqual([0.5, 1, 2 / 3, 1]);
  });

  it("is where the loss is lowest, within 0.03 at t = 10⁴, and the nearer the later, in every landscape", () => {
    for (const { gamma, ...scan } of data.landscapes) {
      const away = [0, 2].map((at) => Math.abs(leastOf(scan, at)! - gamma / (1 + gamma)));
      expect(away[1]).toBeLessThan(0.03);
      expect(away[1]).toBeLessThan(away[0]);
    }
  });

  it("has the losses of its configs", async () => {
    const glass = data.landscapes[3];
    const recipe = result.recipes.find(({ label }) => label === `SK, β = ${glass.betas[0]}`)!;
    const { excessLoss } = (await solveConfig(recipe.config, {})).sample([100, 5000, 1e4]).series;
    expect(Array.from(excessLoss)).toEqual(glass.losses[0]);
    expect(glass.betas).toEqual([0.42, 0.5, 0.58]);
  });
});
