import { describe, expect, it } from "vitest";
import { createCovariance, pureCovariance } from "../../../src/models/covariance";
import { createSchedule } from "../../../src/schedule";
import { simulateSphericalLandscape } from "../../../src/simulate/landscape";

const SEED = 20261122;
const free = createCovariance([{ p: 2, variance: 1e-20 }]);

describe("response", () => {
  it.each(["noise", "clone"] as const)("is exp(−∫T_eff) for the free walk, from %s", async (response) => {
    const size = 20;
    const schedule = createSchedule({ kind: "power-law", rate: 1, exponent: 0.5 });
    const pairs = [
      [1, 0],
      [1, 0.5],
      [2, 1.8],
      [2, 2],
    ] as const;
    const { twoTime } = await simulateSphericalLandscape(
      { covariance: free, temperature: 1, schedule },
      { size, samples: 2000, seed: SEED, step: 0.1, until: 2, times: [2], pairs, response },
    );
    for (const [k, [t, tPrime]] of pairs.entries()) {
      const error = twoTime!.standardError.response[k];
      const exact = Math.exp((-schedule.heatBetween(tPrime, t) * (size - 1)) / size);
      // The default window adds at most some thousandths.
      expect(Math.abs(twoTime!.series.response[k] - exact)).toBeLessThan(0.002 + 3.5 * error);
      expect(error).toBeLessThan(0.01);
    }
    expect(twoTime!.series.response[3]).toBe(1);
  });

  it("obeys fluctuation-dissipation in equilibrium", async () => {
    // p = 3, T = 1, relaxed by t = 5. Averaged over the window, T·R·(N − 1)/N = [C(t, t' + w/2) − C(t, t' − w/2)]/w,
    // exactly at every N: R is a trace over the N − 1 directions along the sphere, over N − 1. Sample by sample.
    const w = 0.4;
    const pairs = [5.2, 5.6].flatMap((t) => [
      [6, t],
      [6, t + w / 2],
      [6, t - w / 2],
    ]) as [number, number][];
    const size = 24;
    const samples = 500;
    const { twoTime } = await simulateSphericalLandscape(
      { covariance: pureCovariance(3), temperature: 1, schedule: createSchedule(1) },
      {
        size,
        samples,
        seed: SEED,
        step: 0.1,
        until: 6,
        times: [6],
        pairs,
        responseWindow: w,
        keepCurves: true,
      },
    );
    const { correlation, response } = twoTime!.curves!;
    for (const k of [0, 3]) {
      const violation = response.map(
        (R, s) => ((size - 1) / size) * R[k] - (correlation[s][k + 1] - correlation[s][k + 2]) / w,
      );
      const mean = violation.reduce((sum, v) => sum + v, 0) / samples;
      const error = Math.sqrt(violation.reduce((sum, v) => sum + (v - mean) ** 2, 0)) / samples;
      expect(error).toBeLessThan(0.025);
      expect(Math.abs(mean)).toBeLessThan(3.5 * error);
      expect(twoTime!.series.response[k]).toBeGreaterThan(6 * error);
    }
  });

  it("is the same from noise and from a clone, out of equilibrium", async () => {
    const problem = {
      covariance: pureCovariance(3),
      temperature: 1,
      schedule: createSchedule({ kind: "power-law", rate: 1, exponent: 0.4 }),
    };
    const pairs = [
      [2, 1],
      [1.2, 1],
      [2, 0],
    ] as const;
    const simulation = { size: 24, samples: 300, seed: SEED, step: 0.1, until: 2, times: [2], pairs };
    const noise = await simulateSphericalLandscape(problem, simulation);
    const clone = await simulateSphericalLandscape(problem, { ...simulation, response: "clone" });
    for (const k of pairs.keys()) {
      const [a, b] = [noise.twoTime!, clone.twoTime!];
      const error = Math.hypot(a.standardError.response[k], b.standardError.response[k]);
      expect(error).toBeLessThan(0.05);
      expect(b.standardError.response[k]).toBeLessThan(0.02);
      expect(Math.abs(a.series.response[k] - b.series.response[k])).toBeLessThan(0.003 + 3.5 * error);
    }
  });

  it("equals the correlation with a random start, by clone at T = 0", async () => {
    const { twoTime } = await simulateSphericalLandscape(
      { covariance: pureCovariance(3), temperature: 0, schedule: createSchedule(1) },
      {
        size: 24,
        samples: 500,
        seed: SEED,
        step: 0.1,
        until: 1,
        times: [1],
        pairs: [[1, 0]],
        keepCurves: true,
      },
    );
    const differences = twoTime!.curves!.response.map((R, s) => R[0] - twoTime!.curves!.correlation[s][0]);
    const mean = differences.reduce((sum, d) => sum + d, 0) / 500;
    const error = Math.sqrt(differences.reduce((sum, d) => sum + (d - mean) ** 2, 0)) / 500;
    expect(error).toBeLessThan(0.02);
    expect(Math.abs(mean)).toBeLessThan(3.5 * error);
    expect(twoTime!.series.response[0]).toBeLessThan(0.95);
  });
});
