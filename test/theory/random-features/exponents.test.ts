import { describe, expect, it } from "vitest";
import { InvalidParameterError } from "../../../src/core/errors";
import {
  biasPrefactor,
  constantOptimum,
  easyOptimum,
  kernelPrefactor,
  polynomialLossExponent,
  trainingExponents,
} from "../../../src/theory/random-features";
import { featuresCases } from "../../reference/features-cases";

const NAMES = {
  phase: "phase",
  xi: "rateExponent",
  delta: "decayExponent",
  lossOpt: "lossExponentOptimal",
  lossConst: "lossExponentConstant",
  xiConst: "constantRateExponent",
  lossPower: "lossExponentPowerLaw",
  window: "annealingWindowExponent",
  batchRamp: "batchRampExponent",
  stepsWithRamp: "stepsExponent",
  computeOpt: "computeExponent",
  Nopt: "featuresExponent",
  lossDANA: "lossExponentMomentum",
  lossZeroLabelNoiseConst: "noiselessExponentConstant",
  lossZeroLabelNoiseOpt: "noiselessExponentOptimal",
} as const;

const table = featuresCases.filter(({ system }) => system === "theory exponents");

describe("exponents", () => {
  it("has four reference tables", () => expect(table.length).toBe(4));
  it.each(table)("$id", ({ params, value, tolerance }) => {
    const exponents = trainingExponents({ targetExponent: params.a, spectrumExponent: params.b });
    const expected = value as unknown as Readonly<Record<keyof typeof NAMES, number | string>>;
    for (const [name, ours] of Object.entries(NAMES) as [keyof typeof NAMES, keyof typeof exponents][]) {
      if (name === "phase") expect(exponents.phase).toBe(expected.phase);
      else
        expect(Math.abs((exponents[ours] as number) - (expected[name] as number)), name).toBeLessThan(
          tolerance,
        );
    }
  });

  it("are continuous across the boundary a = b", () => {
    const at = (a: number) => trainingExponents({ targetExponent: a, spectrumExponent: 2 });
    const [hard, easy] = [at(2 - 1e-9), at(2)];
    expect([hard.phase, easy.phase]).toEqual(["hard", "easy"]);
    for (const name of Object.keys(easy) as (keyof typeof easy)[]) {
      // Momentum helps in the hard phase, up to the boundary.
      if (name === "phase") continue;
      expect(Math.abs((hard[name] as number) - (easy[name] as number)), name).toBeLessThan(1e-8);
    }
  });

  it.each([
    [4, 3, [0.5, 0.6, 2 / 3, 0.75, 0.75], [0, 0.5, 1, 2, 5]],
    [3, 2, [0.5, 0.6, 2 / 3, 2 / 3, 2 / 3], [0, 0.5, 1, 2, 3]],
  ])("of (1 − t/T)^d at (%d, %d)", (a, b, expected, decays) => {
    for (const [i, decay] of decays.entries()) {
      const exponent = polynomialLossExponent({ targetExponent: a, spectrumExponent: b }, decay);
      expect(exponent).toBeCloseTo(expected[i], 12);
    }
  });
});

describe("prefactors", () => {
  const exponents = { targetExponent: 3, spectrumExponent: 2 };
  it("are the limits of F and K", () => {
    const tau = 1e4;
    let [bias, kernel] = [0, 0];
    for (let k = 1; k < 1e6; k++) {
      const decay = Math.exp(-2 * k ** -2 * tau);
      bias += k ** -3 * decay;
      kernel += k ** -4 * decay;
    }
    // Euler-Maclaurin: corrections are exponentially small but for the end of the sums.
    bias += 1 / (2 * 1e12);
    expect(Math.abs((bias * tau) / biasPrefactor(exponents) - 1)).toBeLessThan(1e-6);
    expect(Math.abs((kernel * tau ** 1.5) / kernelPrefactor(exponents) - 1)).toBeLessThan(1e-6);
  });

  it("of the easy phase: noise to bias is a − 1, and the optimum is stationary", () => {
    const setting = { ...exponents, horizon: 1e9, batchSize: 4, floor: 0.5 };
    const { clock, excessLoss, peakRate } = easyOptimum(setting);
    const bias = biasPrefactor(exponents) / clock;
    expect(excessLoss / bias).toBeCloseTo(3, 12);
    expect(peakRate).toBeCloseTo((4 * clock) / 1e9, 15);
    // bias + S(τ)²s2/(mT), S = ∫√K ≈ √κ 2b τ^{1/(2b)}
    const loss = (tau: number) =>
      biasPrefactor(exponents) / tau +
      ((0.5 / 4) * (4 * Math.sqrt(kernelPrefactor(exponents)) * tau ** 0.25) ** 2) / 1e9;
    expect(loss(clock) / excessLoss).toBeCloseTo(1, 12);
    expect(loss(1.01 * clock)).toBeGreaterThan(loss(clock));
    expect(loss(0.99 * clock)).toBeGreaterThan(loss(clock));
  });

  it("of the constant rate are stationary", () => {
    const setting = { ...exponents, horizon: 1e6, batchSize: 2, floor: 0.5 };
    const { rate, excessLoss } = constantOptimum(setting);
    const loss = (eta: number) =>
      biasPrefactor(exponents) / (eta * 1e6) + (0.5 / 4) * eta * (Math.PI ** 2 / 6);
    expect(loss(rate)).toBeCloseTo(excessLoss, 14);
    expect(loss(1.01 * rate)).toBeGreaterThan(loss(rate));
    expect(loss(0.99 * rate)).toBeGreaterThan(loss(rate));
  });

  it.each([
    ["targetExponent", { targetExponent: 1 }],
    ["spectrumExponent", { spectrumExponent: 1 }],
    ["horizon", { horizon: 0 }],
    ["floor", { floor: 0 }],
  ])("refuse %s", (_, change) => {
    const setting = { ...exponents, horizon: 1e6, batchSize: 2, floor: 0.5, ...change };
    expect(() => easyOptimum(setting)).toThrow(InvalidParameterError);
    expect(() => constantOptimum(setting)).toThrow(InvalidParameterError);
  });
});
