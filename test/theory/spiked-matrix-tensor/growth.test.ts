import { describe, expect, it } from "vitest";
import { solveUniform } from "../../../src/chsck";
import { createSchedule } from "../../../src/schedule";
import { equilibrium } from "../../../src/theory/spiked-matrix-tensor/equilibrium";
import {
  plateauGain,
  plateauGrowthRate,
  reachedState,
} from "../../../src/theory/spiked-matrix-tensor/growth";
import { spikedCovariance } from "../../../src/theory/spiked-matrix-tensor/model";
import { relaxationRate } from "../../../src/theory/spiked-matrix-tensor/relaxation";

const spiked = (p: number, matrixNoise: number, tensorNoise: number) =>
  spikedCovariance({ p, matrixNoise, tensorNoise });

describe("rate from the relaxation", () => {
  it("is (1−r)(1−cr)/r for the kernel cφ", () => {
    for (const c of [0.3, 0.95, 1]) {
      for (const r of [0.2, 0.7, 0.95]) {
        const rate = relaxationRate({ value: (phi) => c * phi, slope: () => c }, r);
        expect(Math.abs((rate * r) / ((1 - r) * (1 - c * r)) - 1)).toBeLessThan(1e-6);
      }
    }
  });
});

describe("growth of a small overlap", () => {
  it("at T = 0 is (1 − Δ2·sqrt(Q″(1)))²/Δ2: 0.3145 at Δ2 = 0.3, Δp = 1", () => {
    expect(plateauGrowthRate(spiked(3, 0.3, 1), 0)).toBeCloseTo(
      (1 - 0.3 * Math.sqrt(1 / 0.3 + 2)) ** 2 / 0.3,
      13,
    );
    expect(plateauGrowthRate(spiked(3, 0.3, 1), 0)).toBeCloseTo(0.3145, 4);
  });

  it("is continuous at T = 0, with the relaxation solved numerically", () => {
    const Q = spiked(3, 0.2, 6);
    expect(plateauGrowthRate(Q, 1e-7)).toBeCloseTo(plateauGrowthRate(Q, 0), 6);
  });

  it("is 0 on the hard side of the easy line and goes to 0 on the other", () => {
    expect(plateauGrowthRate(spiked(3, 0.5, 0.49), 1)).toBe(0);
    expect(plateauGrowthRate(spiked(3, 0.71, 1), 0.5)).toBe(0);
    const near = plateauGrowthRate(spiked(3, 0.5, 0.51), 1);
    expect(near).toBeGreaterThan(0);
    expect(near).toBeLessThan(1e-3);
  });

  it("in the paramagnet is the rate of the two-time equations", async () => {
    // 1/T² < Δ2 < 1/T: no glass, but the matrix still pulls.
    const Q = spiked(3, 0.3, 0.5);
    expect(reachedState(Q, 3).plateau).toBe(0);
    expect(plateauGain(Q, 3)).toBeCloseTo(1 / 0.9, 12);
    const measured = await localRates(Q, 3, { until: 12, points: 160, extrapolate: true }, [1]);
    expect(Math.abs(measured[0] / plateauGrowthRate(Q, 3) - 1)).toBeLessThan(1e-4);
  });

  it("from the plateau lies between two extrapolations of the local rate of the two-time equations", async () => {
    const Q = spiked(3, 0.2, 6);
    const [early, late] = await localRates(Q, 0.5, { until: 12, points: 160 }, [0.5, 1]);
    const extrapolated = (exponent: number) => late - (early - late) / (2 ** exponent - 1);
    const rate = plateauGrowthRate(Q, 0.5);
    expect(rate).toBeGreaterThan(extrapolated(2 / 3));
    expect(rate).toBeLessThan(extrapolated(1));
    // Without the memory's own lag the rate would be 1/Δ2 − 1/χ, nearly twice as large.
    expect(5 - 1 / reachedState(Q, 0.5).response).toBeGreaterThan(1.5 * late);
  });
});

describe("relaxed dynamics", () => {
  it.each([0, 0.5, 1])("from m = 0.3 is the equilibrium to 1e-6: T = %d", async (temperature) => {
    const covariance = spiked(3, 0.2, 6);
    const state = equilibrium(covariance, temperature);
    const { series } = await solveUniform(
      { covariance, temperature, schedule: createSchedule(1), initialOverlap: 0.3 },
      { kind: "uniform", until: 8, points: 80, extrapolate: true },
    );
    const end = series.overlap.length - 1;
    expect(Math.abs(series.overlap[end] - state.overlap)).toBeLessThan(1e-6);
    expect(Math.abs(series.loss[end] - state.loss)).toBeLessThan(1e-6);
    expect(Math.abs(series["loss[0]"][end] - state.channelLosses[0])).toBeLessThan(1e-6);
    expect(Math.abs(series["loss[1]"][end] - state.channelLosses[1])).toBeLessThan(1e-6);
  });
});

/** d ln m/dt of a tiny overlap at fractions of a run. */
async function localRates(
  covariance: ReturnType<typeof spiked>,
  temperature: number,
  method: { until: number; points: number; extrapolate?: boolean },
  fractions: readonly number[],
): Promise<number[]> {
  const { series, time } = await solveUniform(
    { covariance, temperature, schedule: createSchedule(1), initialOverlap: 1e-30 },
    { kind: "uniform", ...method },
  );
  return fractions.map((fraction) => {
    const i = Math.round(fraction * (time.length - 1));
    return Math.log(series.overlap[i] / series.overlap[i - 2]) / (time[i] - time[i - 2]);
  });
}
