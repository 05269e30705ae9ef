import { describe, expect, it } from "vitest";
import { type LbfgsOptions, lbfgs } from "../../src/numerics/lbfgs";
import { minimumSearch } from "../../src/numerics/minimum";

function minimise(
  f: (x: Float64Array) => { value: number; gradient: Float64Array },
  start: number[],
  options?: LbfgsOptions,
) {
  const search = lbfgs(Float64Array.from(start), options);
  let step = search.next();
  while (!step.done) step = search.next(f(step.value));
  return step.value;
}

const valley = ([x, y]: Float64Array) => ({
  value: (1 - x) ** 2 + 100 * (y - x * x) ** 2,
  gradient: Float64Array.from([-2 * (1 - x) - 400 * x * (y - x * x), 200 * (y - x * x)]),
});

describe("L-BFGS", () => {
  it("finds the end of Rosenbrock's valley", () => {
    const { x, settled, evaluations } = minimise(valley, [-1.2, 1], { tolerance: 1e-24 });
    expect(Math.hypot(x[0] - 1, x[1] - 1)).toBeLessThan(1e-8);
    expect(settled).toBe(true);
    expect(evaluations).toBeLessThan(100);
  });

  it("is done with a quadratic of ten scales in a hundred evaluations", () => {
    const scale = (i: number) => 10 ** (i / 3);
    const f = (x: Float64Array) => ({
      value: x.reduce((sum, xi, i) => sum + (scale(i) * (xi - i) ** 2) / 2, 0),
      gradient: x.map((xi, i) => scale(i) * (xi - i)),
    });
    const { x, evaluations } = minimise(f, new Array(10).fill(0), { tolerance: 1e-20 });
    for (const [i, xi] of x.entries()) expect(Math.abs(xi - i)).toBeLessThan(1e-8);
    expect(evaluations).toBeLessThan(150);
  });

  it("turns back from infinity, and stops at its evaluations", () => {
    const f = ([x]: Float64Array) => ({
      value: x < 2 ? -Math.log(2 - x) - 3 * x : Infinity,
      gradient: Float64Array.from([1 / (2 - x) - 3]),
    });
    expect(minimise(f, [0], { firstStep: 10 }).x[0]).toBeCloseTo(2 - 1 / 3, 5);
    const cut = minimise(valley, [-1.2, 1], { evaluations: 10 });
    expect([cut.evaluations, cut.settled]).toEqual([10, false]);
  });
});

describe("a search from outside", () => {
  it("asks for values one by one", () => {
    const search = minimumSearch(0, 4);
    let step = search.next();
    while (!step.done) step = search.next(Math.cosh(step.value - 1));
    expect(step.value.x).toBeCloseTo(1, 7);
    expect(step.value.value).toBeCloseTo(1, 14);
  });
});
