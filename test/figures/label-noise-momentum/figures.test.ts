import { beforeAll, describe, expect, it } from "vitest";
import type { FigureResult } from "../../../src/figures";
import { figures } from "../../../src/figures/label-noise-momentum";
import { exponents } from "../../../src/figures/label-noise-momentum/exponents";
import { prefactor } from "../../../src/figures/label-noise-momentum/prefactor";
import { sensing } from "../../../src/figures/label-noise-momentum/sensing";
import { powerLawOf, type Times } from "../../../src/figures/label-noise-momentum/setting";
import { expectSound } from "../sound";
import { createTools } from "../tools";

const tools = createTools();

describe("figures of momentum with label noise", () => {
  const results: Record<string, FigureResult> = {};
  beforeAll(async () => {
    const all = [
      await exponents.make(
        { exponents: [0.6, 0.9], rates: [0.03, 0.1], runs: { linear: 12, tanh: 3, relu: 3 } },
        tools,
      ),
      await prefactor.make(
        { rate: 0.03, prefactors: [0.08, 0.1, 0.14, 0.3], runs: { linear: 20, tanh: 3, relu: 3 } },
        tools,
      ),
      await sensing.make(
        { d: 6, rank: 1, data: 30, momenta: [0.8, 0.95, 0.99], until: 1000, runs: 2 },
        tools,
      ),
    ];
    for (const result of all) results[result.id] = result;
  });

  it("are the figures of the atlas", () => {
    expect(figures.map(({ id }) => id)).toEqual(Object.keys(results));
  });

  it("give finite data, sound drawings, words, and configs that the command line accepts", () => {
    for (const result of Object.values(results)) expectSound(result);
  });

  it("sensing: the peak after the first dip grows with β", () => {
    const { table } = results["label-noise-sensing"];
    const peaks = table!.rows.map((row) => Number(row[2]));
    expect(peaks[2]).toBeGreaterThan(2 * peaks[1]);
  });
});

describe("power laws through times", () => {
  const times = [0.001, 0.01, 0.1].map(
    (learningRate): Times => ({
      learningRate,
      passage: 3 * learningRate ** -0.7,
      passageError: 0.03 * learningRate ** -0.7,
      settle: learningRate === 0.01 ? null : 5 / learningRate,
      settleError: null,
    }),
  );
  it("have exponent, error and amplitude of exact ones, and leave out what did not come", () => {
    const law = powerLawOf(times, "passage")!;
    expect(law.exponent).toBeCloseTo(0.7, 12);
    expect(law.amplitude).toBeCloseTo(3, 12);
    // Weights ∓1/(2 · 2.3026) on relative errors of 1 %.
    expect(law.error).toBeCloseTo((0.01 * Math.SQRT2) / (2 * Math.log(10)), 12);
    expect(powerLawOf(times, "settle")!.exponent).toBeCloseTo(1, 12);
    expect(powerLawOf(times.slice(1, 2), "settle")).toBeNull();
  });
});
