import { quadraticNetwork } from "../src/models/quadratic-network/network";
import { type NetworkProblem, simulateNetwork } from "../src/simulate/quadratic-network";
import { planNetwork } from "../src/simulate/quadratic-network/problem";
import { createNetworkRunner } from "../src/simulate/quadratic-network/run";
import type { Benchmark, Timing } from "./benchmark";
import { measure } from "./measure";

const SEED = 20261122;
/** Enough for the compiler to be done long before the end. */
const STEPS = { exact: 1_000_000, vectors: 1000 };
const EXITS = 10_000;
/** The part of the exits that is timed. */
const TIMED = 50;
/** 10 minutes on 2 cores. */
const BUDGET_SECONDS = 1200;

/** A step of the exact reduced process of the quadratic network (p = 1), against SGD with vectors; and many exits. */
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
    {
      name: `${EXITS} exits, exact process, d = 10⁴ (from ${TIMED}), against 10 minutes on 2 cores`,
      size: 10_000,
      ours: exits,
      baseline: () => ({ cpuSeconds: BUDGET_SECONDS, check: TIMED }),
      agreement: 0,
      goal: { ratio: 1 },
    },
  ];
}

/** CPU seconds of one step; the runs are random and have no number to agree on. */
function step(process: keyof typeof STEPS, dimension: number): Timing {
  const network = quadraticNetwork({ learningRate: 0.01, dimension });
  const problem: NetworkProblem = { network, start: "random", exit: { on: "maxOverlap", threshold: 1 } };
  const simulation = { process, samples: 1, seed: SEED, until: 1e9, stepLimit: STEPS[process] } as const;
  const run = createNetworkRunner(problem, planNetwork(problem, simulation), simulation);
  const start = globalThis.process.cpuUsage();
  for (const _ of run(0));
  return { cpuSeconds: globalThis.process.cpuUsage(start).user / 1e6 / STEPS[process], check: 0 };
}

/** CPU seconds of all exits near the fastest rate, half of the excess risk gone; checked by how many came. */
async function exits(): Promise<Timing> {
  const network = quadraticNetwork({ learningRate: 0.08, dimension: 10_000 });
  const problem: NetworkProblem = { network, start: "random", exit: { on: "risk", threshold: 0.5 } };
  const simulation = { process: "exact", samples: TIMED, seed: SEED, until: 20 } as const;
  const { value, cpuSeconds } = await measure(() => simulateNetwork(problem, simulation));
  const came = value.events.exitTime.filter(Number.isFinite).length;
  return { cpuSeconds: (cpuSeconds * EXITS) / TIMED, check: came };
}
