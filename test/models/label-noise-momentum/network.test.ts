import { describe, expect, it } from "vitest";
import { ConvergenceError } from "../../../src/core/errors";
import { dataNormals, normalStart } from "../../../src/models/label-noise-momentum/data";
import { interpolatingWeights } from "../../../src/models/label-noise-momentum/interpolation";
import { networkOf, networkTestError } from "../../../src/models/label-noise-momentum/network";
import type { MlpModel } from "../../../src/models/label-noise-momentum/problem";
import { leastSquaresLoss } from "../../../src/models/label-noise-momentum/residuals";
import { networkOutputs, twoLayerModel } from "../../../src/models/label-noise-momentum/two-layer";

const SEED = 20261122;
const mlp = (rest: Partial<MlpModel> = {}): MlpModel => ({
  kind: "mlp",
  n: 4,
  samples: 5,
  inputDimension: 3,
  inputVariance: 0.7,
  activation: "tanh",
  teacherWidth: 2,
  testSamples: 50,
  ...rest,
});

describe("a two-layer network and its data", () => {
  it("is (1/√n) Σ u_k tanh(v_k·x), and its teacher, in the place of the student, makes no error", () => {
    const model = mlp({ n: 2 });
    const network = networkOf(model, SEED);
    const w = normalStart(8, SEED);
    const out = new Float64Array(5);
    networkOutputs(network, w, out);
    const x = network.inputs;
    for (let a = 0; a < 5; a++) {
      const unit = (k: number) =>
        w[k] * Math.tanh([0, 1, 2].reduce((sum, j) => sum + w[2 + 3 * k + j] * x[3 * a + j], 0));
      expect(out[a]).toBeCloseTo((unit(0) + unit(1)) / Math.SQRT2, 14);
    }
    const teacher = dataNormals(8, SEED, "target");
    expect(leastSquaresLoss(twoLayerModel(network)).value(teacher)).toBe(0);
    expect(networkTestError(model, SEED)(teacher)).toBe(0);
  });

  it("has inputs of the mean square asked for, other ones in the test, and labels 0 without a teacher", () => {
    const many = networkOf(mlp({ samples: 20_000, teacherWidth: 0 }), SEED);
    const square = many.inputs.reduce((sum, x) => sum + x * x, 0) / 20_000;
    // 60,000 squares of normals of variance 0.7/3.
    expect(Math.abs(square - 0.7)).toBeLessThan(4 * 0.7 * Math.sqrt(2 / 60_000));
    expect(Math.max(...many.targets.map(Math.abs))).toBe(0);
    const silent = new Float64Array(16);
    const error = networkTestError(mlp({ testSamples: 5 }), SEED)(silent);
    const training = networkOf(mlp(), SEED).targets.reduce((sum, y) => sum + y * y, 0) / 5;
    expect(error).toBeGreaterThan(0);
    expect(Math.abs(error - training)).toBeGreaterThan(1e-5);
  });
});

describe("weights with zero loss", () => {
  it.each(["tanh", "relu", "linear"] as const)("%s: all residuals are 0 but for rounding", (activation) => {
    const model = twoLayerModel(networkOf(mlp({ n: 10, inputDimension: 5, activation }), SEED));
    const start = normalStart(model.size, SEED);
    const w = interpolatingWeights(model, start);
    const r = new Float64Array(5);
    model.residuals(w, r);
    expect(Math.hypot(...r)).toBeLessThan(1e-12);
    expect(Math.hypot(...w.map((x, i) => x - start[i]))).toBeLessThan(Math.hypot(...start));
  });

  it("one step of a residual that is linear is the shortest", () => {
    const line = {
      size: 3,
      count: 1,
      scale: 1,
      residuals: (w: Float64Array, out: Float64Array) => out.set([w[0] + 2 * w[1] - 2 * w[2] - 9]),
      jacobian: (_: Float64Array, out: Float64Array) => out.set([1, 2, -2]),
      addSecond: () => undefined,
      secondTrace: () => 0,
    };
    const w = interpolatingWeights(line, Float64Array.of(1, 0, 1));
    // From residual −10 along (1, 2, −2) by 10/9.
    expect([...w]).toEqual([1 + 10 / 9, 20 / 9, 1 - 20 / 9].map((x) => expect.closeTo(x, 13)));
  });

  it("that are not there are an error that says what to do", () => {
    const apart = {
      size: 1,
      count: 2,
      scale: 1,
      residuals: (w: Float64Array, out: Float64Array) => out.set([w[0] - 1, w[0] + 1]),
      jacobian: (_: Float64Array, out: Float64Array) => out.set([1, 1]),
      addSecond: () => undefined,
      secondTrace: () => 0,
    };
    expect(() => interpolatingWeights(apart, Float64Array.of(0.3))).toThrow(ConvergenceError);
  });
});
