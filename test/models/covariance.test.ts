import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { InvalidParameterError } from "../../src/core/errors";
import { channels, createCovariance, pureCovariance } from "../../src/models/covariance";

const seed = 20261122;
const term = fc.record({
  p: fc.integer({ min: 2, max: 12 }),
  variance: fc.double({ min: 0.01, max: 10, noNaN: true }),
});
const terms = fc.array(term, { minLength: 1, maxLength: 4 });
const overlap = fc.double({ min: -1, max: 1, noNaN: true });

describe("covariance polynomial", () => {
  it("is the sum of variance·q^p/p with its derivatives", () => {
    fc.assert(
      fc.property(terms, overlap, (list, q) => {
        const covariance = createCovariance(list);
        const sum = (f: (p: number) => number) => list.reduce((s, t) => s + t.variance * f(t.p), 0);
        expect(covariance.value(q)).toBeCloseTo(
          sum((p) => q ** p / p),
          12,
        );
        expect(covariance.first(q)).toBeCloseTo(
          sum((p) => q ** (p - 1)),
          11,
        );
        expect(covariance.second(q)).toBeCloseTo(
          sum((p) => (p - 1) * q ** (p - 2)),
          10,
        );
        expect(covariance.third(q)).toBeCloseTo(
          sum((p) => (p > 2 ? (p - 1) * (p - 2) * q ** (p - 3) : 0)),
          9,
        );
      }),
      { seed },
    );
  });

  it("has the coefficients of both derivatives, by ascending power", () => {
    for (const list of [
      ...[2, 3, 4, 5, 6].map((p) => [{ p, variance: 1.7 }]),
      [
        { p: 2, variance: 2 },
        { p: 3, variance: 0.5 },
      ],
    ]) {
      const covariance = createCovariance(list);
      const evaluate = (coefficients: Float64Array, q: number) =>
        coefficients.reduce((sum, coefficient, k) => sum + coefficient * q ** k, 0);
      for (const q of [-1, -0.3, 0, 0.2, 0.7, 1]) {
        expect(evaluate(covariance.firstCoefficients, q)).toBeCloseTo(covariance.first(q), 13);
        expect(evaluate(covariance.secondCoefficients, q)).toBeCloseTo(covariance.second(q), 13);
      }
    }
  });

  it("merges equal p and sorts", () => {
    const covariance = createCovariance([
      { p: 4, variance: 1 },
      { p: 2, variance: 2 },
      { p: 4, variance: 0.5 },
    ]);
    expect(covariance.terms).toEqual([
      { p: 2, variance: 2 },
      { p: 4, variance: 1.5 },
    ]);
    expect(covariance.label).toBe("2·q^2/2 + 1.5·q^4/4");
  });

  it("splits into channels that add up", () => {
    const covariance = createCovariance([
      { p: 2, variance: 2 },
      { p: 5, variance: 0.5 },
    ]);
    const parts = channels(covariance);
    expect(parts.map((part) => part.label)).toEqual(["2·q^2/2", "0.5·q^5/5"]);
    expect(parts[0].first(0.6) + parts[1].first(0.6)).toBeCloseTo(covariance.first(0.6), 15);
  });

  it("of the pure model is q^p/p", () => {
    expect(pureCovariance(3).value(0.5)).toBeCloseTo(0.125 / 3, 15);
    expect(pureCovariance(3).label).toBe("q^3/3");
  });

  it("of a random field is linear", () => {
    const field = createCovariance([
      { p: 1, variance: 0.3 },
      { p: 3, variance: 1 },
    ]);
    expect([field.value(0.5), field.first(0.5), field.second(0.5)]).toEqual([0.15 + 0.125 / 3, 0.55, 1]);
    expect(createCovariance([{ p: 1, variance: 0.3 }]).second(0.5)).toBe(0);
  });

  it("names the wrong parameter", () => {
    const good = { p: 3, variance: 1 };
    const cases: [() => unknown, string][] = [
      [() => createCovariance([]), "couplings"],
      [() => createCovariance([good, { p: 2.5, variance: 1 }]), "couplings[1].p"],
      [() => createCovariance([good, { p: 0, variance: 1 }]), "couplings[1].p"],
      [() => createCovariance([{ p: 3, variance: 0 }]), "couplings[0].variance"],
      [() => createCovariance([{ p: 3, variance: Number.NaN }], "terms"), "terms[0].variance"],
      [() => createCovariance([null as never]), "couplings[0]"],
      [() => pureCovariance(1), "p"],
      [() => pureCovariance(1e9), "p"],
      [() => pureCovariance(Number.NaN, "order"), "order"],
    ];
    for (const [make, parameter] of cases) {
      expect(make).toThrow(InvalidParameterError);
      expect(make).toThrow(expect.objectContaining({ parameter }));
    }
  });
});
