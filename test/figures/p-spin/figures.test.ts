import { beforeAll, describe, expect, it } from "vitest";
import { InterruptedError } from "../../../src/core/errors";
import type { FigureResult } from "../../../src/figures";
import { figures } from "../../../src/figures/p-spin";
import { aging } from "../../../src/figures/p-spin/aging";
import { agreement } from "../../../src/figures/p-spin/agreement";
import { exponents } from "../../../src/figures/p-spin/exponents";
import { loss } from "../../../src/figures/p-spin/loss";
import { simulateConfig, solveConfig } from "../../../src/systems/calls";
import { expectSound } from "../sound";
import { createTools, parseSvg, textsOf } from "../tools";

const tools = createTools();
const tolerance = 0.01;
const finite = { size: 12, samples: 4, step: 0.2, simulatedUntil: 4 };

describe("p-spin figures", () => {
  const results: Record<string, FigureResult> = {};
  beforeAll(async () => {
    const run = { until: 12, points: 60, waits: [1, 4] };
    const all = [
      await loss.make(
        { until: 20, tolerance, sizes: [8, 12], samples: [6, 4], step: 0.2, simulatedUntil: 4 },
        tools,
      ),
      await aging.make({ finite, decaying: run, constant: run }, tools),
      await exponents.make({ early: 10, until: 100, furthest: 200, scanned: [0.3, 0.8], tolerance }, tools),
      await agreement.make({ points: 60, sizes: [10, 16], samples: [12, 8], step: 0.2 }, tools),
    ];
    for (const result of all) results[result.id] = result;
  });

  it("are the figures of the atlas", () => {
    // That of late times takes longer: see long-times.slow.test.ts.
    const ids = figures.map(({ id }) => id).filter((id) => id !== "p-spin-long-times");
    expect(ids).toEqual(Object.keys(results));
    expect(figures.length - ids.length).toBe(1);
  });

  it("give finite data, sound drawings, words, and configs that the command line accepts", () => {
    for (const result of Object.values(results)) expectSound(result);
  });

  it("loss: the curves are those of the configs, and the dots those of the finite system", async () => {
    const { data, recipes, panels, table } = results["p-spin-loss"];
    const { curves, threshold } = data as {
      threshold: number;
      curves: {
        beta: number;
        predictedExponent: number;
        theory: Record<string, number[]>;
        finite: Record<string, number[]>;
      }[];
    };
    expect(threshold).toBeCloseTo((-2 * Math.SQRT2) / 3, 12);
    expect(curves.map(({ predictedExponent }) => predictedExponent.toFixed(4))).toEqual(
      [0.2, 0.4, (2 / 3) * 0.4, (2 / 3) * 0.2].map((value) => value.toFixed(4)),
    );
    const [{ config }] = recipes;
    const { series } = (await solveConfig(config, {})).sample([curves[0].theory.time[70]]);
    expect(curves[0].theory.loss[70]).toBe(series.loss[0]);
    expect(curves[0].theory.excessLoss[70]).toBeCloseTo(series.loss[0] - threshold, 14);
    // N → ∞ from two sizes is the straight line in 1/N.
    const [small, large] = [
      await simulateConfig(recipes[1].config, {}),
      await simulateConfig(recipes[2].config, {}),
    ];
    const { finite, theory } = curves[0];
    const expected = (await solveConfig(config, {})).sample(finite.time).series.loss;
    const distances = finite.time.map((_, k) => {
      const mean = 3 * large.series.loss[k] - 2 * small.series.loss[k];
      const error = Math.hypot(3 * large.standardError.loss[k], 2 * small.standardError.loss[k]);
      expect(finite.loss[k]).toBeCloseTo(mean, 10);
      expect(finite.standardError[k]).toBeCloseTo(error, 10);
      return Math.abs(expected[k] - mean) / error;
    });
    expect(Math.abs((table!.rows[0][3] as number) - Math.max(...distances))).toBeLessThanOrEqual(5.01e-3);
    expect(theory.time.at(-1)).toBe(20);
    const svg = parseSvg(panels[1].svg);
    expect(svg.querySelectorAll("circle").length).toBe(4 * curves[0].finite.loss.length);
    for (const label of ["β = 0.2", "β = 0.8"]) expect(textsOf(parseSvg(panels[0].svg))).toContain(label);
  });

  it("aging: correlations start near 1 and fall; the older system falls later", () => {
    const { decaying } = results["p-spin-aging"].data as {
      decaying: { wait: number; delay: number[]; correlation: number[] }[];
    };
    for (const { delay, correlation } of decaying) {
      // To first order in the delay, 1 − C = T·η·(clock delay) at temperature 1: at most 0.025 here.
      expect(delay[0]).toBeCloseTo(0.1, 10);
      expect(correlation[0]).toBeGreaterThan(0.97);
      correlation.forEach((value, k) => {
        if (k > 0) expect(value).toBeLessThan(correlation[k - 1]);
      });
    }
    const [young, old] = decaying;
    young.correlation.slice(0, 40).forEach((value, k) => {
      expect(old.correlation[k]).toBeGreaterThan(value);
    });
  });

  it("exponents: the table holds the numbers of the data, the tent its closed form", () => {
    const { data, table } = results["p-spin-exponents"];
    const { scan, tent, optimalExponent } = data as {
      scan: { p: number; beta: number; predicted: number; exponent: number[] }[];
      tent: { beta: number[]; exponent: number[] };
      optimalExponent: number;
    };
    expect(optimalExponent).toBeCloseTo(0.4, 14);
    tent.beta.forEach((beta, k) => {
      expect(tent.exponent[k]).toBeCloseTo(Math.min(beta, (2 / 3) * (1 - beta)), 14);
    });
    expect(table!.rows.length).toBe(scan.length);
    table!.rows.forEach((row, k) => {
      const { p, beta, exponent, predicted } = scan[k];
      const numbers = [p, beta, ...exponent, predicted];
      row.forEach((cell, column) => {
        expect(Math.abs((cell as number) - numbers[column])).toBeLessThanOrEqual(5.01e-5);
      });
    });
  });

  it("agreement: one row for each quantity and system, with the numbers of the data", () => {
    const { data, table, panels } = results["p-spin-agreement"];
    const { statistics, curves } = data as {
      statistics: { quantity: string; system: string; statistic: number; pValue: number }[];
      curves: (Record<"theory" | "simulation" | "standardError", number[]> & {
        quantity: string;
        system: string;
      })[];
    };
    expect(table!.rows.length).toBe(3 * 3);
    table!.rows.forEach((row, k) => {
      const { quantity, system, statistic, pValue } = statistics[k];
      expect(row.slice(0, 2)).toEqual([quantity, system]);
      expect(Math.abs((row[3] as number) - statistic)).toBeLessThanOrEqual(5.01e-3);
      expect(row[5]).toBe(pValue >= 1e-3 ? "agrees" : "differs");
      const curve = curves.find((one) => one.quantity === quantity && one.system === system)!;
      const distances = curve.theory.map(
        (value, i) => Math.abs(value - curve.simulation[i]) / curve.standardError[i],
      );
      expect(Math.max(...distances)).toBeCloseTo(statistic, 8);
    });
    // N → ∞ from two sizes is the straight line in 1/N: (16·mean₁₆ − 10·mean₁₀)/6.
    const [ten, sixteen, limit] = ["N = 10", "N = 16", "N → ∞"].map(
      (name) => curves.find(({ quantity, system }) => quantity === "loss" && system === name)!.simulation,
    );
    limit.forEach((value, k) => {
      expect(value).toBeCloseTo((16 * sixteen[k] - 10 * ten[k]) / 6, 10);
    });
    expect(textsOf(parseSvg(panels[0].svg)).some((text) => text.startsWith("response, p-value "))).toBe(true);
  });

  it("stop when they are told to", async () => {
    const controller = new AbortController();
    const options = { signal: controller.signal, onProgress: () => controller.abort() };
    await expect(figures[0].run("quick", createTools(options))).rejects.toBeInstanceOf(InterruptedError);
  });
});
