import { describe, expect, it } from "vitest";
import { ConvergenceError, InvalidParameterError } from "../../src/core/errors";
import { brentMinimum } from "../../src/numerics/minimum";

/** The accuracy of a position, as documented for the default tolerance. */
const near = (x: number, low: number, high: number) =>
  1e-8 * Math.max(Math.abs(x), 1e-3 * (high - low)) + Number.EPSILON * Math.abs(x);

interface Point {
  readonly x: number;
  readonly f: number;
}

/** Where Brent's procedure (1973, ch. 5) evaluates f: written as in the book, with e the step before last, d the last. */
function brentPoints(
  f: (x: number) => number,
  low: number,
  high: number,
  accuracy: (x: number) => number,
): readonly number[] {
  const share = 1 - (Math.sqrt(5) - 1) / 2;
  const taken: number[] = [];
  const evaluate = (x: number): Point => {
    taken.push(x);
    return { x, f: f(x) };
  };
  let [a, b, d, e] = [low, high, 0, 0];
  let x = evaluate(a + share * (b - a));
  let [w, v] = [x, x];
  for (;;) {
    const m = (a + b) / 2;
    const tol = accuracy(x.x);
    if (Math.abs(x.x - m) <= 2 * tol - (b - a) / 2) return taken;
    let [p, q, r] = [0, 0, 0];
    if (Math.abs(e) > tol) {
      r = (x.x - w.x) * (x.f - v.f);
      q = (x.x - v.x) * (x.f - w.f);
      p = (x.x - v.x) * q - (x.x - w.x) * r;
      q = 2 * (q - r);
      p = q > 0 ? -p : p;
      q = Math.abs(q);
      [r, e] = [e, d];
    }
    if (Math.abs(p) < Math.abs((q * r) / 2) && p > q * (a - x.x) && p < q * (b - x.x)) {
      d = p / q;
      const u = x.x + d;
      if (u - a < 2 * tol || b - u < 2 * tol) d = x.x < m ? tol : -tol;
    } else {
      e = (x.x < m ? b : a) - x.x;
      d = share * e;
    }
    const u = evaluate(x.x + (Math.abs(d) >= tol ? d : d > 0 ? tol : -tol));
    if (u.f <= x.f) {
      if (u.x < x.x) b = x.x;
      else a = x.x;
      [v, w, x] = [w, x, u];
    } else {
      if (u.x < x.x) a = u.x;
      else b = u.x;
      if (u.f <= w.f || w === x) [v, w] = [w, u];
      else if (u.f <= v.f || v === x || v === w) v = u;
    }
  }
}

describe("brentMinimum", () => {
  it.each<[string, (x: number) => number, number, number, number]>([
    ["(x − 1)²", (x) => (x - 1) ** 2, -3, 7, 1],
    ["x⁴ − x", (x) => x ** 4 - x, 0, 3, 0.25 ** (1 / 3)],
    ["|x − 0.3|", (x) => Math.abs(x - 0.3), -1, 1, 0.3],
    ["x ln x", (x) => x * Math.log(x), 0, 5, Math.exp(-1)],
    ["a minimum at the end", (x) => x, 2, 3, 2],
  ])("finds the minimum of %s to 1e-7", (_, f, low, high, position) => {
    const { x, value } = brentMinimum(f, low, high);
    expect(Math.abs(x - position)).toBeLessThan(1e-7);
    expect(value).toBe(f(x));
  });

  // Σ ((2i − 5)/(x − i²))², i = 1 … 20, has a minimum between each two of its poles: Brent's own example, ch. 5.
  const poles = (x: number) => {
    let sum = 0;
    for (let i = 1; i <= 20; i++) sum += ((2 * i - 5) / (x - i * i)) ** 2;
    return sum;
  };
  const CASES: readonly [name: string, f: (x: number) => number, low: number, high: number][] = [
    ...Array.from({ length: 19 }, (_, k): [string, typeof poles, number, number] => [
      `between poles ${k + 1} and ${k + 2}`,
      poles,
      (k + 1) ** 2,
      (k + 2) ** 2,
    ]),
    ["cosh", (x) => Math.cosh(x - 1), -3, 4],
    ["a kink, where parabolas fail", (x) => Math.abs(x - 0.3), -1, 1],
    ["a flat minimum", (x) => (x - 0.2) ** 8, -1, 1],
    ["a jump", (x) => (x < 0.7 ? 3 - x : x), 0, 2],
  ];

  it.each(CASES)("takes the points of Brent's procedure, %s", (_, f, low, high) => {
    const taken: number[] = [];
    brentMinimum(
      (x) => {
        taken.push(x);
        return f(x);
      },
      low,
      high,
    );
    const expected = brentPoints(f, low, high, (x) => near(x, low, high));
    expect(taken).toHaveLength(expected.length);
    for (const [k, x] of taken.entries()) {
      expect(Math.abs(x - expected[k])).toBeLessThan(0.01 * near(x, low, high));
    }
  });

  it("takes a third of the evaluations of golden sections, or less", () => {
    let calls = 0;
    const counted = (x: number) => {
      calls++;
      return poles(x);
    };
    let sections = 0;
    for (let k = 1; k <= 19; k++) {
      const [low, high] = [k ** 2, (k + 1) ** 2];
      const { x } = brentMinimum(counted, low, high);
      sections += Math.log((high - low) / (4 * near(x, low, high))) / Math.log((1 + Math.sqrt(5)) / 2);
    }
    expect(calls).toBeLessThan(sections / 3);
  });

  it("refuses an empty interval and stops on NaN", () => {
    expect(() => brentMinimum((x) => x, 1, 1)).toThrow(InvalidParameterError);
    expect(() => brentMinimum(() => Number.NaN, 0, 1)).toThrow(ConvergenceError);
  });
});
