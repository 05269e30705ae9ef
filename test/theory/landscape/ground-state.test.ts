import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Covariance, createCovariance, pureCovariance } from "../../../src/models/covariance";
import { findRoot } from "../../../src/numerics/roots";
import { groundStateLoss, thresholdLoss } from "../../../src/theory/landscape";

const seed = 20261122;
const mixture = (...terms: [p: number, variance: number][]) =>
  createCovariance(terms.map(([p, variance]) => ({ p, variance })));

/** Simpson's rule, independent of the quadrature under test. */
function simpson(f: (x: number) => number, low: number, high: number, cells = 400): number {
  const h = (high - low) / cells;
  let sum = 0;
  for (let k = 0; k < cells; k++) {
    const x = low + k * h;
    sum += (f(x) + 4 * f(x + h / 2) + f(x + h)) * (h / 6);
  }
  return sum;
}

function ternaryMinimum(f: (x: number) => number, low: number, high: number): number {
  let [a, b] = [low, high];
  for (let k = 0; k < 60; k++) {
    const [left, right] = [a + (b - a) / 3, b - (b - a) / 3];
    if (f(left) < f(right)) b = right;
    else a = left;
  }
  return f((a + b) / 2);
}

describe("ground state of the pure models", () => {
  it("is the zero of the complexity of minima", () => {
    for (const p of [3, 4, 5, 6, 12]) {
      // Auffinger, Ben Arous & Černý 2013, in units where the covariance is q^p: loss = u/√p.
      const edge = 2 * Math.sqrt((p - 1) / p);
      const complexity = (u: number) => {
        const root = Math.sqrt(u * u - edge * edge);
        const rate = (u / edge ** 2) * root - Math.log(u + root) + Math.log(edge);
        return 0.5 * Math.log(p - 1) - ((p - 2) / (4 * (p - 1))) * u * u - rate;
      };
      const u = findRoot(complexity, edge, 3 * edge);
      expect(Math.abs(groundStateLoss(pureCovariance(p)) + u / Math.sqrt(p))).toBeLessThan(1e-12);
    }
  });

  it("is −1 for p = 2 and scales with the square root of the variance", () => {
    // Exactly: it is printed.
    expect(groundStateLoss(pureCovariance(2))).toBe(-1);
    expect(groundStateLoss(mixture([2, 4]))).toBeCloseTo(-2, 14);
    expect(groundStateLoss(mixture([3, 4]))).toBeCloseTo(2 * groundStateLoss(pureCovariance(3)), 13);
  });

  it("lies below the threshold for p ≥ 3", () => {
    for (const p of [3, 4, 6, 20, 1000]) {
      expect(groundStateLoss(pureCovariance(p))).toBeLessThan(thresholdLoss(pureCovariance(p), 0)! - 0.01);
    }
  });
});

describe("ground state in a random field", () => {
  const inField = (variance: number) =>
    createCovariance([
      { p: 1, variance },
      { p: 3, variance: 1 },
    ]);

  it("is −sqrt(Q′(1)) where the field is strong, Q″(1) ≤ Q′(1), and above it where it is weak", () => {
    for (const variance of [1, 1.5, 7]) {
      expect(groundStateLoss(inField(variance))).toBeCloseTo(-Math.sqrt(1 + variance), 12);
    }
    for (const variance of [0.05, 0.5, 0.9]) {
      expect(groundStateLoss(inField(variance))).toBeGreaterThan(-Math.sqrt(1 + variance));
      expect(groundStateLoss(inField(variance))).toBeLessThan(groundStateLoss(inField(variance / 2)));
    }
    expect(groundStateLoss(createCovariance([{ p: 1, variance: 2 }]))).toBeCloseTo(-Math.sqrt(2), 14);
  });

  it("tends to that without a field", () => {
    expect(groundStateLoss(inField(1e-9))).toBeCloseTo(groundStateLoss(pureCovariance(3)), 8);
  });

  it("of p = 2 is −sqrt(Q′(1)) in any field: its replicas are symmetric", () => {
    const covariance = createCovariance([
      { p: 1, variance: 0.1 },
      { p: 2, variance: 1 },
    ]);
    expect(groundStateLoss(covariance)).toBeCloseTo(-Math.sqrt(1.1), 12);
  });
});

describe("ground state of mixtures", () => {
  it("with continuous breaking is −∫ sqrt(Q″)", () => {
    const [a, b] = [6, 0.5];
    const closed =
      Math.sqrt(a + 3 * b) / 2 + (a / (2 * Math.sqrt(3 * b))) * Math.asinh(Math.sqrt((3 * b) / a));
    expect(Math.abs(groundStateLoss(mixture([2, a], [4, b])) + closed)).toBeLessThan(1e-13);
  });

  // For a = 1 the best straight line is stable at s = 1 and fails only in the interior.
  it.each([1, 2])("continuous below one step agrees with that shape minimised directly, a = %d", (a) => {
    const covariance = mixture([2, a], [4, 1]);
    const f = covariance.second;
    const functional = (edge: number, slope: number) => {
      const top = 1 / Math.sqrt(f(edge));
      const chi = (s: number) => top - slope * (s - edge);
      const below = simpson((s) => Math.sqrt(f(s)), 0, edge);
      return below + simpson((s) => (f(s) * chi(s) + 1 / chi(s)) / 2, edge, 1);
    };
    // χ must stay concave at the joint.
    const flattest = (edge: number) => covariance.third(edge) / (2 * f(edge) ** 1.5);
    const steepest = (edge: number) => 0.999 / Math.sqrt(f(edge)) / (1 - edge);
    const best = ternaryMinimum(
      (edge) => ternaryMinimum((slope) => functional(edge, slope), flattest(edge), steepest(edge)),
      0,
      0.4,
    );
    expect(Math.abs(groundStateLoss(covariance) + best)).toBeLessThan(1e-8);
  });

  it("with two steps agrees with two kinks minimised directly", () => {
    const covariance = mixture([3, 1], [16, 1]);
    const functional = (kink: number, end: number, upper: number, lower: number) => {
      const chi = (s: number) => end + upper * Math.min(1 - s, 1 - kink) + lower * (1 - s);
      const integrand = (s: number) => (covariance.second(s) * chi(s) + 1 / chi(s)) / 2;
      return simpson(integrand, 0, kink, 40) + simpson(integrand, kink, 1, 160);
    };
    // Coordinate descent on a smooth function of four variables, restarted from a rough guess.
    let x = [0.8, 0.06, 0.5, 0.7];
    let [value, size] = [functional(...(x as [number, number, number, number])), 0.1];
    while (size > 1e-7) {
      let improved = false;
      for (let k = 0; k < 4; k++) {
        for (const sign of [-1, 1]) {
          const trial = x.map((y, j) => (j === k ? y * (1 + sign * size) : y));
          if (trial[0] >= 1) continue;
          const trialValue = functional(...(trial as [number, number, number, number]));
          if (trialValue < value) [x, value, improved] = [trial, trialValue, true];
        }
      }
      if (!improved) size /= 2;
    }
    expect(Math.abs(groundStateLoss(covariance) + value)).toBeLessThan(1e-7);
  });

  it("is bounded by the functional of every concave nonincreasing χ", () => {
    const cases: Covariance[] = [mixture([3, 1], [16, 1]), mixture([2, 2], [4, 1]), mixture([2, 1], [3, 1])];
    const minima = cases.map((covariance) => -groundStateLoss(covariance));
    const weight = fc.double({ min: 0, max: 2, noNaN: true });
    const end = fc.double({ min: 0.02, max: 2, noNaN: true });
    fc.assert(
      fc.property(end, weight, weight, weight, (c, w0, w1, w2) => {
        const chi = (s: number) => c + w0 * (1 - s) + w1 * Math.min(1 - s, 0.5) + w2 * Math.min(1 - s, 0.2);
        cases.forEach((covariance, k) => {
          const value = simpson((s) => (covariance.second(s) * chi(s) + 1 / chi(s)) / 2, 0, 1);
          expect(value).toBeGreaterThan(minima[k] - 1e-6);
        });
      }),
      { seed },
    );
  });
});
