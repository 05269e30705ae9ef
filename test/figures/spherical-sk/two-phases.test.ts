import { beforeAll, describe, expect, it } from "vitest";
import type { FigureResult } from "../../../src/figures";
import { twoPhases } from "../../../src/figures/spherical-sk/two-phases";
import { expectSound } from "../sound";
import { createTools } from "../tools";

interface Panel {
  name: string;
  curves: { name: string; excess: number[]; edge: number[] }[];
  rates: number[][];
}

describe("the sketch of the two landscapes", () => {
  let result: FigureResult;
  let data: { time: number[]; crossing: number; convexFrom: number; panels: [Panel, Panel] };
  beforeAll(async () => {
    const sizes = { until: 3000, initialOverlap: 1e-8, times: 50 };
    result = await twoPhases.make(sizes, createTools());
    data = result.data as typeof data;
  });
  const last = (values: readonly number[]) => values[values.length - 1];

  it("is sound", () => expectSound(result));

  it("without a signal: never convex, and lowest where the rate falls as t^−½", () => {
    const [{ curves }] = data.panels;
    for (const { edge } of curves) expect(Math.max(...edge)).toBeLessThan(0);
    const [constant, half, one] = curves.map(({ excess }) => last(excess));
    expect(half).toBeLessThan(one / 5);
    expect(one).toBeLessThan(constant);
    // The noise of the constant rate keeps T/2.
    expect(constant).toBeCloseTo(0.15, 3);
  });

  it("with a signal: search up to ln(1/m0)/κ and what it takes beside, then the gap κ; decaying from there is best at all times after", () => {
    const { crossing, convexFrom, time } = data;
    const [, { curves, rates }] = data.panels;
    // e^{κs} m0 of order 1, κ = (1 − Δ)²; the power s^{3/4} of a first overlap that is spread over the bulk slows it.
    expect(crossing).toBeGreaterThan(0.8 * (Math.log(1e8) / 0.36));
    expect(crossing).toBeLessThan(1.2 * (Math.log(1e8) / 0.36));
    expect(convexFrom).toBeLessThan(crossing);
    const [constant, early, late] = curves;
    expect(last(constant.edge)).toBeCloseTo(0.36, 2);
    const from = time.findIndex((t) => t > 2 * crossing);
    for (const [k, t] of time.entries()) {
      if (t < convexFrom / 1.5) expect(Math.max(constant.edge[k], early.edge[k])).toBeLessThan(0);
      if (k >= from)
        expect(late.excess[k]).toBeLessThan(1.02 * Math.min(constant.excess[k], early.excess[k]));
      // The rates are those of the runs.
      const elapsed = Math.max(0, t - Number((1.5 * crossing).toPrecision(3)));
      expect(rates[2][k]).toBeCloseTo(1 / (1 + elapsed / 10), 12);
    }
    // From the start the clock is 10 ln(1 + t/10): the same clock is reached at a far later time.
    const found = time.findIndex((_, k) => early.edge[k] > 0.18);
    expect(time[found]).toBeGreaterThan(0.7 * 10 * Math.expm1(crossing / 10));
    expect(time[found]).toBeLessThan(1.4 * 10 * Math.expm1(crossing / 10));
  });
});
