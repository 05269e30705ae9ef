import { describe, expect, it } from "vitest";
import { phaseRetrieval } from "../../src/models/phase-retrieval/problem";
import { leastSquares } from "../../src/numerics/least-squares";
import { mean, standardError } from "../../src/numerics/statistics";
import { simulatePhaseRetrieval } from "../../src/simulate/phase-retrieval";

const SIZES = [50, 100, 200, 400];
const SAMPLES = [200, 150, 100, 60];

describe("recovery from a random start (figure 7, at α = 12, where small systems recover soon)", () => {
  it("takes a time a + b ln N, and no power of N near 1/2", async () => {
    const points = [];
    for (const [k, size] of SIZES.entries()) {
      const problem = phaseRetrieval({
        sampleRatio: 12,
        algorithm: "persistent-sgd",
        batchFraction: 0.5,
        persistence: 0.5,
        initialOverlap: 0,
        learningRate: 0.012,
      });
      const simulation = { size, samples: SAMPLES[k], seed: 20261122, until: 20, recoveryLoss: 1e-3 };
      const { events } = await simulatePhaseRetrieval(problem, simulation);
      const times = events!.recoveryTime;
      expect(times.every(Number.isFinite)).toBe(true);
      points.push({ size, time: mean(times), error: standardError(times) });
      console.log(`N = ${size}: t = ${mean(times).toFixed(3)} ± ${standardError(times).toFixed(3)}`);
    }
    const logs = points.map(({ size }) => Math.log(size));
    const fit = (values: readonly number[], errors: readonly number[]) => {
      const { combination, covariance } = leastSquares([logs.map(() => 1), logs], errors);
      const [a, b] = combination.map((weights) => weights.reduce((sum, w, i) => sum + w * values[i], 0));
      const misfit = values.reduce((sum, y, i) => sum + ((y - a - b * logs[i]) / errors[i]) ** 2, 0);
      return { slope: b, error: Math.sqrt(covariance[1][1]), misfit };
    };
    const law = fit(
      points.map(({ time }) => time),
      points.map(({ error }) => error),
    );
    console.log(`b = ${law.slope.toFixed(3)} ± ${law.error.toFixed(3)}, χ² = ${law.misfit.toFixed(2)} of 2`);
    expect(law.slope).toBeGreaterThan(5 * law.error);
    // χ² of 2 degrees of freedom beyond this has probability 0.001.
    expect(law.misfit).toBeLessThan(13.8);
    const power = fit(
      points.map(({ time }) => Math.log(time)),
      points.map(({ time, error }) => error / time),
    );
    console.log(`exponent of a power law: ${power.slope.toFixed(3)} ± ${power.error.toFixed(3)}`);
    expect(power.slope + 5 * power.error).toBeLessThan(0.5);
  });
});
