import { phaseRetrieval } from "../src/models/phase-retrieval/problem";
import { createStreams } from "../src/numerics/streams";
import { planPhaseRetrieval } from "../src/simulate/phase-retrieval/problem";
import { createRetrievalSimulator } from "../src/simulate/phase-retrieval/run";
import type { Benchmark, Timing } from "./benchmark";
import { compileNative } from "./native";

const SIZE = 1000;
const RATIO = 3;
const STEPS = 100;
const LEARNING_RATE = 0.01;
const OVERLAP = 0.5;
const STARTS = 16;
const SEED = 20261122;

/** Gradient descent of phase retrieval, against native/phase-retrieval.c, which knows one start at a time. */
export function phaseRetrievalSteps(): readonly Benchmark[] {
  const native = compileNative("phase-retrieval");
  const baseline =
    native && (() => native(SIZE, RATIO * SIZE, STEPS, LEARNING_RATE, OVERLAP, ...createStreams(SEED).key));
  const name = `phase retrieval, N = ${SIZE}, M = ${RATIO * SIZE}, ${STEPS} steps`;
  const common = { size: SIZE, baseline, agreement: 1e-5, goal: { ratio: 3 } };
  return [
    { ...common, name: `${name}, own data`, ours: async () => descend("fresh", 1) },
    { ...common, name: `${name}, one of ${STARTS} starts`, ours: async () => descend("fixed", STARTS) },
  ];
}

/** CPU seconds of the steps of one sample, and the first sample's final loss. */
function descend(data: "fresh" | "fixed", samples: number): Timing {
  const problem = phaseRetrieval({
    sampleRatio: RATIO,
    learningRate: LEARNING_RATE,
    initialOverlap: OVERLAP,
  });
  const until = STEPS * LEARNING_RATE;
  const plan = planPhaseRetrieval(problem, { size: SIZE, samples, seed: SEED, until, data });
  const run = createRetrievalSimulator({ plan, samples, seed: SEED })(0);
  // The data are drawn, and the first step is done.
  let step = run.next();
  while (!step.done && step.value === 0) step = run.next();
  const start = process.cpuUsage();
  while (!step.done) step = run.next();
  const cpuSeconds = process.cpuUsage(start).user / 1e6 / samples;
  return { cpuSeconds, check: step.value.series.trainingLoss[0] };
}
