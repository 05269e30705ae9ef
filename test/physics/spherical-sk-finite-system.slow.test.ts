import { describe, expect, it } from "vitest";
import { curveStatistic } from "../../src/compare";
import type { Ensemble } from "../../src/core/results";
import { outlierOf } from "../../src/models/spherical-sk/outlier";
import { mean, median, medianError, standardError } from "../../src/numerics/statistics";
import { createStreams } from "../../src/numerics/streams";
import { drawMatrix, simulateSphericalSk } from "../../src/simulate/spherical-sk";
import { solveProjectedGradient, solveSpectral } from "../../src/volterra/spherical-sk";
import { decay, sphericalSk } from "../volterra/spherical-sk/problem";

/** A theory passes at this p-value; a misprint must fail by this many standard errors. */
const PASSES = 0.001;
const FAILS = 10;
const SEED = 20261122;

const against = (ensemble: Ensemble, name: string, theory: Float64Array) =>
  curveStatistic(theory, ensemble.curves![name]);

describe("spherical SK of N = 3000 against the infinite system", () => {
  const times = [0.3, 1, 2, 4, 7, 12, 20, 35, 60, 100];

  it.each([
    ["a schedule", decay(0.1, 0.5), {}],
    ["hold then decay", decay(0.2, 0.7, 30), { temperature: 0.5 }],
    [
      "Marchenko-Pastur",
      decay(0.1, 0.3),
      { temperature: 0.5, spectrum: { kind: "marchenko-pastur", ratio: 0.5 } },
    ],
  ] as const)("passes: %s", async (_, schedule, different) => {
    const problem = sphericalSk(schedule, different);
    const run = { size: 3000, samples: 60, seed: SEED, until: 100, times, keepCurves: true };
    const ensemble = await simulateSphericalSk({ ...problem, dynamics: "flow" }, run);
    const theory = (await solveSpectral(problem, { until: 100 })).sample(times);
    expect(against(ensemble, "loss", theory.series.loss).pValue).toBeGreaterThanOrEqual(PASSES);
    expect(against(ensemble, "multiplier", theory.series.multiplier).pValue).toBeGreaterThanOrEqual(PASSES);
    // The same spectrum without its skewness is another system.
    if (!("spectrum" in different)) return;
    const other = (await solveSpectral(sphericalSk(schedule, { temperature: 0.5 }), { until: 100 })).sample(
      times,
    );
    expect(against(ensemble, "loss", other.series.loss).statistic).toBeGreaterThan(FAILS);
  });

  it("projected descent passes its exact recursion, and rejects the continuum on the same data", async () => {
    const problem = sphericalSk(decay(0.1, 0.8));
    const steps = [1, 2, 4, 8, 15, 30, 60, 100, 200];
    const run = { size: 3000, samples: 100, seed: SEED, until: 200, times: steps, keepCurves: true };
    const ensemble = await simulateSphericalSk({ ...problem, dynamics: "projected-gradient" }, run);
    const recursion = (await solveProjectedGradient(problem, { until: 200 })).sample(steps);
    const continuum = (await solveSpectral(problem, { until: 200 })).sample(steps);
    expect(against(ensemble, "loss", recursion.series.loss).pValue).toBeGreaterThanOrEqual(PASSES);
    expect(against(ensemble, "loss", continuum.series.loss).statistic).toBeGreaterThan(FAILS);
  });
});

describe("the planted system", () => {
  it("finds the signal as the random weight of its start says, and not as a weight of 1/N", async () => {
    const planted = { noise: 0.25, signal: 1, temperature: 0.5 } as const;
    const times = [10, 20, 30, 40, 50, 60, 80, 100, 140, 200];
    const run = { size: 3000, samples: 200, seed: SEED, until: 400, times, keepCurves: true };
    const problem = sphericalSk(decay(0.2, 0.3), planted);
    const ensemble = await simulateSphericalSk({ ...problem, dynamics: "flow" }, run);
    const theory = async (spikeWeight: number | "random") =>
      solveSpectral({ ...problem, size: 3000, spikeWeight }, { until: 400 });
    const random = (await theory("random")).sample(times);
    for (const name of ["loss", "topOverlap"]) {
      expect(against(ensemble, name, random.series[name]).pValue, name).toBeGreaterThanOrEqual(PASSES);
    }
    const fixed = (await theory(1)).sample(times);
    expect(against(ensemble, "topOverlap", fixed.series.topOverlap).statistic).toBeGreaterThan(5);
    // The typical crossing is that of the median weight.
    const crossings = ensemble.events!.crossingTime;
    const typical = (await theory(0.454936)).events!.crossingTime[0];
    expect(Math.abs(median(crossings) - typical)).toBeLessThan(3.5 * medianError(crossings));
  });

  it("with a macroscopic start passes for loss and both overlaps", async () => {
    const problem = sphericalSk(decay(0.2, 0.3), {
      noise: 0.5,
      signal: 1,
      temperature: 0.5,
      initialOverlap: 0.1,
    });
    const times = [2, 5, 10, 20, 40, 60, 100, 200];
    const run = { size: 6000, samples: 60, seed: SEED, until: 200, times, keepCurves: true };
    const ensemble = await simulateSphericalSk({ ...problem, dynamics: "flow" }, run);
    const theory = (await solveSpectral(problem, { until: 200 })).sample(times);
    for (const name of ["loss", "overlap"]) {
      expect(against(ensemble, name, theory.series[name]).pValue, name).toBeGreaterThanOrEqual(PASSES);
    }
    // At finite size the squared overlap has its own variance, of order 1/N.
    for (const [k, value] of theory.series.topOverlap.entries()) {
      const error = ensemble.standardError.topOverlap[k];
      expect(Math.abs(ensemble.series.topOverlap[k] - value)).toBeLessThan(3.5 * error + 3 / 6000);
    }
  });

  it.each([0.25, 0.5, 0.6])(
    "has the outlier of Baik, Ben Arous and Péché at N = 4000, Δ = %d, not the printed one",
    (noise) => {
      const law = { noise, signal: 1, spectrum: "semicircle" } as const;
      const streams = createStreams(SEED);
      const size = 4000;
      const draws = Array.from({ length: 40 }, (_, sample) =>
        drawMatrix(law, size, "tridiagonal", streams, sample),
      );
      const measured = {
        topEigenvalue: draws.map(({ topEigenvalue }) => topEigenvalue),
        gap: draws.map(({ topEigenvalue, secondEigenvalue }) => topEigenvalue - secondEigenvalue),
        signalOverlapSquared: draws.map(({ topEigenvector }) => topEigenvector[0] ** 2),
      };
      const expected = outlierOf(law);
      // λ2 is below the edge 2Δ by 1.2 Δ N^−2/3.
      const bias = {
        topEigenvalue: 1 / size,
        gap: (1.6 * noise) / size ** (2 / 3),
        signalOverlapSquared: 4 / size,
      };
      for (const name of ["topEigenvalue", "gap", "signalOverlapSquared"] as const) {
        const error = standardError(measured[name]);
        expect(Math.abs(mean(measured[name]) - expected[name]), name).toBeLessThan(3.5 * error + bias[name]);
      }
      const printed = { topEigenvalue: 1, gap: Math.max(0, 1 - 2 * noise) };
      for (const name of ["topEigenvalue", "gap"] as const) {
        const error = standardError(measured[name]);
        expect(Math.abs(mean(measured[name]) - printed[name]), name).toBeGreaterThan(
          FAILS * error + bias[name],
        );
      }
    },
  );

  it("without a gap crosses late, about as N^⅔ in the clock", async () => {
    const crossing = async (size: number) => {
      const problem = sphericalSk(1, { noise: 1, temperature: 0 });
      const run = { size, samples: 100, seed: SEED, until: 20 * size ** (2 / 3), step: 0.4, times: [1] };
      return median((await simulateSphericalSk({ ...problem, dynamics: "flow" }, run)).events!.crossingTime);
    };
    const exponent = Math.log((await crossing(400)) / (await crossing(50))) / Math.log(8);
    expect(exponent).toBeGreaterThan(0.5);
    expect(exponent).toBeLessThan(0.85);
  });
});
