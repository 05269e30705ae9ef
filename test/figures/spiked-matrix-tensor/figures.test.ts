import { beforeAll, describe, expect, it } from "vitest";
import { InterruptedError } from "../../../src/core/errors";
import type { FigureResult } from "../../../src/figures";
import { figures } from "../../../src/figures/spiked-matrix-tensor";
import { agreement } from "../../../src/figures/spiked-matrix-tensor/agreement";
import { decay } from "../../../src/figures/spiked-matrix-tensor/decay";
import { phases } from "../../../src/figures/spiked-matrix-tensor/phases";
import { switchTime } from "../../../src/figures/spiked-matrix-tensor/switch";
import { simulateConfig, solveConfig } from "../../../src/systems/calls";
import { expectSound } from "../sound";
import { createTools, parseSvg, textsOf } from "../tools";

const tools = createTools();
const tolerance = 0.01;

/** Ground state of Q = 2.5 q² + q³/18: m = χQ′(m) with χ² = (1 − m²)/Q′(1), by bisection; loss −Q(m) − χQ′(1). */
function groundStateByBisection() {
  const slope = (q: number) => 5 * q + q ** 2 / 6;
  const chi = (m: number) => Math.sqrt((1 - m * m) / slope(1));
  let [low, high] = [0.5, 1];
  for (let k = 0; k < 60; k++) {
    const m = (low + high) / 2;
    if (chi(m) * slope(m) > m) low = m;
    else high = m;
  }
  return { overlap: low, loss: -(2.5 * low ** 2 + low ** 3 / 18) - chi(low) * slope(1) };
}

type Curve = Record<"time" | "overlap" | "loss" | "edge", number[]> & {
  label: string;
  crossing: number | null;
};

describe("spiked matrix-tensor figures", () => {
  const results: Record<string, FigureResult> = {};
  beforeAll(async () => {
    const all = [
      await switchTime.make({ until: 2000, tolerance, switchTimes: [0, 4, 14] }, tools),
      await decay.make(
        { early: 500, clockUntil: 20, until: 60, switchTime: 15, tolerance, betas: [0.4, 1], staticTimes: 4 },
        tools,
      ),
      await phases.make({ easyPoints: 8, impossiblePoints: 4 }, tools),
      await agreement.make({ points: 80, size: 16, samples: 8, step: 0.2 }, tools),
    ];
    for (const result of all) results[result.id] = result;
  });

  it("are the figures of the atlas", () => {
    expect(figures.map(({ id }) => id)).toEqual(Object.keys(results));
  });

  it("give finite data, sound drawings, words, and configs that the command line accepts", () => {
    for (const result of Object.values(results)) expectSound(result);
  });

  it("switch: the levels are those of the statics", () => {
    const { groundState, equilibrium } = results["spiked-switch"].data as Record<
      string,
      { overlap: number; loss: number }
    >;
    const expected = groundStateByBisection();
    expect(groundState.overlap).toBeCloseTo(expected.overlap, 10);
    expect(groundState.loss).toBeCloseTo(expected.loss, 10);
    // At T = 1 the loss is −Q(1), and m = (1 − m)(5m + m²/6).
    expect(equilibrium.loss).toBeCloseTo(-2.5 - 1 / 18, 10);
    const m = equilibrium.overlap;
    expect((1 - m) * (5 + m / 6)).toBeCloseTo(1, 8);
  });

  it("switch: an earlier decay finds the signal later, and every decay ends below the constant rate", async () => {
    const { data, recipes, panels, table } = results["spiked-switch"];
    const { curves, crossing, equilibrium } = data as {
      curves: Curve[];
      crossing: number;
      equilibrium: { overlap: number; loss: number };
    };
    const [constant, fromStart, early, late] = curves;
    expect(fromStart.crossing!).toBeGreaterThan(early.crossing! + 1);
    expect(early.crossing!).toBeGreaterThan(crossing + 1);
    // Until the switch the runs are the same; their grids differ a little. Independent code: m(13) = 0.3807, m(14) = 0.7552.
    expect(Math.abs(late.crossing! - crossing)).toBeLessThan(0.01);
    expect(Math.abs(crossing - 13.05)).toBeLessThan(0.01);
    expect(constant.overlap.at(-1)!).toBeCloseTo(equilibrium.overlap, 3);
    for (const { loss } of [fromStart, early, late])
      expect(loss.at(-1)!).toBeLessThan(equilibrium.loss - 0.3);
    const solution = await solveConfig(recipes[2].config, {});
    const { series } = solution.sample([early.time[50], early.crossing!]);
    expect(early.overlap[50]).toBe(series.overlap[0]);
    expect(early.loss[50]).toBe(series.loss[0]);
    expect(series.overlap[1]).toBeCloseTo(equilibrium.overlap / 2, 8);
    curves.forEach(({ label, crossing }, k) => {
      expect(table!.rows[k].slice(0, 2)).toEqual([label, crossing!.toFixed(2)]);
    });
    for (const [k, { svg }] of panels.entries()) {
      const level = k < 2 ? "ground state" : "z − 2√Q″(1)";
      expect(textsOf(parseSvg(svg))).toEqual(expect.arrayContaining(["constant", "ts = 14", level]));
    }
  });

  it("switch: the edge of the Hessian rises above 0 when the signal is found", () => {
    const { curves } = results["spiked-switch"].data as { curves: Curve[] };
    for (const { time, edge, crossing } of curves) {
      const k = edge.findIndex((value) => value > 0);
      expect(edge[k - 1]).toBeLessThan(0);
      expect(time[k] / crossing!).toBeGreaterThan(0.8);
      expect(time[k - 1] / crossing!).toBeLessThan(1.1);
      expect(Math.min(...edge.slice(k))).toBeGreaterThan(0);
    }
  });

  it("decay: from the start faster is later; after the hold faster is closer to the ground state", () => {
    const { fromStart, afterHold, statics } = results["spiked-decay"].data as {
      fromStart: (Curve & { beta: number })[];
      afterHold: { beta: number; distance: { delay: number[]; lag: number[] } }[];
      statics: { beta: number; delay: number[]; lag: number[] }[];
    };
    const crossings = fromStart.map(({ crossing }) => crossing ?? Number.POSITIVE_INFINITY);
    crossings.slice(1).forEach((crossing, k) => {
      expect(crossing).toBeGreaterThan(crossings[k]);
    });
    const [slow, fast] = afterHold.map(({ distance: { delay, lag } }) => {
      const k = delay.findIndex((wait) => wait > 6);
      return lag[k];
    });
    expect(fast).toBeLessThan(slow);
    for (const { distance, beta } of afterHold) {
      const equilibrium = statics.find((one) => one.beta === beta)!;
      // It lags behind the equilibrium at T·η, which cools.
      expect(Math.min(...distance.lag)).toBeGreaterThan(equilibrium.lag.at(-1)!);
    }
    // At low temperature the equilibrium is short of the ground state in proportion to T·η.
    const { lag, delay } = statics[1];
    expect((lag[3] * (1 + delay[3])) / (lag[2] * (1 + delay[2]))).toBeCloseTo(1, 1);
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

  it("agreement: the curves are those of the config, the table holds their distances", async () => {
    const { data, recipes, table, panels } = results["spiked-agreement"];
    const { curves } = data as {
      curves: (Record<"time" | "theory" | "simulation" | "standardError", number[]> & { quantity: string })[];
    };
    const { series } = await simulateConfig(recipes[0].config, {});
    const theory = (await solveConfig(recipes[0].config, {})).sample(curves[0].time).series;
    expect(curves.map(({ quantity }) => quantity)).toEqual(["overlap", "loss", "matrixLoss", "tensorLoss"]);
    curves.forEach((curve, k) => {
      expect(curve.simulation).toEqual(Array.from(series[curve.quantity]));
      expect(curve.theory).toEqual(Array.from(theory[curve.quantity]));
      const distances = curve.theory.map(
        (value, i) => Math.abs(value - curve.simulation[i]) / curve.standardError[i],
      );
      expect(Math.abs((table!.rows[k][1] as number) - Math.max(...distances))).toBeLessThanOrEqual(5.01e-3);
    });
    expect(parseSvg(panels[0].svg).querySelectorAll("circle").length).toBe(4 * curves[0].time.length);
  });

  it("stop when they are told to", async () => {
    for (const figure of figures.filter(({ id }) => id === "spiked-switch" || id === "spiked-phases")) {
      const controller = new AbortController();
      const options = { signal: controller.signal, onProgress: () => controller.abort() };
      await expect(figure.run("quick", createTools(options))).rejects.toBeInstanceOf(InterruptedError);
    }
  });
});
