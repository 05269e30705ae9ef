import { describe, expect, it } from "vitest";
import { curveStatistic } from "../../src/compare";
import { optimalRates } from "../../src/control/random-features";
import {
  batchSizes,
  createModes,
  type Modes,
  type MomentumSpec,
  momentumSteps,
  type PowerLawFeatures,
  type Projection,
  projectedModes,
  type Steps,
} from "../../src/models/random-features";
import { simulateFeatures } from "../../src/simulate/random-features";
import { solveMomentum, solveRecursion } from "../../src/volterra/random-features";
import { featuresCase, ratesOf } from "../reference/features-cases";
import { FAILS, PASSES } from "./finite-system";

const SEED = 20261122;
const TIMES = [1, 2, 4, 7, 12, 20, 33, 50, 75, 100];
const HORIZON = 100;

interface Setting {
  readonly features: PowerLawFeatures;
  readonly steps: Steps;
  readonly momentum?: MomentumSpec;
  readonly projection?: Projection;
  /** A reference simulation of the same, and its theory. */
  readonly reference?: string;
  readonly theory?: number;
}

const model = (a: number, b: number, features = 30, modes: number | null = features) => ({
  targetExponent: a,
  spectrumExponent: b,
  features,
  modes,
  labelNoise: 0.25,
});
const plain = (rate: (t: number) => number, batch = 1): Steps => ({
  rate: ratesOf(HORIZON, rate),
  batch: ratesOf(HORIZON, () => batch),
});
const waves = Array.from({ length: 12 }, (_, i) =>
  new Float64Array(40).map((_, j) => Math.cos((i + 1) * (j + 1)) / Math.sqrt(12)),
);

const settings: Readonly<Record<string, Setting>> = {
  "constant, easy": { features: model(3, 2), steps: plain(() => 0.1) },
  "polynomial decay, easy": {
    features: model(3, 2),
    steps: plain((t) => 0.4 * (1 - t / 100) ** 3),
    reference: "rf-86",
    theory: 0.296443,
  },
  "warmup-stable-decay, hard": {
    features: model(1.5, 2),
    steps: plain((t) => (t < 80 ? 0.3 : 0.3 * ((100 - t) / 20) ** 3)),
  },
  "power law": { features: model(2.5, 1.5), steps: plain((t) => 0.2 * (1 + t) ** -0.4) },
  "growing batches": {
    features: model(2.5, 1.5),
    steps: {
      rate: ratesOf(HORIZON, () => 0.2),
      batch: batchSizes({ kind: "steps", sizes: [1, 2, 4, 8], times: [0, 40, 70, 90] }, HORIZON, 1.5),
    },
    reference: "rf-91",
    theory: 0.278404,
  },
  "untrained modes, infinitely many": { features: model(1.5, 2, 10, null), steps: plain(() => 0.25, 2) },
  "heavy ball": {
    features: model(1.5, 2),
    steps: plain(() => 0.03),
    momentum: { kind: "heavy-ball", momentum: 0.8 },
    reference: "rf-92",
    theory: 0.764171,
  },
  nesterov: {
    features: model(1.5, 2),
    steps: plain(() => 0.05, 2),
    momentum: { kind: "nesterov", momentum: 0.8 },
  },
  "momentum adapted to the time": {
    features: model(1.5, 2),
    steps: plain(() => 0.15),
    momentum: { kind: "dana", ratio: 1 / 3, damping: 4 },
    reference: "rf-93",
    theory: 0.712373,
  },
  "matrix of features": {
    features: model(1.5, 2, 12, 40),
    steps: plain(() => 0.25),
    projection: waves,
    reference: "rf-95",
    theory: 1.355624,
  },
};

const SAMPLES = 4000;

async function run({ features, steps, momentum, projection }: Setting, samples: number) {
  const modes = projection ? projectedModes(features, projection) : createModes(features);
  const coefficients = momentum && momentumSteps(momentum, steps.rate, features.spectrumExponent);
  const { excess } = coefficients
    ? await solveMomentum(modes, coefficients, steps.batch)
    : await solveRecursion(modes, steps);
  const ensemble = await simulateFeatures(
    { features, steps, projection, momentum: coefficients },
    { samples, seed: SEED, times: TIMES, keepCurves: true },
  );
  const theory = Float64Array.from(TIMES, (t) => modes.floor + excess[t]);
  return { modes, ensemble, theory };
}

describe("direct SGD against the exact recursion", () => {
  it.each(Object.entries(settings))("%s", async (_, setting) => {
    const { ensemble, theory } = await run(setting, SAMPLES);
    const { pValue } = curveStatistic(theory, ensemble.curves!.loss);
    expect(pValue).toBeGreaterThan(PASSES);
    if (!setting.reference) return;
    expect(Math.abs(theory[TIMES.length - 1] - setting.theory!)).toBeLessThan(1e-6);
    const [mean, error] = featuresCase(setting.reference).value as unknown as readonly [number, number];
    const ours = ensemble.series.loss[TIMES.length - 1];
    const combined = Math.hypot(error, ensemble.standardError.loss[TIMES.length - 1]);
    expect(Math.abs(ours - mean)).toBeLessThan(3.5 * combined);
  });

  it("of the optimal schedule", async () => {
    const features = model(1.5, 2);
    const batch = ratesOf(HORIZON, () => 1);
    const { rate } = await optimalRates(createModes(features), batch, { cap: null });
    const { ensemble, theory } = await run({ features, steps: { rate, batch } }, 10000);
    expect(Math.abs(theory[TIMES.length - 1] - 0.621782)).toBeLessThan(1e-6);
    expect(curveStatistic(theory, ensemble.curves!.loss).pValue).toBeGreaterThan(PASSES);
  });

  it("rejects the recursion without the fluctuations of a mode's own feature", async () => {
    const setting = settings["constant, easy"];
    const steps = plain(() => 0.3);
    const { modes, ensemble, theory } = await run({ ...setting, steps }, SAMPLES);
    expect(curveStatistic(theory, ensemble.curves!.loss).pValue).toBeGreaterThan(PASSES);
    const wrong = Float64Array.from(TIMES, (t) => modes.floor + meanField(modes, steps, t));
    expect(curveStatistic(wrong, ensemble.curves!.loss).statistic).toBeGreaterThan(FAILS);
  });
});

/** The recursion with A = (1 − ηλ)². */
function meanField({ eigenvalue, start, floor }: Modes, { rate, batch }: Steps, until: number): number {
  const q = Float64Array.from(start);
  const sum = () => q.reduce((total, value) => total + value, 0);
  for (let t = 0; t < until; t++) {
    const noise = ((rate[t] * rate[t]) / batch[t]) * (floor + sum());
    for (let k = 0; k < q.length; k++) {
      q[k] = (1 - rate[t] * eigenvalue[k]) ** 2 * q[k] + noise * eigenvalue[k] ** 2;
    }
  }
  return sum();
}
