import { expect, it } from "vitest";
import { solveSpectral } from "../../../src/volterra/spherical-sk";
import { decay, sphericalSk } from "./problem";

it("follows the finite system's weight of the outlier, averaged over its law as by brute force", async () => {
  const planted = { noise: 0.25, signal: 1, size: 3000, temperature: 0.5 } as const;
  const average = await solveSpectral(sphericalSk(decay(0.2, 0.3), { ...planted, spikeWeight: "random" }), {
    until: 60,
  });
  const values = 20;
  let sum = 0;
  // Midpoints in u of Z = tan(πu/2), with the Gaussian weight.
  let total = 0;
  for (let k = 0; k < values; k++) {
    const z = Math.tan((Math.PI * (k + 0.5)) / (2 * values));
    const weight = Math.exp(-0.5 * z * z) * (1 + z * z);
    if (weight < 1e-12) continue;
    const one = await solveSpectral(sphericalSk(decay(0.2, 0.3), { ...planted, spikeWeight: z * z }), {
      until: 60,
    });
    sum += weight * one.sample([60]).series.topOverlap[0];
    total += weight;
  }
  const { series, error } = average.sample([60]);
  expect(Math.abs(series.topOverlap[0] - sum / total)).toBeLessThan(5e-6);
  expect(error!.topOverlap[0]).toBeLessThan(1e-4);
});
