import { describe, expect, it } from "vitest";
import { InterruptedError } from "../../../src/core/errors";
import { createCovariance, pureCovariance } from "../../../src/models/covariance";
import { createSchedule } from "../../../src/schedule";
import { type LandscapeSimulation, simulateSphericalLandscape } from "../../../src/simulate/landscape";

const SEED = 20261122;
const free = createCovariance([{ p: 2, variance: 1e-20 }]);

describe("finite system in a Gaussian landscape", () => {
  it("walks freely without a landscape: C = e^(−τ(N−1)/N), for a decaying rate", async () => {
    const size = 20;
    const schedule = createSchedule({ kind: "power-law", rate: 2, exponent: 0.6 });
    const pairs = [
      [3, 0],
      [1, 0.5],
      [3, 2.9],
    ] as const;
    const { twoTime } = await simulateSphericalLandscape(
      { covariance: free, temperature: 0.3, schedule },
      { size, samples: 3000, seed: SEED, step: 0.25, until: 3, times: [3], pairs, response: "none" },
    );
    for (const [k, [t, tPrime]] of pairs.entries()) {
      const exact = Math.exp((-0.3 * schedule.heatBetween(tPrime, t) * (size - 1)) / size);
      const { series, standardError } = twoTime!;
      expect(standardError.correlation[k]).toBeLessThan(0.01);
      expect(Math.abs(series.correlation[k] - exact)).toBeLessThan(3.5 * standardError.correlation[k]);
    }
  });

  it("feels the learning rate as temperature: constant rate 1/2 at T = 4 is T_eff = 2", async () => {
    const base = { size: 12, samples: 4, seed: SEED, replicas: 2 };
    const covariance = pureCovariance(4);
    const slow = await simulateSphericalLandscape(
      { covariance, temperature: 4, schedule: createSchedule(0.5) },
      { ...base, step: 0.1, until: 4, times: [0, 1, 4], pairs: [[3, 1]] },
    );
    const unit = await simulateSphericalLandscape(
      { covariance, temperature: 2, schedule: createSchedule(1) },
      { ...base, step: 0.05, until: 2, times: [0, 0.5, 2], pairs: [[1.5, 0.5]] },
    );
    for (const name of ["loss", "multiplier"]) {
      for (const k of [0, 1, 2]) expect(slow.series[name][k]).toBeCloseTo(unit.series[name][k], 9);
    }
    expect(slow.twoTime!.series.response[0]).toBeCloseTo(unit.twoTime!.series.response[0], 9);
  });

  it("descends at T = 0 and constant rate, in every sample, to the bottom of the matrix for p = 2", async () => {
    const size = 24;
    const { curves } = await simulateSphericalLandscape(
      { covariance: pureCovariance(2), temperature: 0, schedule: createSchedule(1) },
      { size, samples: 5, seed: SEED, step: 0.2, until: 400, keepCurves: true },
    );
    for (const loss of curves!.loss) {
      for (let k = 1; k < loss.length; k++) expect(loss[k]).toBeLessThanOrEqual(loss[k - 1] + 1e-14);
    }
    // At the lowest eigenvector loss = −λ/2, λ ≈ 2 − O(N^(−2/3)); the start is near 0.
    for (const loss of curves!.loss) expect(loss[59]).toBeLessThan(-0.7);
    const other = await simulateSphericalLandscape(
      {
        covariance: createCovariance([
          { p: 2, variance: 1 },
          { p: 4, variance: 2 },
        ]),
        temperature: 0,
        schedule: createSchedule(0.3),
      },
      { size: 10, samples: 5, seed: SEED, step: 0.2, until: 50, keepCurves: true },
    );
    for (const loss of other.curves!.loss) {
      for (let k = 1; k < loss.length; k++) expect(loss[k]).toBeLessThanOrEqual(loss[k - 1] + 1e-14);
    }
  });

  it("starts from infinite temperature where the rate is singular", async () => {
    const schedule = createSchedule({ kind: "power-law", rate: 0.5, exponent: 0.8, offset: 0 });
    const ensemble = await simulateSphericalLandscape(
      { covariance: pureCovariance(3), temperature: 1, schedule },
      {
        size: 10,
        samples: 40,
        seed: SEED,
        step: 0.02,
        until: 2,
        times: [0, 1, 2],
        pairs: [
          [2, 0],
          [2, 1],
        ],
      },
    );
    expect(ensemble.series.multiplier[0]).toBe(Infinity);
    expect(Math.abs(ensemble.twoTime!.series.correlation[0])).toBeLessThan(4 / Math.sqrt(10 * 40));
    for (const series of [...Object.values(ensemble.series), ...Object.values(ensemble.twoTime!.series)]) {
      for (const value of series) expect(value).not.toBeNaN();
    }
    const frozen = await simulateSphericalLandscape(
      { covariance: pureCovariance(3), temperature: 0, schedule },
      { size: 10, samples: 2, seed: SEED, step: 0.01, until: 1, times: [0, 1] },
    );
    expect(frozen.series.multiplier[0]).toBeCloseTo(-3 * frozen.series.loss[0], 13);
    expect(frozen.series.loss[1]).toBeLessThan(frozen.series.loss[0]);
  });

  const small: LandscapeSimulation = {
    size: 8,
    samples: 3,
    seed: SEED,
    step: 0.1,
    until: 1,
    pairs: [
      [1, 0.5],
      [1, 0],
    ],
    keepCurves: true,
  };
  const problem = { covariance: pureCovariance(3), temperature: 0.5, schedule: createSchedule(1) };

  it("gives sample k the same numbers whatever the number of samples", async () => {
    const few = await simulateSphericalLandscape(problem, small);
    const many = await simulateSphericalLandscape(problem, { ...small, samples: 5 });
    expect(many.curves!.loss.slice(0, 3)).toEqual(few.curves!.loss);
    expect(many.twoTime!.curves!.response.slice(0, 3)).toEqual(few.twoTime!.curves!.response);
    expect(many.curves!.loss[3]).not.toEqual(many.curves!.loss[0]);
    const other = await simulateSphericalLandscape(problem, { ...small, seed: "other" });
    expect(other.curves!.loss[0]).not.toEqual(few.curves!.loss[0]);
  });

  it("gives replicas the disorder of their sample, and a start and noise of their own", async () => {
    const one = await simulateSphericalLandscape(problem, small);
    const two = await simulateSphericalLandscape(problem, { ...small, replicas: 2 });
    const second = two.curves!.loss[0].map((mean, k) => 2 * mean - one.curves!.loss[0][k]);
    expect(second[0]).not.toBeCloseTo(one.curves!.loss[0][0], 3);
    // One disorder, one bottom: at T = 0 and p = 2 the replicas end at the same loss.
    const cold = { covariance: pureCovariance(2), temperature: 0, schedule: createSchedule(1) };
    const late = { ...small, step: 0.25, until: 2000, times: [0, 2000], pairs: undefined };
    const bottoms = await Promise.all(
      [1, 2].map((replicas) => simulateSphericalLandscape(cold, { ...late, replicas })),
    );
    const [first, both] = bottoms.map((ensemble) => ensemble.curves!.loss[1]);
    expect(both[1]).toBeCloseTo(first[1], 8);
    expect(both[0]).not.toBeCloseTo(first[0], 3);
  });

  it("splits the loss of a mixture into its channels, and z = T_eff − Σ p·l_p", async () => {
    const covariance = createCovariance([
      { p: 2, variance: 1 },
      { p: 4, variance: 2 },
    ]);
    const schedule = createSchedule({ kind: "power-law", rate: 0.4, exponent: 0.5 });
    const run = { ...small, step: 0.05, times: [0, 0.4, 1] };
    const { curves } = await simulateSphericalLandscape({ covariance, temperature: 0.5, schedule }, run);
    expect(Object.keys(curves!)).toEqual(["loss", "multiplier", "loss[0]", "loss[1]"]);
    for (const [k, t] of run.times.entries()) {
      for (const sample of [0, 1, 2]) {
        const [loss, z, second, fourth] = Object.values(curves!).map((curve) => curve[sample][k]);
        expect(second + fourth).toBeCloseTo(loss, 13);
        expect(z).toBeCloseTo(0.5 * schedule.rate(t) - 2 * second - 4 * fourth, 12);
        expect(Math.abs(second)).toBeGreaterThan(1e-3);
      }
    }
    const pure = await simulateSphericalLandscape(problem, small);
    expect(Object.keys(pure.series)).toEqual(["loss", "multiplier"]);
  });

  it("reports 60 times by default", async () => {
    const { time } = await simulateSphericalLandscape(problem, { ...small, samples: 1, pairs: undefined });
    expect(time.length).toBe(60);
    expect(time[0]).toBe(0.1);
    expect(time[59]).toBe(1);
  });

  it("keeps the finished samples on an abort", async () => {
    const abort = new AbortController();
    const simulation = { ...small, size: 40, samples: 1000, step: 0.02, until: 4 };
    const onProgress = ({ done, total }: { done: number; total: number }) =>
      done > (3.5 * total) / 1000 && abort.abort();
    const error = await simulateSphericalLandscape(problem, simulation, {
      signal: abort.signal,
      onProgress,
    }).catch((e) => e);
    expect(error).toBeInstanceOf(InterruptedError);
    expect(error.partial.samples).toBeGreaterThanOrEqual(3);
    expect(error.partial.samples).toBeLessThan(1000);
    const full = await simulateSphericalLandscape(problem, { ...simulation, samples: 2 });
    expect(error.partial.curves.loss.slice(0, 2)).toEqual(full.curves!.loss);
  });

  it.each([
    ["simulation.size", { size: 4 }],
    ["simulation.size", { size: 5000 }],
    ["simulation.samples", { samples: 0 }],
    ["simulation.replicas", { replicas: 1.5 }],
    ["simulation.step", { step: 0 }],
    ["simulation.step", { step: 0.5 }],
    ["simulation.until", { until: Infinity }],
    ["simulation.times[1]", { times: [0.5, 0.4] }],
    ["simulation.times[0]", { times: [1.5] }],
    ["simulation.pairs[0]", { pairs: [[0.5, 0.6]] as [number, number][] }],
    [
      "simulation.pairs[1]",
      {
        pairs: [
          [1, 0.6],
          [2, 1],
        ] as [number, number][],
      },
    ],
    ["simulation.response", { response: "noises" as "noise" }],
    ["simulation.responseWindow", { responseWindow: 0 }],
  ])("names the wrong parameter: %s %o", async (parameter, change) => {
    const error = await simulateSphericalLandscape(problem, { ...small, ...change }).catch((e) => e);
    expect(error.name).toBe("InvalidParameterError");
    expect(error.parameter).toBe(parameter);
  });

  it("has no response from noise without noise", async () => {
    const cold = simulateSphericalLandscape({ ...problem, temperature: 0 }, { ...small, response: "noise" });
    await expect(cold).rejects.toThrow('simulation.response is "noise"; allowed: "clone" or "none"');
    const schedule = createSchedule({ kind: "polynomial-decay", rate: 1, horizon: 0.5, exponent: 1 });
    const ended = simulateSphericalLandscape({ ...problem, schedule }, { ...small, pairs: [[1, 0.7]] });
    await expect(ended).rejects.toThrow("simulation.pairs[0]");
  });
});
