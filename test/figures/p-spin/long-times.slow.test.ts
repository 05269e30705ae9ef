import { beforeAll, describe, expect, it } from "vitest";
import type { FigureResult } from "../../../src/figures";
import { longTimes } from "../../../src/figures/p-spin/long-times";
import { expectSound } from "../sound";
import { createTools } from "../tools";

describe("the figure of aging over many decades", () => {
  let result: FigureResult;
  beforeAll(async () => {
    result = await longTimes.make({ cold: 4, warm: 3, tolerance: 1e-4 }, createTools());
  });

  it("gives finite data, sound drawings, words, and configs that the command line accepts", () => {
    expectSound(result);
  });

  it("long times: correlations grow with t′/t, the plot of χ starts with slope −1/T", () => {
    const { cold, warm, measured, predicted } = result.data as {
      cold: { curves: { t: number; correlation: number[] }[]; halves: { correlation: number[] } };
      warm: { curves: { plot: { correlation: number[]; integratedResponse: number[] } }[] };
      measured: number;
      predicted: number;
    };
    expect(cold.curves.map(({ t }) => t)).toEqual([100, 1e4]);
    for (const { correlation } of cold.curves) {
      for (let k = 1; k < correlation.length; k++) expect(correlation[k]).toBeGreaterThan(correlation[k - 1]);
    }
    // C(s, s/2) at 10⁴ of an independent code falls to 0.7888 at 10⁵.
    expect(cold.halves.correlation.at(-1)).toBeCloseTo(0.7983, 3);
    const { plot } = warm.curves[warm.curves.length - 1];
    const [c, chi] = [plot.correlation.at(-2)!, plot.integratedResponse.at(-2)!];
    expect(chi).toBeCloseTo((1 - c) / 0.2, 2);
    expect([plot.correlation.at(-1), plot.integratedResponse.at(-1)]).toEqual([1, 0]);
    expect(Math.abs(measured - predicted)).toBeLessThan(0.03);
  });
});
