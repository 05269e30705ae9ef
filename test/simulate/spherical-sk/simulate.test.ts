import { describe, expect, it } from "vitest";
import { InvalidParameterError } from "../../../src/core/errors";
import { type SphericalSkDynamics, simulateSphericalSk } from "../../../src/simulate/spherical-sk";
import { solveSpectral } from "../../../src/volterra/spherical-sk";
import { decay, sphericalSk } from "../../volterra/spherical-sk/problem";

const SEED = 20261122;
const flow = (...args: Parameters<typeof sphericalSk>): SphericalSkDynamics => ({
  ...sphericalSk(...args),
  dynamics: "flow",
});

describe("simulateSphericalSk", () => {
  it("without noise is the exponential of the matrix, to fourth order in the step", async () => {
    const problem = flow(1, { temperature: 0 });
    const loss = async (step: number) => {
      const run = { size: 40, samples: 1, seed: SEED, until: 4, step, times: [4] };
      return (await simulateSphericalSk(problem, run)).series.loss[0];
    };
    const exact = await loss(0.01);
    const [a, b] = [Math.abs((await loss(0.4)) - exact), Math.abs((await loss(0.2)) - exact)];
    expect(Math.log2(a / b)).toBeGreaterThan(3.5);
    expect(b).toBeGreaterThan(1e-9);
  });

  it("without a matrix is Brownian motion on the sphere, all of its noise and right at small N", async () => {
    // ⟨x·x′⟩/N = e^{−τ(N − 1)/N} with τ = T∫η² = 0.6, in steps of two halves.
    const problem = flow(1, { temperature: 0.6, noise: 1e-9 });
    const run = { size: 8, samples: 20_000, seed: SEED, until: 1, step: 0.5, times: [1] };
    const pairs = [[1, 0]] as const;
    const { twoTime } = await simulateSphericalSk(problem, { ...run, pairs });
    const error = twoTime!.standardError.correlation[0];
    expect(error).toBeLessThan(0.003);
    expect(Math.abs(twoTime!.series.correlation[0] - Math.exp((-0.6 * 7) / 8))).toBeLessThan(3.5 * error);
  });

  it("descends all the time at T = 0 to the sample's ground state", async () => {
    const times = [0, 0.5, 1, 2, 5, 20, 100, 1000];
    const run = { size: 100, samples: 3, seed: SEED, until: 1000, times, keepCurves: true };
    const { curves, notes } = await simulateSphericalSk(flow(1, { temperature: 0 }), run);
    for (const curve of curves!.excessLoss) {
      for (let k = 1; k < times.length; k++) expect(curve[k]).toBeLessThanOrEqual(curve[k - 1] + 1e-14);
      expect(curve[times.length - 1]).toBeLessThan(1e-3);
      expect(curve[times.length - 1]).toBeGreaterThan(-1e-12);
    }
    expect(notes!.join()).toMatch(/own ground state/);
  });

  it("has samples that do not depend on how many there are, nor on the report", async () => {
    const problem = flow(decay(0.4, 0.5), { noise: 0.5, signal: 1 });
    const run = { size: 60, seed: SEED, until: 20, step: 0.5, keepCurves: true };
    const few = await simulateSphericalSk(problem, { ...run, samples: 2, times: [5, 20] });
    const many = await simulateSphericalSk(problem, { ...run, samples: 4, times: [5, 20] });
    for (const name of ["loss", "overlap", "topOverlap"]) {
      expect(many.curves![name].slice(0, 2)).toEqual(few.curves![name]);
    }
    expect([...many.events!.crossingTime.subarray(0, 2)]).toEqual([...few.events!.crossingTime]);
  });

  it("starts with the overlap that is asked for, and measures the correlation with earlier states", async () => {
    const problem = flow(0.4, { noise: 0.5, signal: 1, initialOverlap: -0.3, temperature: 0 });
    const pairs = [
      [3, 3],
      [3, 0],
      [10, 3],
    ] as const;
    const { series, twoTime } = await simulateSphericalSk(problem, {
      size: 200,
      samples: 4,
      seed: SEED,
      until: 10,
      times: [0, 10],
      pairs,
    });
    expect(series.overlap[0]).toBeCloseTo(-0.3, 13);
    const { correlation } = twoTime!.series;
    expect(correlation[0]).toBeCloseTo(1, 13);
    const theory = await solveSpectral(problem, { until: 10 });
    for (const k of [1, 2]) {
      const expected = theory.correlation(pairs[k][0], pairs[k][1]);
      expect(Math.abs(correlation[k] - expected)).toBeLessThan(
        4 * twoTime!.standardError.correlation[k] + 0.01,
      );
    }
  });

  it("takes the paper's steps: one of projected descent is x + ηAx with unit norm", async () => {
    const problem: SphericalSkDynamics = {
      ...sphericalSk(0.3, { temperature: 0 }),
      dynamics: "projected-gradient",
    };
    const run = { size: 50, samples: 1, seed: SEED, until: 2, times: [0, 1, 2] };
    const { series } = await simulateSphericalSk(problem, run);
    expect(series.loss[1]).toBeLessThan(series.loss[0]);
    const half = await simulateSphericalSk({ ...problem, ...sphericalSk(0.15, { temperature: 0 }) }, run);
    expect(half.series.loss[1]).toBeGreaterThan(series.loss[1]);
  });

  it.each([
    ["simulation.size", { size: 2 }],
    ["simulation.size", { size: 5000, basis: "dense" }],
    ["simulation.step", { step: 5 }],
    ["simulation.times[0]", { times: [30] }],
    ["simulation.pairs[0]", { pairs: [[1, 2]] }],
    ["simulation.samples", { samples: 0 }],
  ] as const)("names %s in %j", async (parameter, different) => {
    const run = { size: 50, samples: 1, seed: 1, until: 10, ...different };
    const work = simulateSphericalSk(flow(1), run as Parameters<typeof simulateSphericalSk>[1]);
    await expect(work).rejects.toThrow(InvalidParameterError);
    await expect(work).rejects.toMatchObject({ parameter });
  });
});
