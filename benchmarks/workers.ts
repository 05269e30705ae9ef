import { type Pool, serialPool } from "../src/core/pool";
import type { Ensemble } from "../src/core/results";
import { pureCovariance } from "../src/models/covariance";
import { quadraticNetwork } from "../src/models/quadratic-network/network";
import { createPool } from "../src/run/pool";
import { createSchedule } from "../src/schedule";
import { simulateSphericalLandscape } from "../src/simulate/landscape";
import { simulateNetwork } from "../src/simulate/quadratic-network";
import type { Benchmark, Timing } from "./benchmark";
import { compileNative } from "./native";

const SEED = 20261122;
/** About a second. */
const SPINS = 6e8;
/** Two workers are to be 1.6 times as fast as one thread. */
const GOAL = { ratio: 1 / 1.6 };

const network = (pool: Pool) =>
  simulateNetwork(
    {
      network: quadraticNetwork({ learningRate: 0.08, labelNoise: 0.3, dimension: 3000 }),
      start: "random",
      exit: { on: "risk", threshold: 0.5 },
    },
    { process: "exact", samples: 192, seed: SEED, until: 10, times: [0.5] },
    { pool },
  );

const landscape = (pool: Pool) =>
  simulateSphericalLandscape(
    { covariance: pureCovariance(3), temperature: 0, schedule: createSchedule(1) },
    { size: 60, samples: 144, seed: SEED, step: 0.05, until: 10 },
    { pool },
  );

/**
 * Independent samples on two workers against one thread, in wall time. The first line is the control: the same with a
 * native program and two processes. Where it misses its goal, two cores were not free, and the others say nothing.
 */
export function twoWorkers(): readonly Benchmark[] {
  const spin = compileNative("spin");
  const worker = { url: new URL("../test/run/source-worker.mjs", import.meta.url) };
  const pool = createPool({ workers: 2, startAfter: 0, worker });
  const control: Benchmark = {
    name: "control: native program, two processes against one, wall time",
    size: 2,
    ours: async () => spin!(2, SPINS),
    baseline: () => spin!(1, SPINS),
    agreement: 0,
    goal: GOAL,
  };
  return [
    ...(spin ? [control] : []),
    against("samples of the exact process", network, pool),
    against("samples of the spherical landscape", landscape, pool),
  ];
}

function against(name: string, simulate: (pool: Pool) => Promise<Ensemble>, pool: Pool): Benchmark {
  let alone: Timing;
  return {
    name: `${name}, two workers against one thread, wall time`,
    size: 2,
    async ours() {
      alone = await timed(() => simulate(serialPool));
      return timed(() => simulate(pool));
    },
    baseline: () => alone,
    // To the last bit.
    agreement: 0,
    goal: GOAL,
  };
}

/** Wall time in place of CPU time: that is what workers save. */
async function timed(simulate: () => Promise<Ensemble>): Promise<Timing> {
  const start = performance.now();
  const { series } = await simulate();
  const check = Object.values(series).reduce((sum, [first]) => sum + first, 0);
  return { cpuSeconds: (performance.now() - start) / 1000, check };
}
