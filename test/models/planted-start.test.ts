import { describe, expect, it } from "vitest";
import { createCovariance, pureCovariance } from "../../src/models/covariance";
import { checkPlantedStart, plantingOf } from "../../src/models/planted-start";
import { staticTemperature } from "../../src/models/static-temperature";

const field = createCovariance([
  { p: 1, variance: 0.1 },
  { p: 3, variance: 1 },
]);

describe("the static temperature", () => {
  it("is 1 for p = 2, and for p ≥ 3 where the stationary point of the maximum is", () => {
    expect(staticTemperature(pureCovariance(2))).toBeCloseTo(1, 14);
    for (const p of [3, 4, 6]) {
      // q Q′/Q = p gives −ln(1 − q) − q = q²/(p (1 − q)), and T² = Q p (1 − q)/q².
      let [low, high] = [0.1, 0.999];
      const condition = (q: number) => -Math.log1p(-q) - q - (q * q) / (p * (1 - q));
      for (let k = 0; k < 100; k++) {
        const middle = (low + high) / 2;
        if (condition(middle) > 0) low = middle;
        else high = middle;
      }
      expect(staticTemperature(pureCovariance(p))).toBeCloseTo(Math.sqrt((1 - low) * low ** (p - 2)), 10);
    }
    // Crisanti and Sommers (1992) give 0.586 in units with the variance p!/2 of the couplings.
    expect(staticTemperature(pureCovariance(3)) / Math.sqrt(2 / 3)).toBeCloseTo(0.58605, 4);
  });

  it("scales with the root of the variance, and does not exist beside a random field", () => {
    const scaled = createCovariance([{ p: 3, variance: 4 }]);
    expect(staticTemperature(scaled)).toBeCloseTo(2 * staticTemperature(pureCovariance(3)), 12);
    expect(staticTemperature(field)).toBe(Infinity);
  });
});

describe("a planted start", () => {
  it("is a signal of strength 1, or the start itself with 1/T0, or none", () => {
    const covariance = pureCovariance(3);
    expect(plantingOf({ covariance })).toBeUndefined();
    expect(plantingOf({ covariance, initialTemperature: null })).toBeUndefined();
    expect(plantingOf({ covariance, initialOverlap: 0.2 })).toEqual({ strength: 1, overlap: 0.2 });
    expect(plantingOf({ covariance, initialTemperature: 0.5 })).toEqual({ strength: 2, overlap: 1 });
  });

  it("is refused below the static temperature, beside a field and beside a signal, with the reason", () => {
    const covariance = pureCovariance(3);
    const check = (more: object) => () => checkPlantedStart({ covariance, ...more });
    expect(check({ initialTemperature: 0.4786 })).not.toThrow();
    expect(check({ initialTemperature: 0.4784 })).toThrow(
      /initialTemperature is 0.4784; allowed: at least 0.478511/,
    );
    expect(check({ initialTemperature: 0 })).toThrow(/initialTemperature/);
    expect(check({ initialTemperature: 1, initialOverlap: 0.1 })).toThrow(/signal/);
    expect(check({ initialTemperature: 1, covariance: field })).toThrow(/random field/);
    expect(check({ initialOverlap: 1.1 })).toThrow(/initialOverlap/);
  });
});
