import { describe, expect, it } from "vitest";
import { bilinearModel, createBilinearGradient } from "../../../src/models/label-noise-momentum/bilinear";
import { matrixUvBilinear, sensingBilinear, uvInputs } from "../../../src/models/label-noise-momentum/data";
import { networkOf } from "../../../src/models/label-noise-momentum/network";
import {
  labelNoise,
  leastSquaresLoss,
  type ResidualModel,
} from "../../../src/models/label-noise-momentum/residuals";
import { type Activation, twoLayerModel } from "../../../src/models/label-noise-momentum/two-layer";
import { quadraticLoss, valleyModel } from "../../../src/models/label-noise-momentum/valley";

const inputs = uvInputs({ kind: "uv", n: 3, samples: 2, inputVariance: 1.3, activation: "tanh" }, 7);
const network = (activation: Activation) =>
  twoLayerModel({ width: 3, dimension: 1, activation, inputs, targets: new Float64Array(2) });
const mlp = {
  kind: "mlp",
  n: 3,
  samples: 4,
  inputDimension: 2,
  inputVariance: 1.3,
  activation: "tanh",
  teacherWidth: 2,
  testSamples: 10,
} as const;
const matrixUv = {
  kind: "matrix-uv",
  n: 2,
  samples: 2,
  inputVariance: 0.8,
  inputDimension: 2,
  outputDimension: 3,
  rank: 1,
} as const;
const models: readonly (readonly [string, ResidualModel])[] = [
  ["valley in the plane", valleyModel(2)],
  ["valley in space", valleyModel(3)],
  ["vector UV", network("linear")],
  ["vector UV, tanh", network("tanh")],
  ["vector UV, ReLU", network("relu")],
  ["network with two inputs, tanh", twoLayerModel(networkOf(mlp, 7))],
  ["matrix UV", bilinearModel(matrixUvBilinear(matrixUv, 7))],
  [
    "matrix sensing",
    bilinearModel(sensingBilinear({ kind: "matrix-sensing", d: 2, rank: 1, samples: 3 }, 7)),
  ],
];

/** Central differences of a vector function along every weight, row j the derivative by w_j. */
function differences(f: (w: Float64Array) => Float64Array, w: Float64Array, h = 1e-4): Float64Array[] {
  return Array.from(w, (_, j) => {
    const [ahead, behind] = [w.slice(), w.slice()];
    ahead[j] += h;
    behind[j] -= h;
    const [up, down] = [f(ahead).slice(), f(behind)];
    return up.map((x, i) => (x - down[i]) / (2 * h));
  });
}

function expectClose(found: ArrayLike<number>, wanted: ArrayLike<number>, tolerance: number): void {
  for (let i = 0; i < wanted.length; i++) expect(Math.abs(found[i] - wanted[i])).toBeLessThan(tolerance);
}

describe("derivatives by hand against differences", () => {
  it.each(models)("%s", (_, model) => {
    const loss = leastSquaresLoss(model);
    const D = loss.size;
    const w = Float64Array.from({ length: D }, (_, i) => Math.sin(2 * i + 1));
    const S = Float64Array.from({ length: D * D }, (_, k) => {
      const [i, j] = [Math.floor(k / D), k % D];
      return Math.cos(i + j) + Math.sin(i * j) + (i === j ? 1 : 0);
    });
    const value = (x: Float64Array) => Float64Array.of(loss.value(x));
    const gradient = (x: Float64Array) => {
      const out = new Float64Array(D);
      loss.gradient(x, out);
      return out;
    };
    const hessian = (x: Float64Array) => {
      const out = new Float64Array(D * D);
      loss.hessian(x, out);
      return out;
    };
    const third = new Float64Array(D);
    loss.third(w, S, third);
    expectClose(
      gradient(w),
      differences(value, w).map(([x]) => x),
      3e-8,
    );
    expectClose(
      hessian(w),
      differences(gradient, w).flatMap((row) => [...row]),
      3e-8,
    );
    const contracted = differences(hessian, w).map((row) => row.reduce((sum, x, k) => sum + x * S[k], 0));
    expectClose(third, contracted, 1e-6);
  });

  it("the fast gradient of a bilinear model is its gradient, with labels added", () => {
    const problem = matrixUvBilinear(matrixUv, 7);
    const loss = leastSquaresLoss(bilinearModel(problem));
    const w = Float64Array.from({ length: loss.size }, (_, i) => Math.cos(i));
    const [slow, fast] = [new Float64Array(loss.size), new Float64Array(loss.size)];
    const labels = problem.targets.map((_, i) => 0.1 * i);
    const shifted = { ...problem, targets: problem.targets.map((y, i) => y + labels[i]) };
    leastSquaresLoss(bilinearModel(shifted)).gradient(w, slow);
    createBilinearGradient(problem)(w, labels, fast);
    expectClose(fast, slow, 1e-13);
  });

  it("the modes have no third derivatives", () => {
    const out = Float64Array.of(1, 1);
    quadraticLoss([1, 2]).third(new Float64Array(2), Float64Array.of(1, 0, 0, 1), out);
    expect([...out]).toEqual([0, 0]);
  });
});

describe("label noise", () => {
  it.each(models.slice(0, 2))(
    "%s: covariance scale² JᵀJ, its mean over weights by sampled corners",
    (_, model) => {
      const D = model.size;
      const noise = labelNoise(model);
      const w = Float64Array.from({ length: D }, (_, i) => 1 + 0.3 * i);
      // The gradients are linear in w here: for a symmetric two-point law of the same covariance the mean is exact.
      const spread = Float64Array.from({ length: D }, (_, i) => 0.2 + 0.1 * i);
      const C = Float64Array.from({ length: D * D }, (_, k) => spread[Math.floor(k / D)] * spread[k % D]);
      const [up, down, mean] = [new Float64Array(D * D), new Float64Array(D * D), new Float64Array(D * D)];
      noise.covariance(
        w.map((x, i) => x + spread[i]),
        up,
      );
      noise.covariance(
        w.map((x, i) => x - spread[i]),
        down,
      );
      noise.meanCovariance(w, C, mean);
      expectClose(
        mean,
        up.map((x, k) => (x + down[k]) / 2),
        1e-13,
      );
    },
  );
});
