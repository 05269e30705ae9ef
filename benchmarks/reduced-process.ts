import { quadraticNetwork } from "../src/models/quadratic-network";
import type { NetworkProblem } from "../src/simulate";
import { planNetwork } from "../src/simulate/quadratic-problem";
import { createNetworkRunner } from "../src/simulate/quadratic-run";
import type { Benchmark, Timing } from "./benchmark";

const STEPS = { exact: 60_000, vectors: 600 };

/** A step of the exact reduced process of the quadratic network (p = 1), against SGD with vectors. */
export function reducedProcess(): readonly Benchmark[] {
  return [
    {
      name: "exact process, d = 3000, against vectors, d = 3000",
      size: 3000,
      ours: async () => step("exact", 3000),
      baseline: () => step("vectors", 3000),
      agreement: 0,
      goal: { ratio: 1 / 30 },
    },
    {
      name: "exact process, d = 10⁶, against itself, d = 3000",
      size: 1_000_000,
      ours: async () => step("exact", 1_000_000),
      baseline: () => step("exact", 3000),
      agreement: 0,
      goal: { ratio: 2 },
    },
  ];
}

/** CPU seconds of one step; the runs are random and have no number to agree on. */
function step(process: keyof typeof STEPS, dimension: number): Timing {
  const network = quadraticNetwork({ learningRate: 0.01, dimension });
  const problem: NetworkProblem = { network, start: "random", exit: { on: "maxOverlap", threshold: 1 } };
  const simulation = { process, samples: 1, seed: 20261122, until: 1e9, stepLimit: STEPS[process] } as const;
  const run = createNetworkRunner(problem, planNetwork(problem, simulation), simulation);
  const start = globalThis.process.cpuUsage();
  for (const _ of run(0));
  return { cpuSeconds: globalThis.process.cpuUsage(start).user / 1e6 / STEPS[process], check: 0 };
}
