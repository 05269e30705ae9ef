import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { InvalidParameterError } from "../../../src/core/errors";
import { type Covariance, createCovariance, pureCovariance } from "../../../src/models/covariance";
import {
  dynamicTemperature,
  effectiveTemperature,
  ergodicityTemperature,
  fdtViolation,
  groundStateLoss,
  plateau,
  thresholdLoss,
  thresholdLosses,
  thresholdMultiplier,
} from "../../../src/theory/landscape";
import reference from "../../reference/statics.json";

const seed = 20261122;
const mixture = (...terms: [p: number, variance: number][]) =>
  createCovariance(terms.map(([p, variance]) => ({ p, variance })));
/** One-step, continuous, and continuous below one step. */
const MIXTURES = [mixture([2, 2], [3, 1]), mixture([3, 1], [4, 1]), mixture([2, 0.5], [4, 1])];
const CONTINUOUS = mixture([2, 6], [4, 0.5]);
const PARTLY_CONTINUOUS = mixture([2, 2], [4, 1]);

/** Slope of the threshold loss at T = 0 by polynomial extrapolation of difference quotients. */
function slope(covariance: Covariance): number {
  const zero = thresholdLoss(covariance, 0)!;
  const steps = [1, 2, 3, 4, 5, 6, 7, 8].map((k) => k * 0.002);
  const table = steps.map((h) => (thresholdLoss(covariance, h)! - zero) / h);
  for (let order = 1; order < steps.length; order++) {
    for (let k = 0; k + order < steps.length; k++) {
      const [a, b] = [steps[k], steps[k + order]];
      table[k] = (b * table[k] - a * table[k + 1]) / (b - a);
    }
  }
  return table[0];
}

describe("reference values of the pure models", () => {
  const quantities: Record<string, (covariance: Covariance, temperature: number) => number | undefined> = {
    q_th: plateau,
    z_inf: thresholdMultiplier,
    threshold_loss: thresholdLoss,
    threshold_loss_T0: thresholdLoss,
    threshold_z_T0: thresholdMultiplier,
    dynamic_temperature_Td: dynamicTemperature,
    ground_state_loss: groundStateLoss,
  };
  for (const { id, p, temperature, quantity, value, tolerance } of reference) {
    if (quantity in quantities) {
      it(id, () => {
        const computed = quantities[quantity](pureCovariance(p), temperature)!;
        // The reference is printed to twelve digits, which for z at T = 0 is coarser than its tolerance.
        expect(Math.abs(Number(computed.toPrecision(12)) - value)).toBeLessThanOrEqual(tolerance);
      });
    }
  }
  it("stat-p3-slope, by extrapolated differences", () => {
    const { value, tolerance } = reference.find((row) => row.id === "stat-p3-slope")!;
    expect(Math.abs(slope(pureCovariance(3)) - value)).toBeLessThanOrEqual(tolerance);
  });
});

describe("plateau and temperatures", () => {
  it("solves the marginality condition with the largest root, 1 at T = 0, none above T_d", () => {
    for (const covariance of [...MIXTURES, CONTINUOUS, pureCovariance(3), pureCovariance(12)]) {
      const highest = dynamicTemperature(covariance);
      for (const fraction of [1e-6, 0.1, 0.5, 0.9, 0.999]) {
        const temperature = fraction * highest;
        const q = plateau(covariance, temperature)!;
        expect(Math.abs(covariance.second(q) * (1 - q) ** 2 - temperature ** 2)).toBeLessThan(1e-14);
        for (let s = q + 1e-3; s < 1; s += 1e-3) {
          expect(Math.sqrt(covariance.second(s)) * (1 - s)).toBeLessThan(temperature);
        }
      }
      expect(plateau(covariance, 0)).toBe(1);
      expect(plateau(covariance, 1.0001 * highest)).toBeUndefined();
    }
  });

  it("takes the largest of three roots", () => {
    const covariance = mixture([2, 1], [40, 3]);
    const marginal = (s: number) => Math.sqrt(covariance.second(s)) * (1 - s);
    expect(marginal(0.8)).toBeLessThan(0.205);
    expect(marginal(0.95)).toBeGreaterThan(0.205);
    expect(plateau(covariance, 0.205)).toBeGreaterThan(0.95);
  });

  it("is 1 − T for p = 2", () => {
    for (const temperature of [0.01, 0.4, 0.99]) {
      expect(plateau(pureCovariance(2), temperature)).toBeCloseTo(1 - temperature, 13);
    }
  });

  it("T_d and the ergodicity temperature have their closed forms for pure p", () => {
    for (const p of [3, 4, 5, 6, 10, 50]) {
      const marginal = (2 / p) * Math.sqrt((p - 1) * ((p - 2) / p) ** (p - 2));
      const ergodic = Math.sqrt(((p - 2) / (p - 1)) ** (p - 2) / (p - 1));
      expect(Math.abs(dynamicTemperature(pureCovariance(p)) - marginal)).toBeLessThan(1e-13);
      expect(Math.abs(ergodicityTemperature(pureCovariance(p)) - ergodic)).toBeLessThan(1e-13);
    }
  });

  it("T_d of a mixture is the maximum found by brute force; continuous transitions have it at q = 0", () => {
    for (const covariance of [...MIXTURES, mixture([2, 1], [3, 4])]) {
      let [marginal, ergodic] = [Math.sqrt(covariance.second(0)), Math.sqrt(covariance.second(0))];
      for (let q = 1e-5; q < 1; q += 1e-5) {
        marginal = Math.max(marginal, Math.sqrt(covariance.second(q)) * (1 - q));
        ergodic = Math.max(ergodic, Math.sqrt((covariance.first(q) * (1 - q)) / q));
      }
      expect(Math.abs(dynamicTemperature(covariance) - marginal)).toBeLessThan(1e-9);
      expect(Math.abs(ergodicityTemperature(covariance) - ergodic)).toBeLessThan(1e-9);
    }
    expect(dynamicTemperature(CONTINUOUS)).toBe(Math.sqrt(6));
  });
});

describe("threshold loss", () => {
  it("of the pure models is −(z − T)/p, and 2·sqrt(p−1)/p at T = 0", () => {
    for (const p of [2, 3, 4, 6, 9]) {
      const covariance = pureCovariance(p);
      expect(Math.abs(thresholdLoss(covariance, 0)! + (2 * Math.sqrt(p - 1)) / p)).toBeLessThan(1e-14);
      for (const temperature of [1e-8, 0.03, 0.2, 0.7, 1.5]) {
        const z = thresholdMultiplier(covariance, temperature);
        expect(Math.abs(thresholdLoss(covariance, temperature)! + (z - temperature) / p)).toBeLessThan(1e-13);
      }
    }
  });

  it("obeys the corrected C.5", () => {
    for (const p of [3, 4, 6]) {
      for (const temperature of [0.05, 0.2, 0.3]) {
        const q = plateau(pureCovariance(p), temperature)!;
        const bracket = Math.sqrt((p - 1) * q ** (p - 2)) + (1 - q ** (p - 1)) / temperature - temperature;
        expect(Math.abs(thresholdLoss(pureCovariance(p), temperature)! + bracket / p)).toBeLessThan(1e-13);
      }
    }
  });

  it("starts with slope 1/2 for every p, not the printed (p−2)/p", () => {
    for (const p of [2, 3, 4, 6]) {
      const measured = slope(pureCovariance(p));
      expect(Math.abs(measured - 0.5)).toBeLessThan(1e-10);
      if (p !== 4) expect(Math.abs(measured - (p - 2) / p)).toBeGreaterThan(0.1);
    }
  });

  it("of one-step mixtures starts with the slope of the expanded one-step formula, below 1/2", () => {
    for (const covariance of MIXTURES) {
      const [v, d, f, g] = (["value", "first", "second", "third"] as const).map((name) =>
        covariance[name](1),
      );
      const jumpSlope = (g * (f / d - 1)) / (2 * f * f) - (g / d - (f / d) ** 2 + 1) / f;
      const expected = 1.5 - d / f - (g * d) / (2 * f * f) - v * jumpSlope;
      expect(Math.abs(slope(covariance) - expected)).toBeLessThan(1e-9);
      expect(expected).toBeLessThan(0.499);
    }
  });

  it("of continuous mixtures starts with slope 1/2 from the ground state", () => {
    expect(Math.abs(slope(CONTINUOUS) - 0.5)).toBeLessThan(1e-9);
    expect(Math.abs(thresholdLoss(CONTINUOUS, 0)! - groundStateLoss(CONTINUOUS))).toBeLessThan(1e-13);
  });

  it("is continuous down to T = 0", () => {
    for (const covariance of [...MIXTURES, CONTINUOUS, PARTLY_CONTINUOUS, pureCovariance(3)]) {
      const zero = thresholdLosses(covariance, 0)!;
      for (const temperature of [1e-12, 1e-8, 1e-5]) {
        thresholdLosses(covariance, temperature)!.forEach((loss, k) => {
          expect(Math.abs(loss - zero[k])).toBeLessThan(2 * temperature + 1e-14);
        });
      }
    }
  });

  it("by channels satisfies z = T − Σ p·l_p in every phase", () => {
    const temperature = fc.double({ min: 0, max: 3, noNaN: true });
    const variance = fc.double({ min: 0.1, max: 5, noNaN: true });
    fc.assert(
      fc.property(variance, variance, fc.integer({ min: 3, max: 8 }), temperature, (a, b, p, t) => {
        const covariance = mixture([2, a], [p, b]);
        const losses = thresholdLosses(covariance, t);
        if (losses === undefined) return;
        const z = thresholdMultiplier(covariance, t);
        expect(Math.abs(z - (t - 2 * losses[0] - p * losses[1])) / (1 + z)).toBeLessThan(1e-12);
      }),
      { seed },
    );
  });

  it("of the 2+3 mixture is the one-step value, not the sum of separate channels", () => {
    const [two, three] = thresholdLosses(mixture([2, 2], [3, 1]), 0.5)!;
    expect(two).toBeCloseTo(-1.03563, 5);
    expect(three).toBeCloseTo(-0.43159, 5);
  });

  it("of a mixture continuous below one step joins its two neighbours continuously", () => {
    // One step for b ≥ a, continuous for 6b ≤ a, in a·q²/2 + b·q⁴/4 at T = 0.
    for (const edge of [1, 6]) {
      const [below, above] = [edge * (1 - 1e-7), edge * (1 + 1e-7)].map(
        (b) => thresholdLoss(mixture([2, 6], [4, b]), 0)!,
      );
      expect(Math.abs(above - below)).toBeLessThan(1e-6);
    }
    for (const b of [1.5, 3, 5]) {
      const covariance = mixture([2, 6], [4, b]);
      expect(thresholdLoss(covariance, 0)!).toBeGreaterThan(groundStateLoss(covariance));
    }
  });

  it("above T_d is the equilibrium value", () => {
    const covariance = mixture([2, 2], [3, 1]);
    expect(thresholdLosses(covariance, 4)).toEqual([-1 / 4, -1 / 12]);
    expect(thresholdLoss(pureCovariance(3), 1)).toBeCloseTo(-1 / 3, 15);
    expect(thresholdMultiplier(pureCovariance(3), 1)).toBe(2);
  });

  it("is never below the ground state at T = 0, or there is none", () => {
    for (const p of [4, 8, 16, 30]) {
      for (const b of [0.05, 0.3, 1]) {
        const covariance = mixture([3, 1], [p, b]);
        expect(thresholdLoss(covariance, 0) ?? 0).toBeGreaterThan(groundStateLoss(covariance));
      }
    }
    expect(thresholdLoss(mixture([3, 1], [16, 1]), 0)).toBeUndefined();
  });
});

describe("fluctuation-dissipation violation", () => {
  it("of pure p is (p−2)(1−q)/q, with a finite effective temperature at T = 0", () => {
    for (const p of [2, 3, 5]) {
      for (const temperature of [0.05, 0.2]) {
        const q = plateau(pureCovariance(p), temperature)!;
        expect(fdtViolation(pureCovariance(p), temperature)).toBeCloseTo(((p - 2) * (1 - q)) / q, 13);
      }
      expect(fdtViolation(pureCovariance(p), 0)).toBe(0);
    }
    expect(effectiveTemperature(pureCovariance(3), 0)).toBeCloseTo(Math.SQRT2, 14);
    expect(effectiveTemperature(pureCovariance(2), 0.3)).toBe(Number.POSITIVE_INFINITY);
  });

  it("of mixtures is (1−q)(Q″/Q′ − 1/q)", () => {
    for (const covariance of MIXTURES) {
      const q = plateau(covariance, 0.3)!;
      const x = (1 - q) * (covariance.second(q) / covariance.first(q) - 1 / q);
      expect(fdtViolation(covariance, 0.3)).toBeCloseTo(x, 13);
      expect(effectiveTemperature(covariance, 0.3)).toBeCloseTo(0.3 / x, 11);
    }
  });

  it("reaches 1 exactly at the ergodicity temperature, and is 1 above T_d", () => {
    for (const covariance of [pureCovariance(3), pureCovariance(6), mixture([3, 1], [4, 1])]) {
      expect(fdtViolation(covariance, ergodicityTemperature(covariance))).toBeCloseTo(1, 11);
      expect(fdtViolation(covariance, 2 * dynamicTemperature(covariance))).toBe(1);
      expect(effectiveTemperature(covariance, 2)).toBe(2);
    }
  });

  it("has no single value where the state is continuous", () => {
    expect(fdtViolation(CONTINUOUS, 0.1)).toBeUndefined();
    expect(effectiveTemperature(CONTINUOUS, 0.1)).toBeUndefined();
  });
});

it("nothing is claimed of aging in a random field", () => {
  const field = createCovariance([
    { p: 1, variance: 0.3 },
    { p: 3, variance: 1 },
  ]);
  for (const temperature of [0, 0.2, 2]) {
    expect(plateau(field, temperature)).toBeUndefined();
    expect(thresholdLoss(field, temperature)).toBeUndefined();
    expect(fdtViolation(field, temperature)).toBeUndefined();
    expect(effectiveTemperature(field, temperature)).toBeUndefined();
    expect(() => thresholdMultiplier(field, temperature)).toThrow(/covariance is .*random field/);
  }
  expect(() => dynamicTemperature(field)).toThrow(/random field/);
  expect(() => ergodicityTemperature(field)).toThrow(/random field/);
});

it("a negative temperature is refused by name", () => {
  for (const f of [plateau, thresholdMultiplier, thresholdLoss, fdtViolation, effectiveTemperature]) {
    expect(() => f(pureCovariance(3), -0.1)).toThrow(InvalidParameterError);
    expect(() => f(pureCovariance(3), Number.NaN)).toThrow(/^temperature is NaN/);
  }
});
