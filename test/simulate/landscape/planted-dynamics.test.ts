import { describe, expect, it } from "vitest";
import { createCovariance } from "../../../src/models/covariance";
import { createSchedule } from "../../../src/schedule";
import { type LandscapeSimulation, simulateSphericalLandscape } from "../../../src/simulate/landscape";

const SEED = 20261122;
const constant = createSchedule(1);
const free = createCovariance([{ p: 2, variance: 1e-20 }]);

describe("finite system with a planted signal", () => {
  const matrixTensor = createCovariance([
    { p: 2, variance: 2 },
    { p: 3, variance: 1 },
  ]);
  const small: LandscapeSimulation = {
    size: 12,
    samples: 4,
    seed: SEED,
    step: 0.1,
    until: 1,
    keepCurves: true,
  };

  it("starts at the overlap in every run, and reports channels, overlap and z = T_eff − Σ p·l_p", async () => {
    const schedule = createSchedule({ kind: "power-law", rate: 0.5, exponent: 0.4 });
    const { curves } = await simulateSphericalLandscape(
      { covariance: matrixTensor, temperature: 0.5, schedule, initialOverlap: 0.2 },
      { ...small, times: [0, 0.3, 1], replicas: 2 },
    );
    expect(Object.keys(curves!)).toEqual(["loss", "multiplier", "loss[0]", "loss[1]", "overlap"]);
    for (const sample of [0, 1, 2, 3]) {
      for (const [k, t] of [0, 0.3, 1].entries()) {
        const [loss, z, matrix, tensor] = Object.values(curves!).map((curve) => curve[sample][k]);
        expect(matrix + tensor).toBeCloseTo(loss, 13);
        expect(z).toBeCloseTo(0.5 * schedule.rate(t) - 2 * matrix - 3 * tensor, 12);
      }
      expect(curves!.overlap[sample][0]).toBeCloseTo(0.2, 15);
      expect(curves!.overlap[sample][1]).not.toBeCloseTo(0.2, 3);
    }
  });

  it.each([
    ["p = 2", 2, (m: number) => Math.log(m / Math.sqrt(1 - m * m))],
    ["p = 3", 3, (m: number) => Math.atanh(m) - 1 / m],
  ])("follows dm/ds = Q′(m)(1 − m²) where the signal drowns the noise, %s", async (_, p, clockOf) => {
    // Signal ~ variance, noise ~ √variance: at 10¹⁰ the noise changes m by 10⁻⁵ or so.
    const times = [0.5, 1, 2, 3];
    const { series } = await simulateSphericalLandscape(
      {
        covariance: createCovariance([{ p, variance: 1e10 }]),
        temperature: 0,
        schedule: createSchedule(1e-10),
        initialOverlap: 0.3,
      },
      { ...small, samples: 1, step: 0.02, until: 3, times },
    );
    for (const [k, t] of times.entries()) {
      // In the time of the flow, so that late overlaps near 1 count as much as early ones; the step adds 1.3e-4.
      expect(Math.abs(clockOf(series.overlap[k]) - clockOf(0.3) - t)).toBeLessThan(2e-4);
    }
  });

  it("ends at T = 0 where the noise has moved the minimum: 1 − m² = (N − 1)/(N Q′(1)) for a strong signal", async () => {
    // Linear response at x*: the force of the noise has variance Q′(1) in each of N − 1 directions, the signal's
    // stiffness is Q′(1). Relative corrections: O(1/√(N Q′(1))) in a sample, O(1/Q′(1)) in the mean.
    const size = 30;
    const strength = 2000;
    const { series, standardError } = await simulateSphericalLandscape(
      {
        covariance: createCovariance([
          { p: 2, variance: 0.5 * strength },
          { p: 3, variance: 0.5 * strength },
        ]),
        temperature: 0,
        schedule: createSchedule(1 / strength),
        initialOverlap: 0.5,
      },
      { ...small, size, samples: 200, step: 0.4, until: 24, times: [20, 24] },
    );
    const exact = (size - 1) / (size * strength);
    const distance = series.overlap.map((m) => 1 - m * m);
    expect(distance[1]).toBeCloseTo(distance[0], 9);
    const error = 2 * standardError.overlap[1];
    expect(error).toBeLessThan(0.03 * exact);
    expect(Math.abs(distance[1] - exact)).toBeLessThan(3.5 * error + (4 * exact) / strength);
  });

  it("has the response (C − m0·m)/(1 − m0²) to the start: exp(−τ(N−1)/N) for the free walk", async () => {
    const size = 16;
    const simulation = { ...small, size, samples: 1500, pairs: [[1, 0]] as const, times: [1] };
    const { series, twoTime } = await simulateSphericalLandscape(
      { covariance: free, temperature: 0.8, schedule: constant, initialOverlap: 0.6 },
      simulation,
    );
    const C = twoTime!.series.correlation[0];
    const R = twoTime!.series.response[0];
    expect(R).toBeCloseTo((C - 0.6 * series.overlap[0]) / 0.64, 12);
    expect(twoTime!.standardError.response[0]).toBeLessThan(0.01);
    const exact = Math.exp((-0.8 * (size - 1)) / size);
    expect(Math.abs(R - exact)).toBeLessThan(3.5 * twoTime!.standardError.response[0]);
  });

  it("has the same response from noise and from a clone", async () => {
    const problem = { covariance: matrixTensor, temperature: 0.5, schedule: constant, initialOverlap: 0.5 };
    const pairs = [
      [1, 0.5],
      [0.5, 0],
    ] as const;
    const simulation = { ...small, size: 24, samples: 600, pairs, times: [1] };
    const noise = (await simulateSphericalLandscape(problem, simulation)).twoTime!;
    const clone = (await simulateSphericalLandscape(problem, { ...simulation, response: "clone" })).twoTime!;
    for (const k of [0, 1]) {
      const error = Math.hypot(noise.standardError.response[k], clone.standardError.response[k]);
      expect(error).toBeLessThan(0.03);
      // At t' = 0 the traces are over N − 2 and N − 1 directions.
      const difference = Math.abs(noise.series.response[k] - clone.series.response[k]);
      expect(difference).toBeLessThan((k === 0 ? 0.005 : 0.02) + 3.5 * error);
    }
  });

  it.each([
    ["initialOverlap", { initialOverlap: 1.01 }, {}],
    ["initialOverlap", { initialOverlap: Number.NaN }, {}],
    ["simulation.pairs[0]", { initialOverlap: -1 }, { pairs: [[1, 0]] as [number, number][] }],
    // Stable without the signal: the bound is 2/(4 √Q″(1) + Q′(1)) = 0.1818, not 0.25.
    ["simulation.step", { initialOverlap: 0 }, { step: 0.2 }],
  ])("names the wrong parameter: %s %o %o", async (parameter, problem, simulation) => {
    const base = { covariance: matrixTensor, temperature: 0.5, schedule: constant };
    const error = await simulateSphericalLandscape(
      { ...base, ...problem },
      { ...small, ...simulation },
    ).catch((e) => e);
    expect(error.name).toBe("InvalidParameterError");
    expect(error.parameter).toBe(parameter);
  });

  it("measures the response to a start without a random part by a clone", async () => {
    const { twoTime } = await simulateSphericalLandscape(
      { covariance: free, temperature: 0.8, schedule: constant, initialOverlap: -1 },
      { ...small, samples: 500, pairs: [[1, 0]], response: "clone" },
    );
    const error = twoTime!.standardError.response[0];
    expect(error).toBeLessThan(0.02);
    expect(Math.abs(twoTime!.series.response[0] - Math.exp((-0.8 * 11) / 12))).toBeLessThan(3.5 * error);
  });
});
