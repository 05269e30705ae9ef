import { describe, expect, it } from "vitest";
import { pureCovariance } from "../../../src/models/covariance";
import { createSchedule } from "../../../src/schedule";
import { simulateSphericalLandscape } from "../../../src/simulate/landscape";

const SEED = 20261122;

describe("response, slow", () => {
  it("obeys fluctuation-dissipation in equilibrium", async () => {
    // As in the fast suite, on a larger system with three times the precision.
    const w = 0.5;
    const starts = [8.25, 8.75, 9.25];
    const pairs = starts.flatMap((t) => [
      [10, t],
      [10, t + w / 2],
      [10, t - w / 2],
    ]) as [number, number][];
    const size = 40;
    const samples = 1500;
    const { twoTime } = await simulateSphericalLandscape(
      { covariance: pureCovariance(3), temperature: 1, schedule: createSchedule(1) },
      {
        size,
        samples,
        seed: SEED,
        step: 0.05,
        until: 10,
        times: [10],
        pairs,
        responseWindow: w,
        keepCurves: true,
      },
    );
    const { correlation, response } = twoTime!.curves!;
    for (const k of [0, 3, 6]) {
      const violation = response.map(
        (R, s) => ((size - 1) / size) * R[k] - (correlation[s][k + 1] - correlation[s][k + 2]) / w,
      );
      const mean = violation.reduce((sum, v) => sum + v, 0) / samples;
      const error = Math.sqrt(violation.reduce((sum, v) => sum + (v - mean) ** 2, 0)) / samples;
      expect(error).toBeLessThan(0.01);
      expect(Math.abs(mean)).toBeLessThan(3.5 * error);
    }
    expect(twoTime!.series.response[0]).toBeGreaterThan(0.1);
  });
});
