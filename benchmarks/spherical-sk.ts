import type { SphericalSk } from "../src/models/spherical-sk/problem";
import { createStreams } from "../src/numerics/streams";
import { createSchedule, type ScheduleSpec } from "../src/schedule";
import { simulateSphericalSk } from "../src/simulate/spherical-sk";
import { solveSpectral } from "../src/volterra/spherical-sk";
import type { Benchmark, Timing } from "./benchmark";
import { measure } from "./measure";

const SEED = 20261122;
const SIZE = 3000;
const STEPS = 10_000;
/** Of the dense twin, each some 10⁸ operations. */
const DENSE_STEPS = 4;
const TIME = 1e6;

const problemOf = (schedule: ScheduleSpec | number): SphericalSk => ({
  temperature: 1,
  schedule: createSchedule(schedule),
  noise: 1,
  signal: 0,
  spectrum: "semicircle",
  size: null,
  spikeWeight: 1,
  initialOverlap: null,
});

/** The finite spherical SK model in the basis in which its matrix is tridiagonal, and its theory to long times. */
export function sphericalSk(): readonly Benchmark[] {
  return [
    {
      name: `spherical SK, N = ${SIZE}, a step in the tridiagonal basis, against the dense matrix`,
      size: SIZE,
      ours: async () => perStep(await samples(SIZE, STEPS), STEPS),
      baseline: denseSteps,
      agreement: 0,
      goal: { ratio: 1 / 30 },
    },
    {
      name: `spherical SK, N = ${SIZE}, a sample of ${STEPS} steps, against 2.5 s`,
      size: SIZE,
      ours: () => samples(SIZE, STEPS),
      baseline: () => ({ cpuSeconds: 2.5, check: 0 }),
      agreement: 0,
      goal: { ratio: 1 },
    },
    {
      name: "spherical SK, N = 10⁵, a sample of 300 steps, against 2.5 s",
      size: 100_000,
      ours: () => samples(100_000, 300),
      baseline: () => ({ cpuSeconds: 2.5, check: 0 }),
      agreement: 0,
      goal: { ratio: 1 },
    },
    {
      name: "spherical SK, theory, β = 0.3 to t = 10⁶, against 2 s",
      size: 1,
      ours: theory,
      baseline: () => ({ cpuSeconds: 2, check: 0 }),
      agreement: 0,
      goal: { ratio: 1 },
    },
  ];
}

const perStep = ({ cpuSeconds, check }: Timing, steps: number): Timing => ({
  cpuSeconds: cpuSeconds / steps,
  check,
});

/** A sample with its matrix, λ1, λ2 and v1. */
async function samples(size: number, steps: number): Promise<Timing> {
  const run = { size, samples: 1, seed: SEED, until: steps, step: 1, times: [steps] };
  const problem = { ...problemOf(0.1), dynamics: "flow" as const };
  const { cpuSeconds } = await measure(() => simulateSphericalSk(problem, run));
  return { cpuSeconds, check: 0 };
}

/** The same step of the flow, four products with the matrix as it is. */
function denseSteps(): Timing {
  const stream = createStreams(SEED).stream("disorder", 0);
  const matrix = new Float64Array(SIZE * SIZE);
  stream.fillNormal(matrix);
  const x = new Float64Array(SIZE).fill(1);
  const term = new Float64Array(SIZE);
  const next = new Float64Array(SIZE);
  const noise = new Float64Array(SIZE);
  const start = process.cpuUsage();
  for (let step = 0; step < DENSE_STEPS; step++) {
    stream.fillNormal(noise);
    for (let i = 0; i < SIZE; i++) x[i] += 0.1 * noise[i];
    term.set(x);
    for (let order = 1; order <= 4; order++) {
      for (let i = 0; i < SIZE; i++) {
        let sum = 0;
        for (let j = 0, at = i * SIZE; j < SIZE; j++, at++) sum += matrix[at] * term[j];
        next[i] = (0.002 * sum) / order;
      }
      for (let i = 0; i < SIZE; i++) x[i] += next[i];
      term.set(next);
    }
    const scale = Math.sqrt(SIZE / x.reduce((sum, value) => sum + value * value, 0));
    for (let i = 0; i < SIZE; i++) x[i] *= scale;
  }
  return { cpuSeconds: process.cpuUsage(start).user / 1e6 / DENSE_STEPS, check: 0 };
}

async function theory(): Promise<Timing> {
  const problem = problemOf({ kind: "hold-then-decay", rate: 0.1, switchTime: 0, exponent: 0.3 });
  const { cpuSeconds } = await measure(async () =>
    (await solveSpectral(problem, { until: TIME })).sample([TIME]),
  );
  return { cpuSeconds, check: 0 };
}
