import { describe, expect, it } from "vitest";
import { ConvergenceError, InvalidParameterError } from "../../../src/core/errors";
import {
  descentOf,
  isReducible,
  startCurvature,
  startOf,
  theoryDescentOf,
  theoryStart,
} from "../../../src/models/label-noise-momentum/descent";
import {
  checkHeavyBall,
  momentumOf,
  requireStable,
} from "../../../src/models/label-noise-momentum/heavy-ball";
import {
  curvatureAt,
  largestCurvature,
  limitMap,
  manifoldCurvature,
  projectOnManifold,
} from "../../../src/models/label-noise-momentum/manifold";
import type { MomentumModel, MomentumProblem } from "../../../src/models/label-noise-momentum/problem";
import { leastSquaresLoss } from "../../../src/models/label-noise-momentum/residuals";
import { valleyModel } from "../../../src/models/label-noise-momentum/valley";

const uv = { kind: "uv", n: 10, samples: 5, inputVariance: 1, activation: "linear" } as const;

const problemOf = (model: MomentumModel, rest: Partial<MomentumProblem> = {}): MomentumProblem => ({
  model,
  learningRate: 0.05,
  momentum: 0.8,
  noise: 0.5,
  start: "manifold",
  projectStart: false,
  dataSeed: 1,
  threshold: 0.1,
  ...rest,
});

const lengthOf = (x: Float64Array) => Math.hypot(...x);

describe("starts", () => {
  it.each([
    ["uv", uv],
    ["uv, tanh", { ...uv, activation: "tanh" }],
    ["uv, relu", { ...uv, activation: "relu" }],
    [
      "matrix-uv",
      {
        kind: "matrix-uv",
        n: 3,
        samples: 4,
        inputVariance: 1,
        inputDimension: 2,
        outputDimension: 2,
        rank: 1,
      },
    ],
    ["matrix-sensing", { kind: "matrix-sensing", d: 3, rank: 1, samples: 5 }],
    ["valley", { kind: "valley", dimension: 3, noiseCovariance: { hessian: 1 } }],
  ] as [string, MomentumModel][])("%s: on the manifold the loss is 0", async (_, model) => {
    const problem = problemOf(model);
    const { loss } = descentOf(problem);
    const start = await startOf(problem);
    expect(loss.value(start)).toBeLessThan(1e-24);
    manifoldCurvature(loss, start);
    const off = await startOf({ ...problem, start: "off" });
    expect(loss.value(off)).toBeGreaterThan(1e-6);
    expect(() => manifoldCurvature(loss, off)).toThrow(/projectStart/);
    if (model.kind === "uv" && model.activation !== "linear") return; // its weakest curvatures take 1e8 steps
    const projected = await startOf({ ...problem, start: "off", projectStart: true });
    expect(loss.value(projected)).toBeLessThan(1e-20);
  });

  it("vector UV on the manifold has |u|² = |v|² = n and keeps them in its two coordinates", async () => {
    const problem = problemOf(uv);
    const start = await startOf(problem);
    expect(lengthOf(start.subarray(0, 10)) ** 2).toBeCloseTo(10, 12);
    expect(lengthOf(start.subarray(10)) ** 2).toBeCloseTo(10, 12);
    const reduced = theoryStart(problem, start);
    expect(isReducible(problem)).toBe(true);
    expect(reduced[0]).toBeCloseTo(Math.sqrt(20), 12);
    expect(reduced[1]).toBeCloseTo(0, 12);
    const [whole, small] = [
      curvatureAt(descentOf(problem).loss, start),
      curvatureAt(theoryDescentOf(problem).loss, reduced),
    ];
    expect(small.values[1]).toBeCloseTo(whole.values[19], 12);
    expect([small.rank, whole.rank]).toEqual([1, 1]);
  });

  it("weights given are taken as they are, or moved; theories on the manifold refuse those off it", async () => {
    const model = { kind: "valley", dimension: 2, noiseCovariance: { hessian: 1 } } as const;
    const off = problemOf(model, { start: [1, 2] });
    expect([...(await startOf(off))]).toEqual([1, 2]);
    expect(() => startCurvature(off, Float64Array.of(1, 2))).toThrow(InvalidParameterError);
    await expect(startOf(problemOf(model, { start: [1] }))).rejects.toThrow(/2 finite numbers/);
    expect([...(await startOf(problemOf(model, { start: [0.5, 2] })))]).toEqual([0.5, 2]);
    const [x, y] = await startOf(problemOf(model, { start: [1, 2], projectStart: true }));
    expect(x * y).toBeCloseTo(1, 12);
  });

  it("a saddle is not taken for the manifold, nor a start whose descent ends on one", async () => {
    const model = { kind: "valley", dimension: 2, noiseCovariance: { hessian: 1 } } as const;
    for (const start of [
      [0, 0],
      [1, -1],
    ]) {
      const work = startOf(problemOf(model, { start, projectStart: true }));
      await expect(work).rejects.toMatchObject({ parameter: "start", value: start });
      await expect(work).rejects.toThrow(/the loss is 0\.500: a saddle/);
    }
    const saddle = problemOf(model, { start: [0, 0] });
    expect(() => startCurvature(saddle, Float64Array.of(0, 0))).toThrow(/a saddle/);
    expect(() => projectOnManifold(descentOf(saddle).loss, Float64Array.of(0, 0), 1)).toThrow(
      /could not be brought back/,
    );
  });

  it("a learning rate beyond stability is refused with the bound", async () => {
    // λ = 2 at the start, so that the bound is 2·1.8/2 = 1.8.
    await expect(startOf(problemOf(uv, { learningRate: 1.9 }))).rejects.toThrow(
      /learningRate is 1.9; allowed: below .* = 1.8,/,
    );
    await expect(startOf(problemOf(uv, { learningRate: 1.79 }))).resolves.toBeDefined();
  });

  it("the power method finds the largest curvature of many weights", async () => {
    const problem = problemOf(
      { kind: "matrix-sensing", d: 8, rank: 1, samples: 40 },
      { start: "off", learningRate: 1e-3 },
    );
    const { loss } = descentOf(problem);
    const start = await startOf(problem);
    expect(loss.size).toBe(128);
    const exact = curvatureAt(loss, start).values[127];
    expect(largestCurvature(loss, start) / exact).toBeGreaterThan(0.98);
    expect(largestCurvature(loss, start) / exact).toBeLessThan(1.0001);
  });
});

describe("the manifold", () => {
  const loss = leastSquaresLoss(valleyModel(3));

  it("projection ends on it, at the nearest point for small distances", () => {
    const on = Float64Array.of(1, 1, 2);
    const { curvature } = projectOnManifold(loss, on, 2);
    const off = on.map((x, i) => x + 1e-4 * curvature.vectors[i * 3 + 2]);
    const { w } = projectOnManifold(loss, off, 2);
    expect(loss.value(w)).toBeLessThan(1e-28);
    expect(Math.hypot(...w.map((x, i) => x - on[i]))).toBeLessThan(1e-7);
  });

  it("a rank that changes is an error that says so", () => {
    // r = (y, z x): the manifold y = z = 0 loses a curvature at x = 0.
    const crossing = leastSquaresLoss({
      size: 3,
      count: 2,
      scale: 1,
      residuals: (w, out) => {
        out[0] = w[1];
        out[1] = w[2] * w[0];
      },
      jacobian: (w, out) => out.set([0, 1, 0, w[2], 0, w[0]]),
      addSecond: (_, i, v, weight, out) => {
        if (i === 0) return;
        out[0] += weight * v[2];
        out[2] += weight * v[0];
      },
      secondTrace: (_, i, S) => (i === 0 ? 0 : 2 * S[2]),
    });
    expect(manifoldCurvature(crossing, Float64Array.of(1, 0, 0)).rank).toBe(2);
    expect(() => projectOnManifold(crossing, Float64Array.of(1e-7, 0, 0), 2)).toThrow(ConvergenceError);
    expect(() => projectOnManifold(crossing, Float64Array.of(1e-7, 0, 0), 2)).toThrow(
      /rank of the Hessian changes from 2 to 1/,
    );
  });

  it("the limit map comes to rest on the manifold, or says that it does not", async () => {
    const ball = { learningRate: 0.05, momentum: 0.9 };
    const weights = Float64Array.of(1.1, 1, 1.8);
    const limit = await limitMap(loss, ball, { weights });
    expect(loss.value(limit)).toBeLessThan(1e-28);
    await expect(limitMap(loss, { learningRate: 3, momentum: 0.9 }, { weights })).rejects.toThrow(
      ConvergenceError,
    );
    await expect(limitMap(loss, ball, { weights }, { most: 10 })).rejects.toThrow(/does not come to rest/);
  });
});

describe("the heavy ball at the door", () => {
  it.each([1, 1.2, -0.1, Number.NaN])("β = %f is refused", (momentum) => {
    expect(() => checkHeavyBall({ learningRate: 0.1, momentum })).toThrow(/momentum/);
    expect(() => momentumOf(momentum, 0.1)).toThrow(/momentum/);
  });
  it("the scaling law must give a momentum in [0, 1)", () => {
    expect(momentumOf({ prefactor: 0.2, exponent: 2 / 3 }, 0.001)).toBeCloseTo(0.998, 12);
    expect(() => momentumOf({ prefactor: 2, exponent: 0.1 }, 0.1)).toThrow(/at most η\^−γ/);
  });
  it("the bound of stability is in the message", () => {
    expect(() => requireStable({ learningRate: 4, momentum: 0.9 }, 1)).toThrow(/2\(1 \+ β\)\/λ = 3\.8/);
    requireStable({ learningRate: 3.79, momentum: 0.9 }, 1);
  });
});
