import { describe, expect, it } from "vitest";
import { phaseRetrieval } from "../../src/models/phase-retrieval/problem";
import { mean, standardError, variance } from "../../src/numerics/statistics";
import { createStreams } from "../../src/numerics/streams";
import { createEnsemble, type SampleCurves } from "../../src/simulate/ensemble";
import { simulatePhaseRetrieval } from "../../src/simulate/phase-retrieval";
import { regressOnStart } from "../../src/simulate/regression";

const SEED = 20261122;
const frame = { time: Float64Array.of(1), size: 10 };

/** Samples with y = 3 + 2 (a − 1) − (b + 2) + noise, a ~ N(1, 1), b ~ N(−2, 1); the noise of one is N(0, spread²). */
function samplesOf(count: number, spread: number, block = 0): SampleCurves[] {
  const random = createStreams(SEED).stream("noise", 0, block);
  const draws = new Float64Array(3 * count);
  random.fillNormal(draws);
  return Array.from({ length: count }, (_, i) => {
    const [x, z, noise] = draws.subarray(3 * i, 3 * i + 3);
    const y = Float64Array.of(3 + 2 * x - z + spread * noise);
    return { series: { y }, twoTime: { c: y.slice() }, start: { a: 1 + x, b: -2 + z, fixed: 4 } };
  });
}
const means = { a: 1, b: -2, fixed: 4 };

describe("regression on the start", () => {
  it("is exact where everything follows from the start", () => {
    const adjusted = regressOnStart(samplesOf(10, 0), means);
    for (const { series, twoTime } of adjusted) {
      expect(series.y[0]).toBeCloseTo(3, 12);
      expect(twoTime!.c[0]).toBeCloseTo(3, 12);
    }
  });

  it("has the standard error of its own scatter over many repetitions", () => {
    const repeats = 2000;
    for (const count of [8, 40]) {
      const runs = Array.from({ length: repeats }, (_, r) => {
        const ensemble = createEnsemble(
          { ...frame, adjust: (samples) => regressOnStart(samples, means) },
          samplesOf(count, 0.5, r + 1),
        );
        return [ensemble.series.y[0], ensemble.standardError.y[0]];
      });
      const found = runs.map(([value]) => value);
      expect(Math.abs(mean(found) - 3)).toBeLessThan(4 * standardError(found));
      const claimed = mean(runs.map(([, error]) => error ** 2));
      // The relative error of a variance from 2000 runs is 3 %.
      expect(Math.abs(claimed / variance(found) - 1)).toBeLessThan(0.12);
      // And far below that of the plain mean, √(5.25/n).
      expect(Math.sqrt(claimed)).toBeLessThan((count === 8 ? 0.5 : 0.27) * Math.sqrt(5.25 / count));
    }
  });

  it("leaves too few samples as they are", () => {
    const few = samplesOf(4, 0.5);
    expect(regressOnStart(few, means)).toBe(few);
  });

  it("of a simulation: exact at t = 0, and at most half of the variance soon after", async () => {
    const problem = phaseRetrieval({ sampleRatio: 2, initialOverlap: 0.5 });
    const simulation = { size: 100, samples: 200, seed: SEED, until: 0.2, times: [0, 0.2], keepCurves: true };
    const plain = await simulatePhaseRetrieval(problem, simulation);
    const regressed = await simulatePhaseRetrieval(problem, { ...simulation, regress: true });
    expect(regressed.series.overlap[0]).toBeCloseTo(0.5, 12);
    expect(regressed.series.trainingLoss[0]).toBeCloseTo(0.75, 12);
    for (const name of ["overlap", "trainingLoss"]) {
      const [wide, narrow] = [plain.standardError[name][1], regressed.standardError[name][1]];
      expect(narrow).toBeLessThan(Math.SQRT1_2 * wide);
      const distance = Math.abs(regressed.series[name][1] - plain.series[name][1]);
      expect(distance).toBeLessThan(4 * wide + 2.5 / 100);
      // The curves have the mean and the spread that are claimed, so that a bootstrap of them is honest.
      const values = regressed.curves![name].map((curve) => curve[1]);
      expect(mean(values)).toBeCloseTo(regressed.series[name][1], 12);
      expect(standardError(values)).toBeCloseTo(narrow, 12);
    }
    // What counts samples is left alone.
    expect(regressed.median).toEqual(plain.median);
    expect(regressed.series.recoveredFraction).toEqual(plain.series.recoveredFraction);
    expect(regressed.events).toEqual(plain.events);
  });
});
