import { beforeAll, describe, expect, it } from "vitest";
import type { FigureResult } from "../../../src/figures";
import { decay } from "../../../src/figures/spiked-matrix-tensor/decay";
import { switchTime } from "../../../src/figures/spiked-matrix-tensor/switch";
import { solveConfig } from "../../../src/systems/calls";
import { expectSound } from "../sound";
import { createTools, parseSvg, textsOf } from "../tools";

const tools = createTools();
const tolerance = 1e-3;

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

describe("figures of a signal being found", () => {
  const results: Record<string, FigureResult> = {};
  beforeAll(async () => {
    const all = [
      await switchTime.make({ until: 2000, tolerance, switchTimes: [0, 4, 14] }, tools),
      await decay.make(
        { early: 1e4, clockUntil: 20, until: 60, switchTime: 15, tolerance, betas: [0.4, 1], staticTimes: 4 },
        tools,
      ),
    ];
    for (const result of all) results[result.id] = result;
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
});
