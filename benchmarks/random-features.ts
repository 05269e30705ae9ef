import { additiveOptimum, optimalRates } from "../src/control/random-features";
import { createDescent } from "../src/control/random-features/descent";
import { type Layer, useKernels } from "../src/kernels";
import { createModes } from "../src/models/random-features";
import type { Benchmark, Timing } from "./benchmark";
import { measure, peakBytes } from "./measure";
import { compileNative } from "./native";

const model = (features: number) =>
  createModes({ targetExponent: 3, spectrumExponent: 2, features, modes: features, labelNoise: 1 });
const ones = (horizon: number) => new Float64Array(horizon).fill(1);

const SWEEPS = 10;
/** What the whole optimum and a closed form may take, in CPU seconds. */
const OPTIMUM_SECONDS = 60;
const CLOSED_FORM_SECONDS = 0.05;

/** Coordinate descent against native/features.c; a whole optimum and the closed form against what they may take. */
export function randomFeatures(): readonly Benchmark[] {
  const native = compileNative("features");
  return [
    {
      name: "sweep of the learning rates, T = 1024, 1000 modes",
      size: 1024,
      ours: async () => sweeps("simd"),
      baseline: native && (() => native(1000, 1024, SWEEPS)),
      plain: () => sweeps("plain"),
      agreement: 1e-12,
      goal: { ratio: 3 },
    },
    {
      name: `optimal rates to 1e-6, T = 32768, 10⁷ modes in bins, against ${OPTIMUM_SECONDS} s`,
      size: 32768,
      ours: optimum,
      baseline: () => ({ cpuSeconds: OPTIMUM_SECONDS, check: EXPECTED }),
      agreement: 1e-6 * EXPECTED,
      // A gigabyte is 0.93 n².
      goal: { ratio: 1, bytes: 0.93 },
    },
    {
      name: `closed-form control, T = 10⁹, 10⁸ modes in bins, 60 rates, against ${1000 * CLOSED_FORM_SECONDS} ms`,
      size: 60,
      ours: closedForm,
      baseline: () => ({ cpuSeconds: CLOSED_FORM_SECONDS, check: EXPECTED_CONTROL }),
      agreement: 2e-6 * EXPECTED_CONTROL,
      goal: { ratio: 1 },
    },
  ];
}

/** L − s2 of the optimum, after sweeps to 1e-11; and of the closed form; both in bins of 3 % after 200 modes. */
const EXPECTED = 0.00180856403;
const EXPECTED_CONTROL = 2.12963e-6;

/** Sweeps of a descent on a layer of the kernels. */
function sweeps(layer: Layer): Timing {
  useKernels(layer);
  const descent = createDescent(model(1000), ones(1024), Infinity, ones(1024).fill(0.1));
  useKernels("simd");
  const whole = (pass: Generator<void, number>) => {
    let step = pass.next();
    while (!step.done) step = pass.next();
    return step.value;
  };
  whole(descent.begin());
  const start = process.cpuUsage();
  let excess = 0;
  for (let sweep = 0; sweep < SWEEPS; sweep++) excess = whole(descent.sweep());
  return { cpuSeconds: process.cpuUsage(start).user / 1e6 / SWEEPS, check: excess };
}

let memory: number | undefined;

async function optimum(): Promise<Timing> {
  const run = (onProgress?: () => void) =>
    optimalRates(model(1e7), ones(32768), { cap: null, tolerance: 1e-6 }, { onProgress });
  memory ??= await peakBytes(run);
  const { value, cpuSeconds } = await measure(() => run());
  return { cpuSeconds, arrayBytes: memory, check: value.excess };
}

async function closedForm(): Promise<Timing> {
  const modes = model(1e8);
  const { value, cpuSeconds } = await measure(async () => {
    const { rate, excess } = additiveOptimum({ modes, batchSize: 1, horizon: 1e9, cap: null });
    for (let k = 0; k < 60; k++) rate((1e9 * k) / 60);
    return excess;
  });
  return { cpuSeconds, check: value };
}
