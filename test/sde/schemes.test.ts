import { describe, expect, it } from "vitest";
import type { Stepper, StochasticEquation } from "../../src/sde/equation";
import { eulerMaruyama } from "../../src/sde/euler";
import { platen } from "../../src/sde/platen";

/** Three-point variables with the first five moments of a normal. */
const POINTS = [-Math.sqrt(3), 0, Math.sqrt(3)];
const WEIGHTS = [1 / 6, 2 / 3, 1 / 6];

/** E[f(y)] after one step from `start`, exactly: the sum over all outcomes of the three-point and two-point draws. */
function expectation(
  stepper: Stepper,
  start: number[],
  h: number,
  noises: number,
  f: (y: Float64Array) => number,
) {
  const pairs = (noises * (noises - 1)) / 2;
  let sum = 0;
  for (let outcome = 0; outcome < 3 ** noises * 2 ** pairs; outcome++) {
    let rest = outcome;
    let weight = 2 ** -pairs;
    const normals: number[] = [];
    const signs: number[] = [];
    for (let j = 0; j < noises; j++) {
      normals.push(POINTS[rest % 3]);
      weight *= WEIGHTS[rest % 3];
      rest = Math.floor(rest / 3);
    }
    for (let j = 0; j < pairs; j++) {
      signs.push(rest % 2 === 0 ? 1 : -1);
      rest = Math.floor(rest / 2);
    }
    const y = Float64Array.from(start);
    stepper(
      y,
      h,
      () => normals.shift()!,
      () => signs.shift()!,
    );
    sum += weight * f(y);
  }
  return sum;
}

/** The order of the local error, from steps h and h/2. */
function localOrder(error: (h: number) => number, h: number): number {
  return Math.log2(Math.abs(error(h) / error(h / 2)));
}

/** Y = sinh(x + μt + σW). */
const [mu, sigma, x0] = [0.4, 0.7, 0.3];
const hyperbolic: StochasticEquation = {
  size: 1,
  drift: (y, out) => {
    out[0] = mu * Math.sqrt(1 + y[0] ** 2) + 0.5 * sigma ** 2 * y[0];
  },
  diffusion: (y, out) => {
    out[0] = sigma * Math.sqrt(1 + y[0] ** 2);
  },
};
const firstMoment = (h: number) => Math.exp((sigma ** 2 * h) / 2) * Math.sinh(x0 + mu * h);
const secondMoment = (h: number) => (Math.exp(2 * sigma ** 2 * h) * Math.cosh(2 * (x0 + mu * h)) - 1) / 2;

/** dy = A y dt + B₁ y dW₁ + B₂ y dW₂, B₁ and B₂ not commuting. */
const A = [
  [-0.5, 0.8],
  [-0.3, 0.2],
];
const B = [
  [
    [0.6, 0.2],
    [0, -0.4],
  ],
  [
    [0.1, -0.5],
    [0.7, 0.3],
  ],
];
const linear: StochasticEquation = {
  size: 2,
  drift: (y, out) => {
    for (const i of [0, 1]) out[i] = A[i][0] * y[0] + A[i][1] * y[1];
  },
  diffusion: (y, out) => {
    for (const i of [0, 1]) for (const j of [0, 1]) out[i * 2 + j] = B[j][i][0] * y[0] + B[j][i][1] * y[1];
  },
};

/** E[y yᵀ] of the linear equation, dM = AM + MAᵀ + Σ B M Bᵀ, by its Taylor series. */
function linearMoment(start: number[], h: number): number[][] {
  const times = (x: number[][], y: number[][]) =>
    x.map((row) => y[0].map((_, j) => row[0] * y[0][j] + row[1] * y[1][j]));
  const flip = (x: number[][]) => [
    [x[0][0], x[1][0]],
    [x[0][1], x[1][1]],
  ];
  let term = start.map((x) => start.map((y) => x * y));
  let sum = term;
  for (let k = 1; k < 20; k++) {
    const parts = [times(A, term), times(term, flip(A)), ...B.map((b) => times(times(b, term), flip(b)))];
    term = term.map((row, i) => row.map((_, j) => (h / k) * parts.reduce((s, part) => s + part[i][j], 0)));
    sum = sum.map((row, i) => row.map((x, j) => x + term[i][j]));
  }
  return sum;
}

describe.each([
  ["Euler-Maruyama", eulerMaruyama, 2],
  ["Platen's scheme", platen, 3],
] as const)("%s", (_name, create, order) => {
  it(`has local weak order ${order} for a nonlinear equation`, () => {
    const stepper = create(hyperbolic);
    const start = [Math.sinh(x0)];
    for (const [f, exact] of [
      [(y: Float64Array) => y[0], firstMoment],
      [(y: Float64Array) => y[0] ** 2, secondMoment],
    ] as const) {
      const error = (h: number) => expectation(stepper, start, h, 1, f) - exact(h);
      expect(localOrder(error, 0.01)).toBeGreaterThan(order - 0.1);
      expect(localOrder(error, 0.01)).toBeLessThan(order + 0.6);
    }
  });

  it(`has local weak order ${order} for noises that do not commute`, () => {
    const stepper = create(linear);
    const start = [0.8, -0.5];
    for (const [i, j] of [
      [0, 0],
      [0, 1],
      [1, 1],
    ]) {
      const error = (h: number) =>
        expectation(stepper, start, h, 2, (y) => y[i] * y[j]) - linearMoment(start, h)[i][j];
      expect(localOrder(error, 0.01)).toBeGreaterThan(order - 0.1);
    }
  });
});
