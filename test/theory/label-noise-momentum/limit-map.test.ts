import { describe, expect, it } from "vitest";
import { pseudoInverse } from "../../../src/models/label-noise-momentum/curvature";
import { limitMap, manifoldCurvature } from "../../../src/models/label-noise-momentum/manifold";
import { leastSquaresLoss } from "../../../src/models/label-noise-momentum/residuals";
import { valleyModel } from "../../../src/models/label-noise-momentum/valley";
import { limitMapFirst, limitMapSecond } from "../../../src/theory/label-noise-momentum";
import { numbersOf } from "../../reference/label-noise-cases";

const loss = leastSquaresLoss(valleyModel(3));
const point = Float64Array.of(1, 1, 2);

/** Φ at a displacement (π, w) from (0, point). */
const displaced = (ball: { learningRate: number; momentum: number }, x: ArrayLike<number>, amount: number) =>
  limitMap(loss, ball, {
    momentum: Float64Array.from({ length: 3 }, (_, i) => amount * x[i]),
    weights: point.map((y, i) => y + amount * x[3 + i]),
  });

const balls = [
  { learningRate: 0.05, momentum: 0.5 },
  { learningRate: 0.1, momentum: 0.9 },
  { learningRate: 0.3, momentum: 0 },
];

describe("first derivatives of the limit map", () => {
  it("dPhi_dpi", () => {
    const { momentum } = limitMapFirst(loss, { learningRate: 0.05, momentum: 0.9 }, point);
    const { values, tolerance } = numbersOf("dPhi_dpi");
    for (const [k, x] of values.entries()) expect(Math.abs(momentum[k] - x)).toBeLessThan(tolerance);
  });
  it.each(balls)(
    "η = $learningRate, β = $momentum: against differences of the iterated map",
    async (ball) => {
      const { weights, momentum } = limitMapFirst(loss, ball, point);
      for (let a = 0; a < 6; a++) {
        const x = Array.from({ length: 6 }, (_, k) => (k === a ? 1 : 0));
        const [up, down] = [await displaced(ball, x, 1e-4), await displaced(ball, x, -1e-4)];
        for (let i = 0; i < 3; i++) {
          const found = (up[i] - down[i]) / 2e-4;
          const wanted = a < 3 ? momentum[i * 3 + a] : weights[i * 3 + a - 3];
          expect(Math.abs(found - wanted)).toBeLessThan(2e-7);
        }
      }
    },
  );
});

describe("second derivatives of the limit map", () => {
  const directions = [
    [0.3, -0.2, 0.5, 0, 0, 0],
    [0, 0, 0, 0.4, 0.1, -0.3],
    [0.2, 0.1, -0.4, 0.3, -0.5, 0.2],
    [0, 0, 0, 1, -1, 2],
  ];
  it.each(balls)(
    "η = $learningRate, β = $momentum: against second differences, along all of phase space",
    async (ball) => {
      for (const x of directions) {
        const S = Float64Array.from({ length: 36 }, (_, k) => x[Math.floor(k / 6)] * x[k % 6]);
        const found = limitMapSecond(loss, ball, point, S);
        const second = async (h: number) => {
          const [up, down] = [await displaced(ball, x, h), await displaced(ball, x, -h)];
          return point.map((y, i) => (up[i] - 2 * y + down[i]) / (h * h));
        };
        // Differences of h² and (2h)², without their common error.
        const [fine, coarse] = [await second(2e-3), await second(4e-3)];
        const scale = Math.hypot(...found);
        for (let i = 0; i < 3; i++) {
          const extrapolated = (4 * fine[i] - coarse[i]) / 3;
          expect(Math.abs(found[i] - extrapolated)).toBeLessThan(1e-6 * Math.max(scale, 0.1));
        }
      }
    },
  );

  it("along the manifold it is the curvature of the manifold, −H^† D²g", () => {
    const curvature = manifoldCurvature(loss, point);
    const tangent = Array.from({ length: 3 }, (_, i) => curvature.vectors[i * 3]);
    const S = new Float64Array(36);
    const square = new Float64Array(9);
    for (let i = 0; i < 3; i++) {
      for (let j = 0; j < 3; j++) square[i * 3 + j] = S[(3 + i) * 6 + 3 + j] = tangent[i] * tangent[j];
    }
    const bend = new Float64Array(3);
    loss.third(point, square, bend);
    const wanted = pseudoInverse(curvature, bend);
    const found = limitMapSecond(loss, balls[1], point, S);
    for (let i = 0; i < 3; i++) expect(found[i]).toBeCloseTo(-wanted[i], 12);
  });
});
