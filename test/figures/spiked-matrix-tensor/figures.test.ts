import { beforeAll, describe, expect, it } from "vitest";
import { InterruptedError } from "../../../src/core/errors";
import type { FigureResult } from "../../../src/figures";
import { figures } from "../../../src/figures/spiked-matrix-tensor";
import { agreement } from "../../../src/figures/spiked-matrix-tensor/agreement";
import { phases } from "../../../src/figures/spiked-matrix-tensor/phases";
import { simulateConfig, solveConfig } from "../../../src/systems/calls";
import { expectSound } from "../sound";
import { createTools, parseSvg, textsOf } from "../tools";

const tools = createTools();

describe("spiked matrix-tensor figures", () => {
  const results: Record<string, FigureResult> = {};
  beforeAll(async () => {
    const all = [
      await phases.make({ easyPoints: 8, impossiblePoints: 4 }, tools),
      await agreement.make({ points: 80, sizes: [12, 16], samples: [8, 8], step: 0.2 }, tools),
    ];
    for (const result of all) results[result.id] = result;
  });

  it("are the figures of the atlas", () => {
    // Those of a signal being found take longer: see signal.slow.test.ts.
    expect(figures.map(({ id }) => id)).toEqual(["spiked-switch", "spiked-decay", ...Object.keys(results)]);
  });

  it("give finite data, sound drawings, words, and configs that the command line accepts", () => {
    for (const result of Object.values(results)) expectSound(result);
  });

  it("phases: the easy line of p = 3 at T = 1 is 2 Δ2², and both points of the figures are easy", () => {
    const { data, panels, table } = results["spiked-phases"];
    const { diagrams, marks } = data as {
      diagrams: { p: number; easy: Record<"matrixNoise" | "tensorNoise", number[]> }[];
      marks: { phase: string; matrixNoise: number; tensorNoise: number }[];
    };
    diagrams[0].easy.matrixNoise.forEach((noise, k) => {
      expect(diagrams[0].easy.tensorNoise[k] / (2 * noise ** 2)).toBeCloseTo(1, 8);
    });
    expect(marks.map(({ phase }) => phase)).toEqual(["easy", "easy"]);
    expect(table!.rows.map((row) => row.slice(1))).toEqual([
      [0.2, 6, "easy"],
      [0.5, 1, "easy"],
    ]);
    const svg = parseSvg(panels[0].svg);
    expect(textsOf(svg)).toEqual(expect.arrayContaining(["easy", "hard", "impossible", "agreement"]));
    expect(svg.querySelectorAll("circle").length).toBe(2);
  });

  it("agreement: the curves are those of the configs, the table holds their distances", async () => {
    const { data, recipes, table, panels } = results["spiked-agreement"];
    const names = ["overlap", "loss", "matrixLoss", "tensorLoss"];
    type Curve = Record<"time" | "theory" | "simulation" | "standardError", number[]>;
    const { curves } = data as { curves: (Curve & { quantity: string; system: string })[] };
    const of = (system: string) => curves.filter((curve) => curve.system === system);
    const [small, large, limit] = ["N = 12", "N = 16", "N → ∞"].map(of);
    const theory = (await solveConfig(recipes[0].config, {})).sample(limit[0].time).series;
    for (const [k, own] of [small, large].entries()) {
      const { series } = await simulateConfig(recipes[k].config, {});
      expect(own.map(({ quantity }) => quantity)).toEqual(names);
      for (const { quantity, simulation } of own) expect(simulation).toEqual(Array.from(series[quantity]));
    }
    for (const [k, curve] of limit.entries()) {
      expect(curve.theory).toEqual(Array.from(theory[names[k]]));
      // Straight in 1/N: 4 times the larger of 12 and 16, 3 times the smaller.
      curve.simulation.forEach((value, i) => {
        expect(value).toBeCloseTo(4 * large[k].simulation[i] - 3 * small[k].simulation[i], 10);
      });
      const distances = curve.theory.map(
        (value, i) => Math.abs(value - curve.simulation[i]) / curve.standardError[i],
      );
      const row = table!.rows[3 * k + 2];
      expect(row[1]).toBe("N → ∞");
      expect(Math.abs((row[3] as number) - Math.max(...distances))).toBeLessThanOrEqual(5.01e-3);
    }
    expect(parseSvg(panels[0].svg).querySelectorAll("circle").length).toBe(4 * limit[0].time.length);
  });

  it("stop when they are told to", async () => {
    for (const figure of figures.filter(({ id }) => id === "spiked-switch" || id === "spiked-phases")) {
      const controller = new AbortController();
      const options = { signal: controller.signal, onProgress: () => controller.abort() };
      await expect(figure.run("quick", createTools(options))).rejects.toBeInstanceOf(InterruptedError);
    }
  });
});
