import { excessRisk } from "../src/models/quadratic-network/layout";
import { quadraticNetwork } from "../src/models/quadratic-network/network";
import { createDraws } from "../src/numerics/draws";
import { createStreams } from "../src/numerics/streams";
import { createVectorProcess, randomVectors } from "../src/simulate/quadratic-network/vectors";
import type { Benchmark } from "./benchmark";
import { measure } from "./measure";
import { compileNative } from "./native";

const DIMENSION = 3000;
const CASES = [
  { width: 1, steps: 2000, learningRate: 0.08 },
  { width: 5, steps: 1000, learningRate: 1 },
];

/** SGD of the quadratic network with vectors, against native/vectors.c. */
export function vectors(): readonly Benchmark[] {
  const native = compileNative("vectors");
  return CASES.map(({ width, steps, learningRate }) => ({
    name: `SGD with vectors, d = ${DIMENSION}, p = ${width}, ${steps} steps, plain C`,
    size: DIMENSION,
    ours: () => descend(width, steps, learningRate),
    baseline: native && (() => native(width, DIMENSION, steps, learningRate, ...createStreams(SEED).key)),
    agreement: 1e-9,
    goal: { ratio: 3 },
  }));
}

const SEED = 20261122;

async function descend(width: number, steps: number, learningRate: number) {
  const network = quadraticNetwork({ width, learningRate, dimension: DIMENSION });
  const streams = createStreams(SEED);
  const draws = createDraws(streams.stream("noise", 0, 0), streams.stream("noise", 0, 1));
  const { value, cpuSeconds } = await measure(async () => {
    const process = createVectorProcess(network, draws, (sample) => ({
      weights: randomVectors(network, streams.stream("start", sample, 2)),
      secondLayer: new Float64Array(width).fill(1),
      inputs: streams.stream("data", sample, 2),
    }));
    process.start(0);
    for (let step = 0; step < steps; step++) process.step();
    return process.order;
  });
  return { cpuSeconds, check: excessRisk(value, width) };
}
