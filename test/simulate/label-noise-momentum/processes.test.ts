import { describe, expect, it } from "vitest";
import { uvBilinear, uvInputs } from "../../../src/models/label-noise-momentum/data";
import { descentOf, startOf } from "../../../src/models/label-noise-momentum/descent";
import { theoryTestError } from "../../../src/models/label-noise-momentum/measure";
import type {
  MomentumModel,
  MomentumProblem,
  UvModel,
} from "../../../src/models/label-noise-momentum/problem";
import type { Activation } from "../../../src/models/label-noise-momentum/two-layer";
import { mean, standardError } from "../../../src/numerics/statistics";
import { createStreams } from "../../../src/numerics/streams";
import { createBilinearProcess } from "../../../src/simulate/label-noise-momentum/bilinear";
import { createProcess } from "../../../src/simulate/label-noise-momentum/create";
import { createGeneralProcess } from "../../../src/simulate/label-noise-momentum/general";
import { createReducedProcess } from "../../../src/simulate/label-noise-momentum/reduced";
import { simulateMomentum } from "../../../src/simulate/label-noise-momentum/simulate";
import { createTwoLayerProcess } from "../../../src/simulate/label-noise-momentum/two-layer";
import { lagOneCovariance, stationaryModeCovariance } from "../../../src/theory/label-noise-momentum";

const SEED = 20261122;
const uv = (rest: Partial<UvModel> = {}): UvModel => ({
  kind: "uv",
  n: 10,
  samples: 5,
  inputVariance: 1,
  activation: "linear",
  ...rest,
});
const problemOf = <M extends MomentumModel>(model: M, rest: Partial<MomentumProblem> = {}) => ({
  learningRate: 0.01,
  momentum: 1 - 0.2 * 0.01 ** 0.6,
  noise: 0.5,
  start: "manifold" as const,
  projectStart: false,
  dataSeed: SEED,
  threshold: 0.1,
  ...rest,
  model,
});

describe("vector UV in two numbers", () => {
  it.each([
    { n: 10, samples: 5, start: "manifold" },
    { n: 10, samples: 5, start: "off" },
    { n: 200, samples: 50, start: "off" },
  ] as const)(
    "is the descent of all weights with the same noise, to 1e-12 over 3000 steps: %o",
    async ({ start, ...size }) => {
      const problem = problemOf(uv({ ...size, inputVariance: 1.3 }), { start });
      const weights = await startOf(problem);
      const bilinear = uvBilinear(problem.model, problem.dataSeed);
      const whole = createBilinearProcess(bilinear, problem, weights, {
        target: new Float64Array(1),
        factor: 1.3 / size.n,
      });
      const reduced = createReducedProcess(problem, weights);
      const first = reduced.radius();
      const stream = createStreams(SEED).stream("noise", 0);
      const xi = new Float64Array(size.samples);
      const x = bilinear.measurements;
      const norm = Math.sqrt(x.reduce((sum, y) => sum + y * y, 0));
      for (let step = 0; step < 3000; step++) {
        stream.fillNormal(xi);
        // The one normal through which all labels act: Σ x_a ξ_a over its standard deviation.
        reduced.stepWith(xi.reduce((sum, z, a) => sum + z * x[a], 0) / norm);
        whole.stepWith(xi);
        if (step % 100 === 99)
          expect(Math.abs(reduced.radius() - whole.radius())).toBeLessThan(1e-12 * first);
      }
      expect(Math.abs(reduced.hessianTrace() / whole.hessianTrace() - 1)).toBeLessThan(1e-11);
      expect(reduced.testError!()).toBeCloseTo(whole.testError!(), 12);
    },
  );

  it("has the law of all weights: mean of ln radius within 3 standard errors", async () => {
    const problem = problemOf(uv());
    const run = (process: "exact" | "weights", seed: string) =>
      simulateMomentum(problem, {
        samples: 100,
        seed,
        until: 400,
        process,
        times: [100, 400],
        settle: false,
      });
    const [exact, weights] = [await run("exact", "a"), await run("weights", "b")];
    for (let k = 0; k < 2; k++) {
      const error = Math.hypot(exact.standardError.logRadius[k], weights.standardError.logRadius[k]);
      expect(Math.abs(exact.series.logRadius[k] - weights.series.logRadius[k])).toBeLessThan(3 * error);
    }
  });
});

describe("processes of all weights", () => {
  it("an activation that is linear makes the same steps as the bilinear form", async () => {
    const problem = problemOf(uv());
    const start = await startOf(problem);
    const inputs = uvInputs(problem.model, problem.dataSeed);
    const layered = createTwoLayerProcess(
      { width: 10, dimension: 1, activation: "linear", inputs, targets: new Float64Array(5) },
      problem,
      start,
    );
    const bilinear = createProcess(problem, start, "weights");
    for (const process of [layered, bilinear]) {
      process.start(createStreams(SEED).stream("noise", 0));
      for (let step = 0; step < 200; step++) process.step();
    }
    expect(layered.radius()).toBeCloseTo(bilinear.radius(), 11);
    expect(layered.hessianTrace()).toBeCloseTo(bilinear.hessianTrace(), 11);
  });

  const mlp = (activation: Activation) =>
    ({
      kind: "mlp",
      n: 6,
      samples: 4,
      inputDimension: 3,
      inputVariance: 1.3,
      activation,
      teacherWidth: 2,
      testSamples: 20,
    }) as const;
  const networks = [uv({ activation: "tanh" }), uv({ activation: "relu" }), mlp("tanh"), mlp("relu")];

  it.each(networks)("$kind, $activation: a step is −∇L of the model with its labels", async (model) => {
    const problem = problemOf(model, { start: "off", noise: 0 });
    const start = await startOf(problem);
    const process = createProcess(problem, start, "exact");
    process.start(createStreams(SEED).stream("noise", 0));
    const { loss } = descentOf(problem);
    expect(process.loss()).toBeCloseTo(loss.value(start), 13);
    process.step();
    const g = new Float64Array(start.length);
    loss.gradient(start, g);
    const moved = start.map((x, i) => x - problem.learningRate * g[i]);
    expect(process.radius()).toBeCloseTo(
      moved.reduce((sum, x) => sum + x * x, 0),
      12,
    );
    expect(process.loss()).toBeCloseTo(loss.value(moved), 13);
  });

  it.each([
    [{ kind: "matrix-sensing", d: 3, rank: 1, samples: 4000 }, 1, 4000],
    [
      {
        kind: "matrix-uv",
        n: 3,
        samples: 4000,
        inputVariance: 1.3,
        inputDimension: 4,
        outputDimension: 2,
        rank: 2,
      },
      2,
      4000,
    ],
    [mlp("tanh"), 2, 4000],
    [uv({ inputVariance: 1.3 }), 2, Infinity],
  ] as const)(
    "%o: the test error is the mean square on many data: L or 2L there",
    async (model, factor, count) => {
      const many = "samples" in model && count < Infinity ? { ...model, samples: count } : model;
      const fresh = many.kind === "mlp" ? { ...many, testSamples: 4000 } : many;
      const problem = problemOf(fresh as MomentumModel, { start: "off", learningRate: 1e-3 });
      const start = await startOf(problem);
      const process = createProcess(problem, start, "exact");
      process.start(createStreams(SEED).stream("noise", 0));
      // Squares of normals, or nearly so: a mean of P of them errs by √(2/P), of both data sets.
      const ratio = process.testError!() / (factor * process.loss());
      expect(Math.abs(ratio - 1)).toBeLessThan(4 * Math.sqrt(4 / count) + 1e-12);
    },
  );

  it("the noise of a network is that of its labels", async () => {
    const problem = problemOf(mlp("tanh"), { noise: 0.3 });
    const start = await startOf(problem);
    const process = createProcess(problem, start, "exact");
    const { noise } = descentOf(problem);
    const sigma = new Float64Array(start.length ** 2);
    noise.covariance(start, sigma);
    // At zero loss a step is noise alone: ⟨|w₁ − w₀|²⟩ = η²ε² Tr Σ to order ε².
    const wanted = (0.01 * 0.3) ** 2 * start.reduce((sum, _, i) => sum + sigma[i * (start.length + 1)], 0);
    const distances = Array.from({ length: 2000 }, (_, run) => {
      process.start(createStreams(SEED).stream("noise", run));
      process.step();
      return process.weights!.reduce((sum, x, i) => sum + (x - start[i]) ** 2, 0);
    });
    expect(Math.abs(mean(distances) - wanted)).toBeLessThan(4 * standardError(distances));
    expect(standardError(distances)).toBeLessThan(0.05 * wanted);
  });

  it("a network's trace and test error are those of the model, at zero loss", async () => {
    const problem = problemOf(mlp("tanh"));
    const start = await startOf(problem);
    const process = createProcess(problem, start, "exact");
    const H = new Float64Array(start.length ** 2);
    descentOf(problem).loss.hessian(start, H);
    const trace = start.reduce((sum, _, i) => sum + H[i * (start.length + 1)], 0);
    expect(process.hessianTrace()).toBeCloseTo(trace, 11);
    expect(process.testError!()).toBe(theoryTestError(problem)!(start));
    expect(process.testError!()).toBeGreaterThan(1e-3);
  });

  it("the trace of the Hessian of matrix sensing is that of the Hessian on the manifold", async () => {
    const problem = problemOf({ kind: "matrix-sensing", d: 3, rank: 1, samples: 6 } as const, {
      momentum: 0.9,
    });
    const start = await startOf(problem);
    const process = createProcess(problem, start, "exact");
    process.start(createStreams(SEED).stream("noise", 0));
    const H = new Float64Array(start.length ** 2);
    descentOf(problem).loss.hessian(start, H);
    const trace = start.reduce((sum, _, i) => sum + H[i * (start.length + 1)], 0);
    expect(process.hessianTrace()).toBeCloseTo(trace, 10);
    expect(process.testError!()).toBeGreaterThan(1e-3);
  });
});

describe("stationary covariance of a mode", () => {
  it("is that of the descent within 4 standard errors; the printed one is off by more than 10", () => {
    const ball = { learningRate: 0.1, momentum: 0.9 };
    const model = { kind: "quadratic", curvatures: [0.5], noiseCovariance: [2] } as const;
    const problem = problemOf(model, { ...ball, noise: 0.3 });
    const process = createGeneralProcess(descentOf(problem), problem, new Float64Array(1));
    const streams = createStreams(SEED);
    const squares: number[] = [];
    const lags: number[] = [];
    for (let run = 0; run < 60; run++) {
      process.start(streams.stream("noise", run));
      let [square, lag, before] = [0, 0, 0];
      for (let step = 0; step < 6000; step++) {
        process.step();
        const w = process.weights[0];
        if (step >= 1000) {
          square += w * w;
          lag += w * before;
        }
        before = w;
      }
      squares.push(square / 5000);
      lags.push(lag / 5000);
    }
    const { ww } = stationaryModeCovariance(ball, 0.5, 0.18);
    const error = standardError(squares);
    expect(Math.abs(mean(squares) - ww)).toBeLessThan(4 * error);
    expect(Math.abs(mean(squares) - ww / 1.9)).toBeGreaterThan(10 * error);
    // Paired, because both have most of their noise in common.
    const losses = squares.map((x, run) => x - lags[run]);
    const loss = ww - lagOneCovariance(ball, 0.5, 0.18);
    expect(Math.abs(mean(losses) - loss)).toBeLessThan(4 * standardError(losses));
    expect(loss).toBeGreaterThan(20 * standardError(losses));
  });
});
