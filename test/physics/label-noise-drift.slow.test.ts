import { describe, expect, it } from "vitest";
import { alongManifold, type Curvature } from "../../src/models/label-noise-momentum/curvature";
import { sensingBilinear } from "../../src/models/label-noise-momentum/data";
import {
  descentOf,
  startOf,
  theoryDescentOf,
  theoryStart,
} from "../../src/models/label-noise-momentum/descent";
import type { Loss } from "../../src/models/label-noise-momentum/loss";
import { curvatureAt, projectOnManifold } from "../../src/models/label-noise-momentum/manifold";
import type { MomentumModel, MomentumProblem } from "../../src/models/label-noise-momentum/problem";
import { solveManifoldDiffusion, solveManifoldDrift } from "../../src/sde/label-noise-momentum";
import { simulateMomentum } from "../../src/simulate/label-noise-momentum";

const SEED = 20261122;
const problemOf = (model: MomentumModel, rest: Partial<MomentumProblem>): MomentumProblem => ({
  learningRate: 0.1,
  momentum: 0.7,
  noise: 0.1,
  start: "manifold",
  projectStart: false,
  dataSeed: SEED,
  threshold: 0.1,
  ...rest,
  model,
});
const squareOf = (w: Float64Array) => w.reduce((sum, x) => sum + x * x, 0);

describe("vector UV with weak label noise, η = 0.1, β = 1 − √η, 2·10⁵ steps", () => {
  it("decays as the exact drift says, within 4 standard errors; the leading order is off by more than 10", async () => {
    const model = { kind: "uv", n: 10, samples: 5, inputVariance: 1, activation: "linear" } as const;
    const problem = problemOf(model, { momentum: 1 - Math.sqrt(0.1), noise: 0.05 });
    const until = 2e5;
    const { series, standardError } = await simulateMomentum(problem, {
      samples: 400,
      seed: SEED,
      until,
      times: [until],
      settle: false,
    });
    const start = theoryStart(problem, await startOf(problem));
    const end = async (operator: "exact" | "leading") => {
      const path = await solveManifoldDrift(theoryDescentOf(problem), start, problem, { operator, until });
      return Math.log(squareOf(path.at(until)));
    };
    const apart = (theory: number) => Math.abs(theory - series.logRadius[0]) / standardError.logRadius[0];
    expect(standardError.logRadius[0]).toBeLessThan(0.002);
    expect(apart(await end("exact"))).toBeLessThan(4);
    expect(apart(await end("leading"))).toBeGreaterThan(10);
  });
});

describe("a two-layer network, n = 4, d = 4, P = 4, tanh, η = 0.1, β = 0.8, ε = 0.05, 4·10⁴ steps", () => {
  it("moves as the exact drift says within 4 standard errors; twice the drift is off by more than 50", async () => {
    const model = {
      kind: "mlp",
      n: 4,
      samples: 4,
      inputDimension: 4,
      inputVariance: 1,
      activation: "tanh",
      teacherWidth: 1,
      testSamples: 100,
    } as const;
    const problem = problemOf(model, { momentum: 0.8, noise: 0.05 });
    const times = [4000, 40_000];
    const simulation = { samples: 40, seed: SEED, until: times[1], times };
    const { series, standardError } = await simulateMomentum(problem, simulation);
    const { loss } = descentOf(problem);
    const start = await startOf(problem);
    const method = { operator: "exact", until: 2 * times[1] } as const;
    const path = await solveManifoldDrift(descentOf(problem), start, problem, method);
    const apart = (name: string, k: number, value: number) =>
      Math.abs(series[name][k] - value) / standardError[name][k];
    const traceAt = (t: number) => curvatureAt(loss, path.at(t)).values.reduce((sum, x) => sum + x, 0);
    for (const [k, t] of times.entries()) {
      expect(apart("radius", k, squareOf(path.at(t)))).toBeLessThan(4);
      expect(apart("hessianTrace", k, traceAt(t))).toBeLessThan(4);
    }
    expect(apart("radius", 1, squareOf(path.at(2 * times[1])))).toBeGreaterThan(50);
    expect(apart("hessianTrace", 1, traceAt(2 * times[1]))).toBeGreaterThan(50);
  });
});

describe("matrix sensing, d = 4, P = 9, r = 1, ε = 0.1", () => {
  const model = { kind: "matrix-sensing", d: 4, rank: 1, samples: 9 } as const;
  const times = [3000, 12_000];
  const until = 12_000;
  const trace = (loss: Loss, w: Float64Array) => {
    const H = new Float64Array(loss.size ** 2);
    loss.hessian(w, H);
    return w.reduce((sum, _, i) => sum + H[i * (loss.size + 1)], 0);
  };
  async function both(problem: MomentumProblem) {
    const ensemble = await simulateMomentum(problem, { samples: 48, seed: SEED, until, times });
    const { loss } = descentOf(problem);
    const start = await startOf(problem);
    const path = await solveManifoldDrift(descentOf(problem), start, problem, { operator: "exact", until });
    const found = Array.from(ensemble.series.hessianTrace);
    const errors = Array.from(ensemble.standardError.hessianTrace);
    const exact = times.map((t) => trace(loss, path.at(t)));
    for (let k = 0; k < 2; k++) {
      // Weights off the manifold by their fluctuations have a trace larger by O(ε²).
      expect(Math.abs(found[k] - exact[k])).toBeLessThan(4 * errors[k] + 2e-4 * exact[k]);
    }
    return { loss, start, found, errors, exact };
  }

  it("η = 0.1, β = 0.7: the trace of the Hessian falls as the exact drift says", async () => {
    await both(problemOf(model, {}));
  });

  it("η = 0.02, β = 0.94, where the leading order holds: the printed prefactor is rejected", async () => {
    const { loss, start, found, errors, exact } = await both(
      problemOf(model, { learningRate: 0.02, momentum: 0.94 }),
    );
    const right = await byHand(8, false);
    const printed = [await byHand(4, true), await byHand(4, false)];
    for (let k = 0; k < 2; k++) {
      const leading = Math.abs(right[k] - exact[k]);
      expect(leading).toBeLessThan(0.06 * exact[k]);
      for (const print of printed) {
        expect(Math.abs(found[k] - print[k])).toBeGreaterThan(10 * errors[k]);
        expect(Math.abs(found[k] - print[k])).toBeGreaterThan(5 * leading);
      }
    }

    /** dY/dk = −(η/h)² (ε²/4) (factor/(Pd²)) P_L S Y, or P_L S P_L Y, S = (Σ AAᵀ/P, Σ AᵀA/P): the trace at the two times. */
    async function byHand(factor: number, twice: boolean): Promise<number[]> {
      const bilinear = sensingBilinear(model, SEED);
      const rate = (0.02 / 0.06) ** 2 * (0.01 / 4) * (factor / (9 * 16));
      const slope = (w: Float64Array, curvature: Curvature) => {
        const y = twice ? alongManifold(curvature, w) : w;
        return alongManifold(curvature, weighted(bilinear.measurements, y)).map((x) => -rate * x);
      };
      const steps = 160;
      const h = 12_000 / steps;
      let point = projectOnManifold(loss, start, 9);
      const out: number[] = [];
      for (let k = 1; k <= steps; k++) {
        const first = slope(point.w, point.curvature);
        const middle = projectOnManifold(
          loss,
          point.w.map((x, i) => x + (h / 2) * first[i]),
          9,
        );
        const second = slope(middle.w, middle.curvature);
        point = projectOnManifold(
          loss,
          point.w.map((x, i) => x + h * second[i]),
          9,
        );
        if (k === steps / 4 || k === steps) out.push(trace(loss, point.w));
      }
      return out;
    }
  });

  /** (S_row U, S_column V) with S_row = Σ AAᵀ/P and S_column = Σ AᵀA/P. */
  function weighted(A: Float64Array, w: Float64Array): Float64Array {
    const out = new Float64Array(32);
    for (let i = 0; i < 9; i++) {
      for (let j = 0; j < 4; j++) {
        for (let l = 0; l < 4; l++) {
          let [row, column] = [0, 0];
          for (let m = 0; m < 4; m++) {
            row += A[i * 16 + j * 4 + m] * A[i * 16 + l * 4 + m];
            column += A[i * 16 + m * 4 + j] * A[i * 16 + m * 4 + l];
          }
          for (let k = 0; k < 4; k++) {
            out[j * 4 + k] += (row / 9) * w[l * 4 + k];
            out[16 + j * 4 + k] += (column / 9) * w[16 + l * 4 + k];
          }
        }
      }
    }
    return out;
  }
});

describe("a valley with noise along it", () => {
  it("the mean radius is that of the drift-diffusion within 4 standard errors", async () => {
    const model = { kind: "valley", dimension: 2, noiseCovariance: [0.3, 0.1, 0.1, 0.2] } as const;
    const problem = problemOf(model, { noise: 0.05, momentum: 0.8 });
    const until = 1600;
    const times = [400, until];
    const finite = await simulateMomentum(problem, { samples: 1000, seed: SEED, until, times });
    const method = { samples: 500, step: 20, seed: `${SEED} theory`, until };
    const { mean } = await solveManifoldDiffusion(problem, Float64Array.of(1, 1), problem, method);
    const limit = mean.sample(times);
    for (let k = 0; k < times.length; k++) {
      const error = Math.hypot(finite.standardError.radius[k], limit.standardError.radius[k]);
      expect(Math.abs(finite.series.radius[k] - limit.series.radius[k])).toBeLessThan(4 * error);
      expect(finite.series.radius[k] - 2).toBeGreaterThan(5 * error);
    }
  });
});
