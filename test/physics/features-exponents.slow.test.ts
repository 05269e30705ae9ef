import { describe, expect, it } from "vitest";
import { bestOfFamily, optimalRates } from "../../src/control/random-features";
import { createModes } from "../../src/models/random-features";
import { trainingExponents } from "../../src/theory/random-features";
import { ratesOf } from "../reference/features-cases";

const ones = (horizon: number) => ratesOf(horizon, () => 1);
const model = (a: number, b: number, labelNoise: number) =>
  createModes(
    { targetExponent: a, spectrumExponent: b, features: 1e6, modes: 1e6, labelNoise },
    { exact: 64, ratio: 1.1 },
  );
const slope = (y: readonly number[]) => Math.log2(y[1] / y[0]);

describe("exponents of the exact recursion at T = 8192 to 16384", () => {
  it("without noise, (6, 2): constant −1.5, optimal −2.5, with a warm-up ~ 1/T", async () => {
    const modes = model(6, 2, 0);
    const { noiselessExponentConstant, noiselessExponentOptimal } = trainingExponents({
      targetExponent: 6,
      spectrumExponent: 2,
    });
    const constant: number[] = [];
    const optimal: number[] = [];
    const first: number[] = [];
    for (const horizon of [8192, 16384]) {
      const search = { family: "constant", cap: null, exponent: null, tolerance: 1e-4 } as const;
      constant.push((await bestOfFamily(modes, ones(horizon), search)).excess);
      const { excess, rate } = await optimalRates(modes, ones(horizon), { cap: null, tolerance: 1e-7 });
      optimal.push(excess);
      first.push(rate[0]);
    }
    expect(Math.abs(slope(constant) + noiselessExponentConstant)).toBeLessThan(0.01);
    expect(Math.abs(slope(optimal) + noiselessExponentOptimal)).toBeLessThan(0.04);
    expect(Math.abs(slope(first) + 1)).toBeLessThan(0.1);
  });

  it("with noise, (3, 2): constant −0.4973, its rate −0.5006, power law −0.5115, optimal −0.6375 on the way to −2/3", async () => {
    const modes = model(3, 2, 1);
    const found: Record<string, number[]> = { constant: [], rate: [], "power-law": [], optimal: [] };
    for (const horizon of [8192, 16384]) {
      for (const family of ["constant", "power-law"] as const) {
        const search = { family, cap: null, exponent: null, tolerance: 1e-4 };
        const { excess, amplitude } = await bestOfFamily(modes, ones(horizon), search);
        found[family].push(excess);
        if (family === "constant") found.rate.push(amplitude);
      }
      found.optimal.push((await optimalRates(modes, ones(horizon), { cap: null, tolerance: 1e-7 })).excess);
    }
    expect(Math.abs(slope(found.constant) + 0.4973)).toBeLessThan(0.003);
    expect(Math.abs(slope(found.rate) + 0.5006)).toBeLessThan(0.003);
    expect(Math.abs(slope(found["power-law"]) + 0.5115)).toBeLessThan(0.006);
    expect(Math.abs(slope(found.optimal) + 0.6375)).toBeLessThan(0.006);
    const { lossExponentOptimal, lossExponentConstant } = trainingExponents({
      targetExponent: 3,
      spectrumExponent: 2,
    });
    expect(-slope(found.optimal)).toBeLessThan(lossExponentOptimal);
    expect(-slope(found.optimal)).toBeGreaterThan(lossExponentConstant);
  });

  it("(1 − t/T)^(2b−1) against the optimum tends to 1 in the easy phase; constant and power law leave it in both", async () => {
    for (const [a, b] of [
      [3, 2],
      [1.5, 2],
    ]) {
      const modes = model(a, b, 1);
      const ratios: Record<string, number[]> = { polynomial: [], constant: [], "power-law": [] };
      for (const horizon of [512, 4096]) {
        const best = (await optimalRates(modes, ones(horizon), { cap: null, tolerance: 1e-7 })).excess;
        for (const family of ["polynomial", "constant", "power-law"] as const) {
          const exponent = family === "polynomial" ? 2 * b - 1 : null;
          const search = { family, cap: null, exponent, tolerance: 1e-4 };
          ratios[family].push((await bestOfFamily(modes, ones(horizon), search)).excess / best);
        }
      }
      for (const family of ["constant", "power-law"])
        expect(ratios[family][1]).toBeGreaterThan(1.05 * ratios[family][0]);
      if (a > b) expect(ratios.polynomial[1] - 1).toBeLessThan(0.7 * (ratios.polynomial[0] - 1));
    }
  });
});
