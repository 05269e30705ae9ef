import { beforeAll, describe, expect, it } from "vitest";
import type { FigureResult } from "../../../src/figures";
import { figures as convexFigures } from "../../../src/figures/convex";
import { regimes } from "../../../src/figures/convex/regimes";
import { figures } from "../../../src/figures/spherical-sk";
import { budget } from "../../../src/figures/spherical-sk/budget";
import { crossover } from "../../../src/figures/spherical-sk/crossover";
import { exponents } from "../../../src/figures/spherical-sk/exponents";
import { hessian } from "../../../src/figures/spherical-sk/hessian";
import { expectSound } from "../sound";
import { createTools } from "../tools";

const tools = createTools();

describe("figures of the spherical SK model and the convex basin", () => {
  const results: Record<string, FigureResult> = {};
  beforeAll(async () => {
    const all = [
      await exponents.make(
        { until: 1e4, scan: 5, readings: [1e2, 1e4], size: 60, samples: 2, simulatedUntil: 30 },
        tools,
      ),
      await hessian.make({ rate: 0.1, exponent: 0.8, until: 100, size: 60, samples: 2 }, tools),
      await crossover.make(
        { size: 200, samples: 2, until: 1e4, simulatedUntil: 30, switches: [10, 100] },
        tools,
      ),
      await budget.make({ size: 60, budgets: [3, 30, 60, 600], samples: 2, evaluations: 16 }, tools),
      await regimes.make({ until: 1e6, samples: 20, simulatedUntil: 5 }, tools),
    ];
    for (const result of all) results[result.id] = result;
  });

  it("are the figures of the atlas", () => {
    expect([...figures, ...convexFigures].map(({ id }) => id)).toEqual([
      "spherical-sk-two-phases",
      ...Object.keys(results),
      "convex-annealing",
    ]);
  });

  it("give finite data, sound drawings, words, and configs that the command line accepts", () => {
    for (const result of Object.values(results)) expectSound(result);
  });

  it("exponents: below the limit from above for β < 1/2, and close to it for β > 1/2", () => {
    const { local } = results["spherical-sk-exponents"].data as {
      local: { exponent: number; slopes: number[]; late: number }[];
    };
    const [lowest, , middle, , highest] = local;
    expect(lowest.exponent).toBe(0.05);
    expect(lowest.slopes[1]).toBeGreaterThan(lowest.late);
    expect(Math.abs(middle.slopes[1] - 0.5)).toBeLessThan(0.01);
    expect(Math.abs(highest.slopes[1] - highest.late)).toBeLessThan(0.1);
  });

  it("crossover: a decay before the crossing leaves a high loss, one after it a lower one than the constant rate", () => {
    const {
      runs,
      leading,
      implicit,
      hessian: edge,
    } = results["spherical-sk-crossover"].data as {
      runs: { excess: number[]; overlap: number[] }[];
      leading: number;
      implicit: number;
      hessian: number;
    };
    const [constant, early, late] = runs.map(({ excess }) => excess[excess.length - 1]);
    expect(early).toBeGreaterThan(constant);
    expect(late).toBeLessThan(constant / 10);
    expect(edge).toBeLessThan(implicit);
    expect(implicit).toBeLessThan(leading);
  });

  it("budget: the crossing is about N^⅔ in the clock, and a hold pays", () => {
    type Best = Record<"exponent" | "oneStep" | "switchTime" | "twoStep", number>;
    const { crossing, found } = results["spherical-sk-budget"].data as {
      crossing: number;
      found: { typical: Best; infinite: Best }[];
    };
    // About N^⅔ in the clock.
    expect((crossing * 0.5) / 60 ** (2 / 3)).toBeGreaterThan(0.6);
    expect((crossing * 0.5) / 60 ** (2 / 3)).toBeLessThan(1.2);
    // What the search finds at full length is tested with the systems.
    for (const { typical, infinite } of found.slice(1)) {
      for (const best of [typical, infinite]) expect(best.twoStep).toBeLessThan(best.oneStep);
    }
    expect(Math.abs(found[0].typical.exponent - found[0].infinite.exponent)).toBeLessThan(0.2);
  });

  it("convex: the last exponents are the limits where they are reached", () => {
    const { runs } = results["convex-regimes"].data as {
      runs: { exponent: number; rate: number; loss: number[]; time: number[]; late: number }[];
    };
    for (const { exponent, rate, loss, time, late } of runs) {
      const last = loss.length - 1;
      const slope = -Math.log(loss[last] / loss[last - 1]) / Math.log(time[last] / time[last - 1]);
      // At 2η₀κ = 1 the logarithm is still seen: 1 − 1/ln t.
      const expected = 2 * rate === 1 && exponent === 1 ? 1 - 1 / (Math.log(time[last]) + 9) : late;
      expect(Math.abs(slope - expected)).toBeLessThan(0.03);
    }
  });
});
