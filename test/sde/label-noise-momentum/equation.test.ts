import { describe, expect, it } from "vitest";
import {
  alongManifold,
  fromModes,
  matrixFromModes,
  matrixToModes,
  pseudoInverse,
} from "../../../src/models/label-noise-momentum/curvature";
import { sensingBilinear } from "../../../src/models/label-noise-momentum/data";
import { descentOf, startOf } from "../../../src/models/label-noise-momentum/descent";
import { constantNoise, type NoisyDescent } from "../../../src/models/label-noise-momentum/loss";
import { limitMap, manifoldCurvature } from "../../../src/models/label-noise-momentum/manifold";
import type { OperatorKind } from "../../../src/models/label-noise-momentum/operators";
import { labelNoise, leastSquaresLoss } from "../../../src/models/label-noise-momentum/residuals";
import { valleyModel } from "../../../src/models/label-noise-momentum/valley";
import { createManifoldEquation } from "../../../src/sde/label-noise-momentum";
import { limitMapSecond } from "../../../src/theory/label-noise-momentum";
import { caseOf, numbersOf } from "../../reference/label-noise-cases";

const model = valleyModel(3);
const loss = leastSquaresLoss(model);
const point = Float64Array.of(1, 1, 2);
const curvature = manifoldCurvature(loss, point);
const SIGMA = (caseOf("drift_exact_0.5").params as unknown as { Sigma: number[][] }).Sigma.flat();
const general: NoisyDescent = { loss, noise: constantNoise(SIGMA) };
const byLabels: NoisyDescent = {
  loss,
  noise: {
    covariance(w, out) {
      labelNoise(model).covariance(w, out);
      for (let k = 0; k < out.length; k++) out[k] *= 0.2;
    },
    meanCovariance: labelNoise(model).meanCovariance,
  },
  labelNoise: 0.2,
};
const ball = (momentum: number) => ({ learningRate: 0.05, momentum });
const driftOf = (descent: NoisyDescent, momentum: number, operator?: OperatorKind) =>
  createManifoldEquation(descent, ball(momentum), operator).drift(point, curvature);

describe("reference drifts", () => {
  it.each([
    ["drift_exact_0.5", general, 0.5, "exact"],
    ["drift_exact_0.97", general, 0.97, "exact"],
    ["drift_unified_0.5", general, 0.5, "leading"],
    ["drift_unified_0.9", general, 0.9, "leading"],
    ["drift_label_0.5", byLabels, 0.5, "exact"],
    ["drift_label_lead_0.5", byLabels, 0.5, "leading"],
    ["drift_label_lead_0.9", byLabels, 0.9, "leading"],
  ] as const)("%s", (id, descent, momentum, operator) => {
    const { values, tolerance } = numbersOf(id);
    const found = driftOf(descent, momentum, operator);
    for (const [i, x] of values.entries()) expect(Math.abs(found[i] - x)).toBeLessThan(tolerance);
  });
});

describe("the drift is half the second derivative of the limit map", () => {
  it.each([0.5, 0.9, 0.97])("β = %f, general noise, to 1e-12; leading order to 4 percent", (momentum) => {
    const eta = 0.05;
    const S = Float64Array.from({ length: 36 }, (_, k) => {
      const [a, b] = [Math.floor(k / 6), k % 6];
      return SIGMA[(a % 3) * 3 + (b % 3)] * (a < 3 ? 1 : eta) * (b < 3 ? 1 : eta);
    });
    const half = limitMapSecond(loss, ball(momentum), point, S).map((x) => x / 2);
    const scale = Math.hypot(...half);
    const distance = (drift: Float64Array) => Math.hypot(...drift.map((x, i) => x - half[i])) / scale;
    expect(distance(driftOf(general, momentum))).toBeLessThan(1e-12);
    const leading = distance(driftOf(general, momentum, "leading"));
    expect(leading).toBeLessThan(0.04);
    // The print takes H^† for the inverse of the operator on Σ_TL: right for γ < 1/2 only.
    const printed = distance(printedDrift(ball(momentum)));
    expect(printed).toBeGreaterThan(1.5 * leading);
    if (momentum > 0.5) expect(printed).toBeGreaterThan(0.25);
  });

  /** The leading-order drift with the printed third term of eq. (6). */
  function printedDrift(heavyBall: { learningRate: number; momentum: number }): Float64Array {
    const { size, rank, values } = curvature;
    const zeros = size - rank;
    const sigma = matrixToModes(curvature, SIGMA);
    const h = 1 - heavyBall.momentum;
    const spread = heavyBall.learningRate / (2 * h * h);
    const inverse = sigma.map((x, k) => {
      const [i, j] = [Math.floor(k / size), k % size];
      if (i < zeros && j < zeros) return 0;
      const [a, b] = [values[i], values[j]];
      return i < zeros || j < zeros ? x / (a + b) : x / (a + b + spread * (a - b) ** 2);
    });
    const tangent = sigma.map((x, k) => (Math.floor(k / size) < zeros && k % size < zeros ? x : 0));
    const bend = (modes: Float64Array) => {
      const out = new Float64Array(size);
      loss.third(point, matrixFromModes(curvature, modes), out);
      return out;
    };
    const along = alongManifold(curvature, bend(inverse));
    const normal = pseudoInverse(curvature, bend(tangent));
    const r = (heavyBall.learningRate / h) ** 2;
    return along.map((x, i) => -0.5 * r * (x + normal[i]));
  }
});

describe("the noise along the manifold", () => {
  it("has the coefficient η/(1 − β), as differences of the limit map say; the printed one is larger by η", async () => {
    const heavyBall = ball(0.9);
    const kicked = createManifoldEquation(general, heavyBall).kick(point, curvature, () => 1);
    const [variance] = matrixToModes(curvature, SIGMA);
    const tangent = fromModes(curvature, [1, 0, 0]);
    const wanted = 0.5 * Math.sqrt(variance);
    expect(Math.abs(kicked.reduce((sum, x, i) => sum + x * tangent[i], 0))).toBeCloseTo(wanted, 12);
    // One kick z q of the noise moves π by z q and w by η z q.
    const limit = async (z: number) =>
      limitMap(loss, heavyBall, {
        momentum: tangent.map((x) => z * x),
        weights: point.map((x, i) => x + heavyBall.learningRate * z * tangent[i]),
      });
    const [up, down] = [await limit(1e-4), await limit(-1e-4)];
    const coefficient = up.reduce((sum, x, i) => sum + (x - down[i]) * tangent[i], 0) / 2e-4;
    expect(coefficient).toBeCloseTo(0.5, 6);
    expect(Math.abs(0.55 - coefficient)).toBeGreaterThan(0.04);
  });
  it("is none for label noise", () => {
    const kick = createManifoldEquation(byLabels, ball(0.9)).kick(point, curvature, () => 1);
    expect([...kick]).toEqual([0, 0, 0]);
  });
});

describe("the drift of matrix sensing to leading order", () => {
  it("is −(η/h)² (ε²/4)(8/(Pd²)) P_L S Y to 1e-10; with the printed 4, or P_L S P_L Y, it is not", async () => {
    const shape = { kind: "matrix-sensing", d: 3, rank: 1, samples: 5 } as const;
    const heavyBall = { learningRate: 0.05, momentum: 0.8 };
    const problem = {
      ...heavyBall,
      model: shape,
      noise: 0.1,
      start: "manifold" as const,
      projectStart: false,
      dataSeed: 20261122,
      threshold: 0.1,
    };
    const start = await startOf(problem);
    const descent = descentOf(problem);
    const at = manifoldCurvature(descent.loss, start);
    const found = createManifoldEquation(descent, heavyBall, "leading").drift(start, at);
    const { measurements: A } = sensingBilinear(shape, problem.dataSeed);
    /** (Σ A Aᵀ/P U, Σ AᵀA/P V). */
    const weighted = (w: Float64Array) => {
      const out = new Float64Array(18);
      for (let i = 0; i < 5; i++) {
        for (let j = 0; j < 3; j++) {
          for (let l = 0; l < 3; l++) {
            for (let m = 0; m < 3; m++) {
              const [row, column] = [
                A[i * 9 + j * 3 + m] * A[i * 9 + l * 3 + m],
                A[i * 9 + m * 3 + j] * A[i * 9 + m * 3 + l],
              ];
              for (let k = 0; k < 3; k++) {
                out[j * 3 + k] += (row / 5) * w[l * 3 + k];
                out[9 + j * 3 + k] += (column / 5) * w[9 + l * 3 + k];
              }
            }
          }
        }
      }
      return out;
    };
    const rate = (0.05 / 0.2) ** 2 / 4 / (5 * 9);
    const byHand = (factor: number, y: Float64Array) =>
      alongManifold(at, weighted(y)).map((x) => -factor * rate * x);
    const distance = (other: Float64Array) =>
      Math.hypot(...other.map((x, i) => x - found[i])) / Math.hypot(...found);
    expect(distance(byHand(8, start))).toBeLessThan(1e-10);
    expect(distance(byHand(4, start))).toBeCloseTo(0.5, 8);
    const twice = distance(byHand(8, alongManifold(at, start)));
    expect(twice).toBeGreaterThan(0.2);
  });
});
