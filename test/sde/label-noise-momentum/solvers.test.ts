import { describe, expect, it } from "vitest";
import { ConvergenceError } from "../../../src/core/errors";
import { startOf, theoryDescentOf, theoryStart } from "../../../src/models/label-noise-momentum/descent";
import { constantNoise, type NoisyDescent } from "../../../src/models/label-noise-momentum/loss";
import type { MomentumModel, MomentumProblem } from "../../../src/models/label-noise-momentum/problem";
import { labelNoiseDescent } from "../../../src/models/label-noise-momentum/residuals";
import { quadraticLoss } from "../../../src/models/label-noise-momentum/valley";
import {
  type ManifoldPath,
  solveManifoldDiffusion,
  solveManifoldDrift,
  solveMeanField,
  solveMomentClosure,
} from "../../../src/sde/label-noise-momentum";
import {
  relaxedWeight,
  stationaryModeCovariance,
  transientModeCovariance,
} from "../../../src/theory/label-noise-momentum";

const uv = { kind: "uv", n: 10, samples: 5, inputVariance: 1, activation: "linear" } as const;
const problemOf = (model: MomentumModel, rest: Partial<MomentumProblem> = {}): MomentumProblem => ({
  model,
  learningRate: 0.1,
  momentum: 1 - 0.1 ** 0.5,
  noise: 0.05,
  start: "manifold",
  projectStart: false,
  dataSeed: 1,
  threshold: 0.1,
  ...rest,
});
const setUp = async (problem: MomentumProblem) => ({
  descent: theoryDescentOf(problem),
  start: theoryStart(problem, await startOf(problem)),
});
const squareOf = (w: Float64Array) => w.reduce((sum, x) => sum + x * x, 0);

describe("drift of vector UV against its closed forms", () => {
  const problem = problemOf(uv);
  const { learningRate: eta, momentum: beta, noise } = problem;
  const rate = (eta ** 2 * noise ** 2) / (2 * 10 * 5 * (1 - beta) ** 2);

  it("leading order: the radius decays as exp(−2k/τ2)", async () => {
    const { descent, start } = await setUp(problem);
    const path = await solveManifoldDrift(descent, start, problem, { operator: "leading", until: 2e5 });
    for (const k of [1, 3000, 1.3e5, 2e5]) {
      const found = Math.log(squareOf(path.at(k)));
      expect(Math.abs(found - (Math.log(20) - 2 * rate * k))).toBeLessThan(1e-6);
    }
  });

  it("exact: ln N − aN falls linearly, a = ημ2/(2n(1 + β)); the step-halving error covers the true one", async () => {
    const { descent, start } = await setUp(problem);
    const path = await solveManifoldDrift(descent, start, problem, { operator: "exact", until: 2e5 });
    const a = eta / (2 * 10 * (1 + beta));
    for (const k of [1, 3000, 1.3e5, 2e5]) {
      const N = squareOf(path.at(k));
      const defect = Math.log(N) - a * N - (Math.log(20) - 20 * a - 2 * rate * k);
      expect(Math.abs(defect)).toBeLessThan(1e-6);
      const estimate = Math.abs(Math.log(squareOf(path.coarse!.at(k))) - Math.log(N));
      expect(Math.abs(defect)).toBeLessThan(estimate + 1e-12);
    }
    // The page of equations: 1.9574 exact, 1.9957 to leading order.
    expect(Math.log(squareOf(path.at(2e5)))).toBeCloseTo(1.9574, 4);
  });
});

describe("drift along a valley", () => {
  const problem = problemOf(
    { kind: "valley", dimension: 3, noiseCovariance: { hessian: 0.2 } },
    { momentum: 0.8 },
  );

  it("stays in the valley, lowers the trace of the Hessian, and has the order of the Euler paths as they get shorter", async () => {
    const { descent, start } = await setUp(problem);
    const until = 20_000;
    const path = await solveManifoldDrift(descent, start, problem, { operator: "exact", until });
    const end = path.at(until);
    expect(descent.loss.value(end)).toBeLessThan(1e-26);
    const apart = async (step: number) => {
      const { mean } = await solveManifoldDiffusion(descent, start, problem, {
        samples: 1,
        step,
        seed: 1,
        until,
      });
      const { series } = mean.sample([until]);
      return Math.hypot(...end.map((x, i) => x - series[`position[${i}]`][0]));
    };
    const [long, short] = [await apart(1000), await apart(500)];
    expect(long / short).toBeGreaterThan(1.9);
    expect(long / short).toBeLessThan(2.1);
    const traces = (
      await solveManifoldDiffusion(descent, start, problem, { samples: 1, step: 500, seed: 1, until })
    ).mean.sample([0, until]);
    expect(traces.series.hessianTrace[1]).toBeLessThan(traces.series.hessianTrace[0]);
  });

  it("a start off the valley, and a rank that changes on the way, are errors that say so", async () => {
    const { descent } = await setUp(problem);
    const method = { operator: "exact", until: 100 } as const;
    await expect(solveManifoldDrift(descent, Float64Array.of(1, 2, 2), problem, method)).rejects.toThrow(
      /projectStart/,
    );
    // Tr H = 1 + x² drives x to 0, where the curvature x² vanishes.
    const crossing = labelNoiseDescent({
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
    const strong = { ...problem, noise: 1 };
    const work = solveManifoldDrift(crossing, Float64Array.of(1, 0, 0), strong, {
      operator: "exact",
      until: 1000,
    });
    await expect(work).rejects.toThrow(ConvergenceError);
    await expect(work).rejects.toThrow(/rank of the Hessian changes from 2 to 1/);
    const { details } = await work.then(
      () => expect.unreachable(),
      (error: ConvergenceError) => error,
    );
    // What there is up to that point comes with the error.
    const { time, weights } = details.partial as ManifoldPath;
    expect(time.at(-1)).toBe(details.reached);
    expect(details.reached).toBeGreaterThan(10);
    expect(weights.at(-1)![0]).toBeLessThan(0.1);
  });
});

describe("drift of vector UV with tanh units", () => {
  // The weakest curvature is 1e-5 of the largest: rounding moves it by more than 1e-14 for ever.
  it("follows a stiff manifold whatever its end is", async () => {
    const tanh = { ...uv, n: 3, activation: "tanh" } as const;
    const problem = problemOf(tanh, { momentum: 0.9, noise: 0.1 });
    const { descent, start } = await setUp(problem);
    const radii = async (until: number) => {
      const path = await solveManifoldDrift(descent, start, problem, { operator: "exact", until });
      return [1000, 2000].map((k) => squareOf(path.at(k)));
    };
    const [one, other] = [await radii(2000), await radii(4000)];
    for (const [k, x] of one.entries()) expect(Math.abs(x - other[k])).toBeLessThan(1e-8);
  });
});

describe("the Gaussian closure", () => {
  it("does not let rounding grow along the manifold: weak noise follows the drift for 12 000 steps", async () => {
    const model = {
      kind: "mlp",
      n: 2,
      samples: 2,
      inputDimension: 2,
      inputVariance: 1,
      activation: "linear",
      teacherWidth: 1,
      testSamples: 1,
    } as const;
    const problem = problemOf(model, { momentum: 0.5, noise: 1e-3 });
    const { descent, start } = await setUp(problem);
    const until = 12_000;
    const path = await solveManifoldDrift(descent, start, problem, { operator: "exact", until });
    const end = path.at(until);
    const closure = await solveMomentClosure(descent, start, problem, { until });
    const moved = squareOf(end) - squareOf(start);
    // What is left is the spread and its shift of the mean, both of order ε² without a growth in time.
    expect(Math.abs((closure.radius.at(-1)! - squareOf(end)) / moved)).toBeLessThan(2e-3);
  });

  it.each([
    [0.5, 2364],
    [0.6, 895],
    [2 / 3, 540],
    [0.9, 321],
  ])("γ = %f, η = 0.01: first passage at step %i of the equations page", async (gamma, steps) => {
    const problem = problemOf(uv, { learningRate: 0.01, momentum: 1 - 0.2 * 0.01 ** gamma, noise: 0.5 });
    const { descent, start } = await setUp(problem);
    const path = await solveMomentClosure(descent, start, problem, { until: 3 * steps, level: 1 });
    expect(path.passage).toBe(steps);
    expect(path.isCut).toBe(true);
    expect(path.radius.every((x) => x > 0 && x < 20.01)).toBe(true);
    expect(path.hessianTrace![0]).toBeCloseTo(2, 12);
  });

  it("ends at the first step at which the fluctuations are larger than the mean", async () => {
    // One mode that forgets its start: mean and variance are known.
    const ball = { learningRate: 0.1, momentum: 0.5 };
    const mode: NoisyDescent = {
      loss: quadraticLoss([0.3]),
      noise: constantNoise([0.3]),
      labelNoise: 1,
    };
    const problem = { ...ball, noise: 0.2 };
    const path = await solveMomentClosure(mode, Float64Array.of(1), problem, { until: 500 });
    const isOver = (step: number) =>
      transientModeCovariance(ball, 0.3, 0.04 * 0.3, step).ww > relaxedWeight(ball, 0.3, step) ** 2;
    let first = 1;
    while (!isOver(first)) first++;
    expect(first).toBeGreaterThan(20);
    expect(path.isCut).toBe(true);
    expect(path.time.at(-1)).toBe(first - 1);
  });

  it("is exact for the modes, noise between them included", async () => {
    const model = { kind: "quadratic", curvatures: [0.5, 2], noiseCovariance: [2, 0.5, 0.5, 1] } as const;
    const problem = problemOf(model, { momentum: 0.9, noise: 0.3 });
    const { descent, start } = await setUp(problem);
    const until = 3000;
    const { radius, time } = await solveMomentClosure(descent, start, problem, { until });
    const variances = model.curvatures.map(
      (curvature, i) => transientModeCovariance(problem, curvature, 0.09 * [2, 1][i], 50).ww,
    );
    expect(radius[time.indexOf(50)]).toBeCloseTo(variances[0] + variances[1], 13);
    const late = model.curvatures.map(
      (curvature, i) => stationaryModeCovariance(problem, curvature, 0.09 * [2, 1][i]).ww,
    );
    expect(radius[until]).toBeCloseTo(late[0] + late[1], 13);
  });
});

describe("the mean field of vector UV", () => {
  const meanField = async (gamma: number, until: number, rest: Partial<MomentumProblem> = {}) => {
    const problem = problemOf(uv, {
      learningRate: 0.01,
      momentum: 1 - 0.2 * 0.01 ** gamma,
      noise: 0.5,
      ...rest,
    });
    return solveMeanField(uv, await startOf(problem), problem, { until, level: 1 });
  };

  it.each([
    [0.5, 2346, 2364],
    [0.6, 882, 895],
    [2 / 3, 532, 540],
    [0.9, 315, 321],
  ])(
    "γ = %f: 2|p||q| falls below 1 at step %i of the equations page, the radius at that of the Gaussian closure to 2 steps",
    async (gamma, product, gaussian) => {
      const path = await meanField(gamma, 3 * gaussian);
      // The page has the time of the crossing without its fraction, at most a step before ours.
      expect(Math.abs(path.time[path.product.findIndex((x) => x < 1)] - product - 0.5)).toBeLessThanOrEqual(
        0.5,
      );
      expect(Math.abs(path.passage - gaussian)).toBeLessThanOrEqual(2);
    },
  );

  it.each([0.1, 0.2])("ε = %f: decays at h(1 − √(1 − 2g)), but for g/2 of it", async (noise) => {
    const { time, product } = await meanField(0.5, 2000, { noise });
    const h = 0.2 * 0.1;
    const g = (noise ** 2 / 50) * (0.01 ** 2 / h ** 3);
    const k = 1500;
    const rate = Math.log(product[k] / product[k + 100]) / (time[k + 100] - time[k]);
    // S′ itself raises V by a factor 1 + g/2, which the stationary V does not have.
    const beyond = rate / (h * (1 - Math.sqrt(1 - 2 * g))) - 1;
    expect(Math.abs(beyond / (g / 2) - 1)).toBeLessThan(0.05);
  });

  it("ends where it does not hold, and its error covers steps of half the length", async () => {
    const path = await meanField(2 / 3, 5000);
    expect(path.isCut).toBe(true);
    expect(path.time.at(-1)).toBeLessThan(700);
    const apart = path.coarse!.radius.map((x, k) => Math.abs(x - (path.radius[k] ?? x)));
    expect(Math.max(...apart)).toBeLessThan(20 * 1e-7);
    await expect(
      meanField(0.5, 10, { start: [...Array(9).fill(1), 0, ...Array(10).fill(1)] }),
    ).rejects.toThrow(/u·v = 0/);
  });
});

describe("paths of the drift-diffusion", () => {
  const problem = problemOf(
    { kind: "valley", dimension: 2, noiseCovariance: [0.3, 0.1, 0.1, 0.2] },
    { momentum: 0.8, noise: 0.1 },
  );
  it("do not depend on the pool: a loss of one's own gives the same numbers as the problem", async () => {
    const { descent, start } = await setUp(problem);
    const method = { samples: 20, step: 20, seed: 3, until: 400 };
    const [one, other] = [
      await solveManifoldDiffusion(problem, start, problem, method),
      await solveManifoldDiffusion(descent, start, problem, method),
    ];
    expect(one.mean.sample([400])).toEqual(other.mean.sample([400]));
    expect(one.mean.samples).toBe(20);
  });
  it("have products of coordinates of 1, and the variance of the kick at first", async () => {
    const { descent, start } = await setUp(problem);
    const { mean } = await solveManifoldDiffusion(descent, start, problem, {
      samples: 400,
      step: 1,
      seed: 3,
      until: 1,
    });
    // The tangent at (1, 1) is (1, −1)/√2, with Σ_LL = (0.3 − 0.2 + 0.2)/2 = 0.15.
    const spread = Math.sqrt(0.15 / 2) * (0.1 / 0.2) * 0.1;
    const { standardError } = mean.sample([1]);
    expect(standardError["position[0]"][0] * 20).toBeGreaterThan(0.9 * spread);
    expect(standardError["position[0]"][0] * 20).toBeLessThan(1.1 * spread);
  });
  it.each([
    [{ samples: 0 }, /method.samples/],
    [{ step: 0 }, /method.step/],
  ])("%o is refused", async (rest, message) => {
    const { start } = await setUp(problem);
    const method = { samples: 2, step: 1, seed: 1, until: 10, ...rest };
    await expect(solveManifoldDiffusion(problem, start, problem, method)).rejects.toThrow(message);
  });
});
