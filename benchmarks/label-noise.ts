import { uvBilinear, uvStart } from "../src/models/label-noise-momentum/data";
import type { MomentumProblem, UvModel } from "../src/models/label-noise-momentum/problem";
import { createStreams } from "../src/numerics/streams";
import { createBilinearProcess } from "../src/simulate/label-noise-momentum/bilinear";
import { createReducedProcess } from "../src/simulate/label-noise-momentum/reduced";
import type { Benchmark, Timing } from "./benchmark";

const SEED = 20261122;

/** A step of vector UV in two numbers, against one of all its weights. */
export function labelNoise(): readonly Benchmark[] {
  const against = (n: number, samples: number, steps: number, ratio: number): Benchmark => ({
    name: `vector UV in two numbers, against all weights, n = ${n}, P = ${samples}`,
    size: n,
    ours: async () => step(n, samples, "reduced", 1_000_000),
    baseline: () => step(n, samples, "weights", steps),
    agreement: 0,
    goal: { ratio },
  });
  return [against(10, 5, 500_000, 1 / 4), against(1000, 500, 20_000, 1 / 50)];
}

/** CPU seconds of one step; the runs are random and have no number to agree on. */
function step(n: number, samples: number, process: "reduced" | "weights", steps: number): Timing {
  const model: UvModel = { kind: "uv", n, samples, inputVariance: 1, activation: "linear" };
  const problem: MomentumProblem & { readonly model: UvModel } = {
    model,
    learningRate: 0.01,
    momentum: 0.98,
    noise: 0.5,
    start: "manifold",
    projectStart: false,
    dataSeed: SEED,
    threshold: 0.1,
  };
  const start = uvStart(n, SEED, true);
  const measure = { target: new Float64Array(1), factor: 1 / n };
  const run =
    process === "reduced"
      ? createReducedProcess(problem, start)
      : createBilinearProcess(uvBilinear(model, SEED), problem, start, measure);
  run.start(createStreams(SEED).stream("noise", 0));
  const before = globalThis.process.cpuUsage();
  for (let k = 0; k < steps; k++) run.step();
  return { cpuSeconds: globalThis.process.cpuUsage(before).user / 1e6 / steps, check: 0 };
}
