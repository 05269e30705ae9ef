import { firstGuess } from "../src/dmft/damped/first-guess";
import { createPasses } from "../src/dmft/damped/pass";
import { mix } from "../src/dmft/process/functions";
import { createSetup } from "../src/dmft/process/setup";
import { type Layer, useKernels } from "../src/kernels";
import { phaseRetrieval } from "../src/models/phase-retrieval/problem";
import type { Benchmark } from "./benchmark";
import { measure } from "./measure";
import { compileNative } from "./native";

const TRAJECTORIES = 1024;
const CASES = [
  { steps: 50, iterations: 50 },
  { steps: 100, iterations: 50 },
  { steps: 200, iterations: 10 },
];
const ALPHA = 2;
const START = 0.5;
const LEARNING_RATE = 0.01;
/** The random numbers are not the same, so only the order of the answers is. */
const AGREEMENT = 0.05;

/** Iterations of the effective process of phase retrieval, against native/dmft.c, whose responses are those to no displacement. */
export function dmft(): readonly Benchmark[] {
  const native = compileNative("dmft");
  return CASES.map(({ steps, iterations }) => ({
    name: `effective process, ${steps} steps, ${iterations} iterations of ${TRAJECTORIES} trajectories, C with linear responses`,
    size: steps,
    ours: () => iterate(steps, iterations, "simd"),
    baseline: native && (() => native(steps, TRAJECTORIES, iterations, ALPHA, START, LEARNING_RATE)),
    agreement: AGREEMENT,
    goal: { ratio: 4 },
  }));
}

async function iterate(steps: number, iterations: number, layer: Layer) {
  useKernels(layer);
  const problem = phaseRetrieval({
    sampleRatio: ALPHA,
    initialOverlap: START,
    learningRate: LEARNING_RATE,
  });
  const method = { until: steps * LEARNING_RATE, seed: 20261122 };
  const setup = createSetup(problem, method, TRAJECTORIES);
  const { value, cpuSeconds } = await measure(async () => {
    const samplePass = createPasses(setup, 0, 0);
    const functions = firstGuess(setup);
    let overlap = 0;
    for (let pass = 0; pass < iterations; pass++) {
      const batches = samplePass(functions, pass);
      let batch = batches.next();
      while (!batch.done) batch = batches.next();
      overlap = batch.value.recursion.overlap[steps];
      mix(functions, batch.value.averages, pass < 6 ? 0.8 : 2 / (pass - 3));
    }
    return overlap;
  });
  return { cpuSeconds, check: value };
}
