import {
  batchRates,
  gradientFactor,
  type PhaseRetrieval,
  ridgeOf,
} from "../../../src/models/phase-retrieval/problem";
import { createStreams } from "../../../src/numerics/streams";
import { type Batches, createBernoulliBatches } from "../../../src/simulate/phase-retrieval/batches";
import { meanSquaredError } from "../../../src/theory/phase-retrieval";

const dot = (a: ArrayLike<number>, b: ArrayLike<number>) => {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
};

/** A run by the update rule as it is written, in doubles: values before each step, and the states. */
export function denseRun(
  problem: PhaseRetrieval,
  run: {
    readonly size: number;
    readonly seed: number;
    readonly sample: number;
    readonly dataSet: number;
    readonly steps: number;
    readonly batches?: Batches;
  },
) {
  const { size: n, seed, sample, dataSet, steps } = run;
  const { learningRate: eta, initialOverlap: m0, constraint } = problem;
  const patterns = Math.round(problem.sampleRatio * n);
  const onSphere = constraint === "sphere";
  const streams = createStreams(seed);
  const normals = (random: ReturnType<typeof streams.stream>) => {
    const values = new Float64Array(n);
    random.fillNormal(values);
    return values;
  };

  const direction = normals(streams.stream("data", dataSet, 1));
  const signal = direction.map((x) => x * Math.sqrt(n / dot(direction, direction)));
  const measurements = streams.stream("data", dataSet);
  const xi = Array.from({ length: patterns }, () => normals(measurements));
  const h0 = xi.map((row) => dot(row, signal) / Math.sqrt(n));
  const z = normals(streams.stream("start", sample));
  const a = dot(z, z) / n;
  const b = dot(z, signal) / n;
  const c = onSphere ? (-m0 * b + Math.sqrt(m0 ** 2 * b ** 2 + a * (1 - m0 ** 2))) / a : 1;
  let w = z.map((x, i) => m0 * signal[i] + c * x);
  const noise = streams.stream("noise", sample);
  const rates = batchRates(problem);
  const batches = run.batches ?? (rates && createBernoulliBatches(patterns, rates));
  batches?.start(streams.stream("batch", sample));

  const factor = gradientFactor(problem);
  const history: Record<string, number[]> = {};
  const states: Float64Array[] = [];
  for (let step = 0; step <= steps; step++) {
    const s = batches?.members ?? new Uint8Array(patterns).fill(1);
    const temperature = step * eta < (problem.temperatureOffAt ?? Infinity) ? problem.temperature : 0;
    const h = xi.map((row) => dot(row, w) / Math.sqrt(n));
    const force = h.map((x, mu) => factor * s[mu] * x * (x ** 2 - h0[mu] ** 2));
    const values = {
      overlap: dot(w, signal) / n,
      norm: dot(w, w) / n,
      trainingLoss: h.reduce((sum, x, mu) => sum + (x ** 2 - h0[mu] ** 2) ** 2 / 4, 0) / patterns,
      multiplier: temperature - dot(force, h) / n,
      curvature: h.reduce((sum, x, mu) => sum + factor * s[mu] * (3 * x ** 2 - h0[mu] ** 2), 0) / n,
      drive: dot(force, h0) / n,
      meanSquaredError: meanSquaredError({ overlap: dot(w, signal) / n, norm: dot(w, w) / n }),
    };
    for (const [name, value] of Object.entries(values)) history[name] = [...(history[name] ?? []), value];
    states.push(w);
    const gradient = w.map((_, i) => xi.reduce((sum, row, mu) => sum + force[mu] * row[i], 0) / Math.sqrt(n));
    const kicks = temperature > 0 ? normals(noise) : new Float64Array(n);
    w = w.map(
      (x, i) =>
        x - eta * gradient[i] - eta * ridgeOf(problem) * x + Math.sqrt(2 * temperature * eta) * kicks[i],
    );
    if (onSphere) {
      const scale = Math.sqrt(n / dot(w, w));
      w = w.map((x) => x * scale);
    }
    batches?.next();
  }
  return {
    history,
    correlation: (k: number, l: number) => dot(states[k], states[l]) / n,
  };
}
