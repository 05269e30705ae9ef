import { describe, expect, it } from "vitest";
import { additiveOptimum } from "../../../src/control/random-features";
import { createRelaxation } from "../../../src/control/random-features/relaxation";
import { InvalidParameterError } from "../../../src/core/errors";
import { type Binning, createModes } from "../../../src/models/random-features";
import { integrate } from "../../../src/numerics/gauss-legendre";
import { easyOptimum, hardOptimum, trainingExponents } from "../../../src/theory/random-features";
import { featuresCases, featuresOfCase } from "../../reference/features-cases";

const cases = featuresCases.filter(({ system }) => system.startsWith("additive-noise"));

describe("optimal control with additive noise", () => {
  it("has six reference cases", () => expect(cases.length).toBe(6));
  it.each(cases)("$id", (one) => {
    const { T, etaMax } = one.params;
    const optimum = additiveOptimum({
      modes: createModes(featuresOfCase(one)),
      batchSize: 1,
      horizon: T!,
      cap: etaMax!,
    });
    const ours: Readonly<Record<string, number>> = {
      "L*(T)-sigma2": optimum.excess,
      "eta*(0)": optimum.rate(0),
      "tau*=int eta": optimum.clock,
      "annealing window T-t_s": optimum.annealingWindow,
    };
    expect(Math.abs(ours[one.quantity] - (one.value as number))).toBeLessThan(one.tolerance);
  });

  it("at a constant rate (rf-18): F and the integral of K", () => {
    const one = featuresCases.find(({ id }) => id === "rf-18")!;
    const { bias, noiseBetween } = createRelaxation(createModes(featuresOfCase(one)), 10);
    const loss = 0.25 + bias(10) + 0.25 * 0.1 * noiseBetween(0, 10);
    expect(Math.abs(loss - (one.value as number))).toBeLessThan(one.tolerance);
  });

  const easy = (features: number, horizon: number, cap: number | null = null) =>
    additiveOptimum({
      modes: createModes({
        targetExponent: 3,
        spectrumExponent: 2,
        features,
        modes: features,
        labelNoise: 1,
      }),
      batchSize: 2,
      horizon,
      cap,
    });

  it.each([
    ["without a cap", null],
    ["under a cap", 0.05],
  ])("has a rate whose integral is the clock, %s", (_, cap) => {
    const optimum = easy(1000, 4000, cap);
    // The rate has a kink where the annealing begins.
    const begin = 4000 - optimum.annealingWindow;
    const sum = (cap ?? 0) * begin + integrate((t) => optimum.rate(t), begin, 4000, 12);
    expect(Math.abs(sum / optimum.clock - 1)).toBeLessThan(1e-6);
    expect(optimum.clockLeft(0)).toBeCloseTo(optimum.clock, 8);
    expect(optimum.clockLeft(4000 - optimum.edge)).toBeCloseTo(1, 9);
    if (cap) expect(Math.max(optimum.rate(0), optimum.rate(1000))).toBe(cap);
  });

  it("is stationary: its loss is the least of its neighbours' under the flow itself", () => {
    const modes = createModes({
      targetExponent: 1.5,
      spectrumExponent: 2,
      features: 50,
      modes: 50,
      labelNoise: 1,
    });
    const problem = { modes, batchSize: 1, horizon: 200, cap: 0.4 };
    const optimum = additiveOptimum(problem);
    const { bias, kernel } = createRelaxation(modes, 200);
    const steps = 4000;
    const h = 200 / steps;
    // L(T) of any rates: F(τ) + s2 ∫ η² K(χ) dt, by the midpoint rule.
    const best = Float64Array.from({ length: steps }, (_, i) => optimum.rate((i + 0.5) * h));
    const lossOf = (factor: (t: number) => number) => {
      let [left, noise] = [0, 0];
      for (let i = steps - 1; i >= 0; i--) {
        const eta = Math.min(0.4, best[i] * factor((i + 0.5) * h));
        noise += eta * eta * kernel(left + 0.5 * eta * h) * h;
        left += eta * h;
      }
      return bias(left) + noise;
    };
    expect(Math.abs(lossOf(() => 1) / optimum.excess - 1)).toBeLessThan(1e-6);
    for (const [centre, size] of [
      [195, 0.02],
      [195, -0.02],
      [150, -0.02],
      [20, -0.02],
    ]) {
      const bumped = lossOf((t) => 1 + size * Math.exp(-(((t - centre) / 8) ** 2)));
      expect(bumped).toBeGreaterThan(lossOf(() => 1));
    }
  });

  it("does not feel a cap above its peak", () => {
    const free = easy(1000, 4000);
    expect(easy(1000, 4000, free.rate(0) * 1.001).excess).toBe(free.excess);
    const tight = easy(1000, 4000, free.rate(0) * 0.9);
    expect(tight.excess).toBeGreaterThan(free.excess);
    expect(tight.excess).toBeLessThan(free.excess * 1.01);
  });

  it("reaches horizons of 10⁹ with the exponents of the easy phase, within their known drift", () => {
    for (const [a, b, loss, xi, ratio] of [
      [3, 2, 0.6603, 0.3317, 1.95],
      [2.5, 1.5, 0.5969, 0.399, 1.485],
      [4, 2, 0.7383, 0.4961, 2.85],
    ]) {
      const modes = createModes({
        targetExponent: a,
        spectrumExponent: b,
        features: 1e8,
        modes: 1e8,
        labelNoise: 1,
      });
      const [early, late] = [1e8, 1e9].map((horizon) =>
        additiveOptimum({ modes, batchSize: 1, horizon, cap: null }),
      );
      expect(Math.abs(Math.log10(early.excess / late.excess) - loss)).toBeLessThan(1.5e-4);
      expect(Math.abs(Math.log10(early.rate(0) / late.rate(0)) - xi)).toBeLessThan(3e-4);
      const bias = createRelaxation(modes, late.clock).bias(late.clock);
      expect(Math.abs((late.excess - bias) / bias - ratio)).toBeLessThan(0.006);
      const limit = easyOptimum({
        targetExponent: a,
        spectrumExponent: b,
        horizon: 1e9,
        batchSize: 1,
        floor: modes.floor,
      });
      expect(late.excess / limit.excessLoss).toBeGreaterThan(0.9);
      expect(late.excess / limit.excessLoss).toBeLessThan(1);
      // δ by its drift-free test: d ln η/d ln χ = 1 − 1/(2b) for 1 ≪ χ ≪ τ.
      const t = [1e-3, 1e-2].map((share) => share * late.clock).map((chi) => timeAt(late, chi, 1e9));
      const slope =
        Math.log(late.rate(t[1]) / late.rate(t[0])) / Math.log(late.clockLeft(t[1]) / late.clockLeft(t[0]));
      expect(Math.abs(slope - (1 - 1 / (2 * b)))).toBeLessThan(0.002);
    }
  });

  it("has the window and loss of the hard phase", () => {
    for (const [a, b, window, loss] of [
      [1.5, 2, 0.8461, 0.2594],
      [2, 3, 0.821, 0.3431],
    ]) {
      const modes = createModes({
        targetExponent: a,
        spectrumExponent: b,
        features: 1e8,
        modes: 1e8,
        labelNoise: 1,
      });
      const [early, late] = [1e7, 1e8].map((horizon) =>
        additiveOptimum({ modes, batchSize: 1, horizon, cap: 0.5 }),
      );
      expect(Math.abs(Math.log10(late.annealingWindow / early.annealingWindow) - window)).toBeLessThan(
        1.5e-3,
      );
      expect(Math.abs(Math.log10(early.excess / late.excess) - loss)).toBeLessThan(1.5e-3);
      const exponents = { targetExponent: a, spectrumExponent: b };
      expect(late.annealingWindow).toBeLessThan(1e8);
      const limit = hardOptimum({ ...exponents, horizon: 1e8, batchSize: 1, floor: modes.floor }, 0.5);
      expect(late.annealingWindow / limit.annealingWindow).toBeGreaterThan(0.5);
      expect(late.annealingWindow / limit.annealingWindow).toBeLessThan(2);
      expect(window).toBeGreaterThan(trainingExponents(exponents).annealingWindowExponent);
    }
  });

  it.each([
    [3, 2],
    [1.25, 2.5],
  ])("in bins of 10 % is that of much finer ones to 2e-6: (%d, %d)", (a, b) => {
    const problem = { targetExponent: a, spectrumExponent: b, features: 1e6, modes: 1e6, labelNoise: 1 };
    const excess = (binning: Binning) =>
      additiveOptimum({ modes: createModes(problem, binning), batchSize: 1, horizon: 1e6, cap: null }).excess;
    const off = excess({}) / excess({ kept: 1000, ratio: 1.01 }) - 1;
    expect(Math.abs(off)).toBeLessThan(2e-6);
    expect(Math.abs(off)).toBeGreaterThan(1e-8);
  });

  it("refuses what has no answer", () => {
    const modes = createModes({
      targetExponent: 3,
      spectrumExponent: 2,
      features: 50,
      modes: 50,
      labelNoise: 0,
    });
    const problem = { modes, batchSize: 1, horizon: 100, cap: null };
    expect(() => additiveOptimum(problem)).toThrow(InvalidParameterError);
    expect(() => additiveOptimum({ ...problem, modes: { ...modes, floor: 1 }, horizon: 0 })).toThrow(
      InvalidParameterError,
    );
    expect(() => additiveOptimum({ ...problem, modes: { ...modes, floor: 1 }, cap: 0 })).toThrow(
      InvalidParameterError,
    );
  });
});

/** The time at which the clock left is χ. */
function timeAt({ clockLeft }: { clockLeft(t: number): number }, chi: number, horizon: number): number {
  let [low, high] = [0, horizon];
  for (let i = 0; i < 200; i++) {
    const middle = (low + high) / 2;
    if (clockLeft(middle) > chi) low = middle;
    else high = middle;
  }
  return low;
}
