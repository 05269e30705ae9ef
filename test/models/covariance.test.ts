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

  it("fills arrays with the same numbers, up to count, also in place", () => {
    const q = Float64Array.from([-1, -0.3, 0, 0.2, 0.7, 1]);
    for (const list of [
      ...[2, 3, 4, 5, 6].map((p) => [{ p, variance: 1.7 }]),
      [
        { p: 2, variance: 2 },
        { p: 3, variance: 0.5 },
      ],
    ]) {
      const covariance = createCovariance(list);
      for (const [into, scalar] of [
        [covariance.firstInto, covariance.first],
        [covariance.secondInto, covariance.second],
      ] as const) {
        const out = new Float64Array(q.length).fill(99);
        into(q, out, 5);
        q.slice(0, 5).forEach((x, k) => {
          expect(Math.abs(out[k] - scalar(x))).toBeLessThan(1e-14);
        });
        expect(out[5]).toBe(99);
        const inPlace = q.slice();
        into(inPlace, inPlace, 5);
        expect([...inPlace.slice(0, 5)]).toEqual([...out.slice(0, 5)]);
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

  it("names the wrong parameter", () => {
    const good = { p: 3, variance: 1 };
    const cases: [() => unknown, string][] = [
      [() => createCovariance([]), "couplings"],
      [() => createCovariance([good, { p: 2.5, variance: 1 }]), "couplings[1].p"],
      [() => createCovariance([good, { p: 1, variance: 1 }]), "couplings[1].p"],
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
