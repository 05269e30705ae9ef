import { solveCausal, solveDamped, solveParticles } from "../src/dmft";
import { createSetup } from "../src/dmft/particles/method";
import { followParticles } from "../src/dmft/particles/run";
import { useKernels } from "../src/kernels";
import { phaseRetrieval } from "../src/models/phase-retrieval/problem";
import { simulatePhaseRetrieval } from "../src/simulate/phase-retrieval";
import type { Benchmark, Timing } from "./benchmark";
import { measure, peakBytes } from "./measure";
import { compileNative } from "./native";

const SEED = 20261122;
const PARTICLES = 32_768;
const UNTIL = 2;
const ETA = 0.02;
const RUNS = 16;
/** Of m(2): the standard error that the methods are to reach. */
const ERROR = 0.003;
/** What the errors of few runs, and the bias of sampling, leave of the answers' agreement. */
const AGREEMENT = 0.1;
/** The yardsticks are 128 bits wide, as the kernels are. */
const NARROW = ["-O3", "-msse2", "-Wno-psabi"];

const problem = phaseRetrieval({
  sampleRatio: 3,
  algorithm: "persistent-sgd",
  batchFraction: 0.5,
  persistence: 1,
  learningRate: ETA,
});

/** Persistent SGD at α = 3, ℓ = ½, τ = 1, m0 = 0.2 by particles, against native/particles.c and against the other ways to m(2). */
export function particles(): readonly Benchmark[] {
  const native = compileNative("particles", [], NARROW);
  const steps = Math.round(UNTIL / ETA);
  const row = { size: Math.sqrt(PARTICLES), agreement: AGREEMENT };
  const toError = `particles, CPU to an error of ${ERROR} in m(${UNTIL})`;
  const bytes = once(bytesOfRun);
  const ours = () => toErrorOf((runs) => solveParticles(problem, { until: UNTIL, runs, seed: SEED }), RUNS);
  return [
    {
      ...row,
      name: `particles, ${PARTICLES}, ${steps} steps, C in 128 bits`,
      ours: async () => ({ ...(await follow(UNTIL)), arrayBytes: await bytes() }),
      baseline: native && (() => native(15, 4, 3, 0.2, 0.5, 1, ETA, steps)),
      goal: { ratio: 4, bytes: 60 },
    },
    {
      ...row,
      name: "particles, a run to t = 1000, against 60 s",
      ours: once(() => follow(1000)),
      baseline: () => ({ cpuSeconds: 60, check: 1 }),
      goal: { ratio: 1 },
    },
    {
      ...row,
      name: `${toError}, against finite systems, N = 1000, regressed`,
      ours,
      baseline: once(() =>
        toErrorOf((samples) => {
          const simulation = {
            size: 1000,
            samples,
            seed: SEED,
            until: UNTIL,
            regress: true,
            keepCurves: true,
          };
          return simulatePhaseRetrieval(problem, simulation);
        }, 64),
      ),
      goal: { ratio: 1 / 20 },
    },
    {
      ...row,
      name: `${toError}, against marching, 4096 trajectories`,
      ours,
      baseline: once(() => toErrorOf((runs) => solveCausal(problem, { until: UNTIL, runs, seed: SEED }), 8)),
      goal: {},
    },
    {
      ...row,
      name: `${toError}, against the damped iteration, 1024 × 80`,
      ours,
      baseline: once(() => toErrorOf((runs) => solveDamped(problem, { until: UNTIL, runs, seed: SEED }), 8)),
      goal: {},
    },
  ];
}

/** The overlap at the end of one run. */
function walk(until: number, particles: number, look = () => {}): number {
  useKernels("simd");
  const setup = createSetup(problem, { until, seed: SEED, particles });
  const run = followParticles(setup, 0);
  let step = run.next();
  for (; !step.done; step = run.next()) look();
  return step.value.curves.overlap[setup.steps];
}

async function follow(until: number): Promise<Timing> {
  const { value, cpuSeconds } = await measure(async () => walk(until, PARTICLES));
  return { cpuSeconds, check: value };
}

/** Bytes of the arrays of a run, from one so large that what other runs have left does not count. */
async function bytesOfRun(): Promise<number> {
  const many = 2 ** 20;
  const bytes = await peakBytes(async (look) => walk(2 * ETA, many, look));
  return (bytes * PARTICLES) / many;
}

interface Sampled {
  readonly series: Readonly<Record<string, Float64Array>>;
  readonly standardError: Readonly<Record<string, Float64Array>>;
}

/** CPU seconds to the error: the variance falls as the number of runs. */
async function toErrorOf(solve: (runs: number) => Promise<Sampled>, runs: number): Promise<Timing> {
  useKernels("simd");
  const { value, cpuSeconds } = await measure(() => solve(runs));
  const last = value.series.overlap.length - 1;
  const error = value.standardError.overlap[last];
  return { cpuSeconds: (cpuSeconds * error ** 2) / ERROR ** 2, check: value.series.overlap[last] };
}

function once<T>(time: () => Promise<T>): () => Promise<T> {
  let found: Promise<T> | undefined;
  return () => {
    found ??= time();
    return found;
  };
}
