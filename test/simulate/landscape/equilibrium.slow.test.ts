import { describe, expect, it } from "vitest";
import { createCovariance, pureCovariance } from "../../../src/models/covariance";
import { createSchedule } from "../../../src/schedule";
import { simulateSphericalLandscape } from "../../../src/simulate/landscape";

const SEED = 20261122;
const constant = createSchedule(1);

describe("finite system in equilibrium", () => {
  it("relaxes to the equilibrium loss −Q(1)/T at high temperature", async () => {
    // Exact at any N: loss = −(Q(1) − E Q(q12))/T, q12 the overlap of two equilibrium states of one sample; to lowest
    // order in 1/T, E Q(q12) = N E q⁶/(9T²), q the overlap of random states. The step adds 0.005 (0.02 at twice the
    // step); walk and descent in turn, not symmetric, would add 0.046.
    const size = 10;
    const sixth = 15 / (size * (size + 2) * (size + 4));
    const exact = -(1 / 3 - (size * sixth) / 36) / 2;
    const ensemble = await simulateSphericalLandscape(
      { covariance: pureCovariance(3), temperature: 2, schedule: constant },
      { size, samples: 4000, seed: SEED, step: 0.1, until: 3, times: [2, 3], replicas: 2 },
    );
    const { loss, multiplier } = ensemble.series;
    const error = ensemble.standardError.loss;
    for (const k of [0, 1]) {
      expect(error[k]).toBeLessThan(0.0025);
      expect(Math.abs(loss[k] - exact)).toBeLessThan(0.005 + 3.5 * error[k]);
      expect(multiplier[k]).toBeCloseTo(2 - 3 * loss[k], 12);
    }
  });

  it("stays in equilibrium at T = 1 from the signal itself, where m = (1 − m)Q′(m)", async () => {
    // At T = 1 the Gibbs measure is the posterior of the signal, and the signal a sample of it: started there, the
    // mean losses are −Q_k(1) at all times, at every N; the step adds 0.006. The overlap goes to the static value
    // 0.8 up to a bias that is below 0.2/N (measured: 0.007 ± 0.003 at N = 10, 0.003 ± 0.003 at N = 20).
    const size = 10;
    const covariance = createCovariance([
      { p: 2, variance: 4 },
      { p: 3, variance: 1.25 },
    ]);
    expect(0.2 * covariance.first(0.8)).toBeCloseTo(0.8, 12);
    const { series, standardError } = await simulateSphericalLandscape(
      { covariance, temperature: 1, schedule: constant, initialOverlap: 1 },
      { size, samples: 2000, seed: SEED, step: 0.025, until: 2.5, times: [0, 0.3, 1, 2.5] },
    );
    const exact = { "loss[0]": -2, "loss[1]": -1.25 / 3, loss: -2 - 1.25 / 3, multiplier: 1 + 4 + 1.25 };
    for (const [name, value] of Object.entries(exact)) {
      const bias = name === "multiplier" ? 0.02 : 0.01;
      for (const k of [0, 1, 2, 3]) {
        expect(standardError[name][k]).toBeLessThan(0.008 * Math.abs(value) + 0.002);
        expect(Math.abs(series[name][k] - value)).toBeLessThan(bias + 3.5 * standardError[name][k]);
      }
    }
    expect(series.overlap[1]).toBeGreaterThan(0.85);
    expect(standardError.overlap[3]).toBeLessThan(0.004);
    expect(Math.abs(series.overlap[3] - 0.8)).toBeLessThan(0.2 / size + 3.5 * standardError.overlap[3]);
  });
});
