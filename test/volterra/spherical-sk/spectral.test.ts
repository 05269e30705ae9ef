import { describe, expect, it } from "vitest";
import { InterruptedError, InvalidParameterError } from "../../../src/core/errors";
import type { TwoTimeSolution } from "../../../src/core/results";
import { createModes } from "../../../src/models/spherical-sk/modes";
import { integrate } from "../../../src/numerics/gauss-legendre";
import { createSchedule } from "../../../src/schedule";
import { zeroTemperatureMultiplier } from "../../../src/theory/spherical-sk";
import { solveSpectral } from "../../../src/volterra/spherical-sk";
import { spectralStep, stateWithin } from "../../../src/volterra/spherical-sk/spectral-step";
import { decay, sphericalSk } from "./problem";

const at = (solution: TwoTimeSolution, name: string, t: number) => solution.sample([t]).series[name][0];

describe("solveSpectral", () => {
  it("has the closed form at T = 0, from the start to s = 10⁶", async () => {
    for (const noise of [1, 0.4]) {
      const solution = await solveSpectral(sphericalSk(1, { temperature: 0, noise }), { until: 1e6 });
      for (const s of [0.01, 1, 20, 1e3, 1e6]) {
        expect(Math.abs(at(solution, "multiplier", s) - zeroTemperatureMultiplier(s, noise))).toBeLessThan(
          1e-12,
        );
      }
    }
  });

  it("obeys z = T_eff + 2∫R C ds′, which it does not use", async () => {
    const problem = sphericalSk(decay(0.5, 0.3), { temperature: 0.9 });
    const solution = await solveSpectral(problem, { until: 40 });
    const { clock, time, rate } = problem.schedule;
    for (const t of [3, 40]) {
      const memory = integrate(
        (s) => solution.response(t, time(s)) * solution.correlation(t, time(s)),
        0,
        clock(t),
        24,
      );
      expect(Math.abs(0.9 * rate(t) + 2 * memory - at(solution, "multiplier", t))).toBeLessThan(1e-10);
    }
  });

  it("keeps the invariants: C(t,t) = 1, C(t,0) = R(t,0), ∂C/∂t = −T_eff at equal times, |C| ≤ 1", async () => {
    const problem = sphericalSk(decay(0.4, 0.5), { temperature: 0.8 });
    const solution = await solveSpectral(problem, { until: 100 });
    for (const t of [0.5, 10, 90]) {
      expect(solution.correlation(t, t)).toBeCloseTo(1, 13);
      expect(solution.response(t, t)).toBeCloseTo(1, 12);
      expect(solution.correlation(t, 0)).toBeCloseTo(solution.response(t, 0), 13);
      const { schedule } = problem;
      const ds = 1e-4;
      const later = schedule.time(schedule.clock(t) + ds);
      const twice = schedule.time(schedule.clock(t) + 2 * ds);
      const slope = (4 * solution.correlation(later, t) - 3 - solution.correlation(twice, t)) / (2 * ds);
      expect(Math.abs(slope + 0.8 * schedule.rate(t))).toBeLessThan(1e-6);
      for (const tPrime of [0.1, t / 2]) expect(solution.correlation(t, tPrime)).toBeLessThan(1);
    }
  });

  it("relaxes above the critical temperature to z = T + 1/T, with the fluctuation-dissipation relation", async () => {
    const solution = await solveSpectral(sphericalSk(1, { temperature: 1.5 }), { until: 120 });
    expect(Math.abs(at(solution, "multiplier", 120) - (1.5 + 1 / 1.5))).toBeLessThan(1e-9);
    expect(at(solution, "loss", 120)).toBeCloseTo(-0.5 / 1.5, 9);
    const [t, tPrime, h] = [110, 108.5, 1e-3];
    const slope = (solution.correlation(t, tPrime + h) - solution.correlation(t, tPrime - h)) / (2 * h);
    expect(Math.abs(slope - 1.5 * solution.response(t, tPrime))).toBeLessThan(1e-6);
    expect(solution.notes.join()).toMatch(/critical temperature/);
  });

  it("descends all the time at T = 0 and a constant rate, and never below the ground state", async () => {
    const solution = await solveSpectral(sphericalSk(1, { temperature: 0 }), { until: 1e4 });
    const { loss, excessLoss } = solution.series;
    for (let k = 1; k < loss.length; k++) expect(loss[k]).toBeLessThan(loss[k - 1]);
    expect(Math.min(...excessLoss)).toBeGreaterThan(0);
  });

  it.each([
    ["hold then decay", decay(0.2, 0.7, 50), {}],
    ["a horizon", { kind: "cosine", rate: 0.3, horizon: 80 }, {}],
    ["hot, then cold", decay(1.6, 1, 20), {}],
    ["planted", decay(0.1, 0.8, 150), { noise: 0.6, signal: 1, initialOverlap: 0.05 }],
  ] as const)("states errors that cover the true ones: %s", async (_, schedule, different) => {
    const problem = sphericalSk(schedule, different);
    const rough = await solveSpectral(problem, { until: 200, tolerance: 1e-3 });
    const fine = await solveSpectral(problem, { until: 200 });
    const times = [1, 10, 49, 60, 120, 200];
    const [a, b] = [rough.sample(times), fine.sample(times)];
    for (const name of ["loss", "multiplier", "logGamma", "excessLoss"]) {
      for (const k of times.keys()) {
        const distance = Math.abs(a.series[name][k] - b.series[name][k]);
        expect(distance).toBeLessThanOrEqual(a.error![name][k]);
        expect(b.error![name][k]).toBeLessThan(1e-9);
      }
    }
  });

  it("gives the same value at t for every end of the run", async () => {
    const problem = sphericalSk(decay(0.3, 0.4));
    const [short, long] = [
      await solveSpectral(problem, { until: 30 }),
      await solveSpectral(problem, { until: 3e4 }),
    ];
    expect(Math.abs(at(short, "loss", 20) - at(long, "loss", 20))).toBeLessThan(1e-12);
  });

  it("stands still after a horizon", async () => {
    const solution = await solveSpectral(
      sphericalSk({ kind: "polynomial-decay", rate: 0.3, horizon: 40, exponent: 1 }),
      {
        until: 100,
      },
    );
    expect(at(solution, "loss", 90)).toBe(at(solution, "loss", 41));
    expect(at(solution, "multiplier", 90)).toBeCloseTo(-2 * at(solution, "loss", 90), 12);
  });

  it("starts where the rate is singular: η0 t^−β is the limit of its starts at 1 and of small offsets", async () => {
    for (const exponent of [0.4, 0.7]) {
      const spec = { kind: "power-law", rate: 0.3, exponent } as const;
      const singular = await solveSpectral(sphericalSk({ ...spec, offset: 0 }), { until: 50 });
      const near = await solveSpectral(sphericalSk({ ...spec, offset: 1e-7 }), { until: 50 });
      expect(Math.abs(at(singular, "loss", 50) - at(near, "loss", 50))).toBeLessThan(3e-4);
      expect(Math.abs(at(singular, "loss", 50) - at(near, "loss", 50))).toBeGreaterThan(0);
      expect(singular.correlation(50, 0)).toBeLessThan(exponent > 0.5 ? 1e-300 : 1);
    }
  });

  it("finds the crossing of half the overlap, and says never where it does not come", async () => {
    const planted = { noise: 0.25, signal: 1, size: 3000, temperature: 0.5, spikeWeight: 0.455 } as const;
    const solution = await solveSpectral(sphericalSk(decay(0.2, 0.3), planted), { until: 200 });
    const time = solution.events!.crossingTime[0];
    expect(at(solution, "topOverlap", time)).toBeCloseTo(0.5, 9);
    const loose = await solveSpectral(sphericalSk(decay(0.2, 0.3), planted), { until: 200, tolerance: 1e-3 });
    const off = Math.abs(loose.events!.crossingTime[0] - time);
    expect(off).toBeGreaterThan(0);
    expect(loose.eventError!.crossingTime).toBeGreaterThan(off);
    expect(solution.eventError!.crossingTime).toBeLessThan(1e-7);
    const short = await solveSpectral(sphericalSk(decay(0.2, 0.3), planted), { until: 10 });
    expect(short.events!.crossingTime[0]).toBe(Infinity);
    expect(short.notes.join()).toMatch(/below 1\/2 up to t = 10, where the run ends/);
  });

  it("has an overlap that starts with the slope m0(1 − m0²) at T = 0 and ends at √(1 − Δ²)", async () => {
    // dm/ds = x*·A x/N − z m, where ⟨A⟩ along the signal is 1.
    for (const noise of [0.25, 0.6, 1.5]) {
      const problem = sphericalSk(1, { temperature: 0, noise, signal: 1, initialOverlap: 0.3 });
      const solution = await solveSpectral(problem, { until: 400 });
      const h = 1e-4;
      expect((at(solution, "overlap", h) - 0.3) / h).toBeCloseTo(0.3 * (1 - 0.09), 4);
      if (noise < 1) expect(at(solution, "overlap", 400)).toBeCloseTo(Math.sqrt(1 - noise ** 2), 9);
    }
  });

  // Traces over modes, 1 − 1/N of them in the bulk, of an independent integration of (S3).
  it.each([
    [0.3, 0.5, 1000, 0.4, 0.0913108],
    [0.3, 0.5, 10, 2, 0.083588],
    [0, 0.25, 3000, 0.455, 0.04622],
  ])(
    "responds as all modes do, whatever the start: T = %d, Δ = %d, N = %d, Z² = %d",
    async (temperature, noise, size, spikeWeight, expected) => {
      const problem = sphericalSk(1, { temperature, noise, signal: 1, size, spikeWeight });
      const solution = await solveSpectral(problem, { until: 10 });
      expect(solution.response(10, 0)).toBeCloseTo(expected, 6);
      expect(solution.response(4, 4)).toBe(1);
    },
  );

  it("checks at the door, and hands over what is finished at an abort", async () => {
    await expect(solveSpectral(sphericalSk(1), { until: 0 })).rejects.toThrow(InvalidParameterError);
    await expect(solveSpectral(sphericalSk(1), { until: 1, tolerance: 1 })).rejects.toThrow(
      /method.tolerance/,
    );
    const solution = await solveSpectral(sphericalSk(1), { until: 1 });
    expect(() => solution.sample([2])).toThrow(/where the run ends/);
    const abort = new AbortController();
    const planted = { noise: 0.25, signal: 1, size: 3000, spikeWeight: "random" } as const;
    const work = solveSpectral(
      sphericalSk(decay(0.1, 0.2), planted),
      { until: 1e3 },
      {
        signal: abort.signal,
        onProgress: ({ done }) => {
          if (done > 30) abort.abort();
        },
      },
    );
    const stopped = (await work.catch((error: unknown) => error)) as InterruptedError;
    expect(stopped).toBeInstanceOf(InterruptedError);
    const partial = stopped.partial as TwoTimeSolution;
    expect(partial.time.at(-1)).toBeGreaterThan(0.9);
    expect(partial.time.at(-1)).toBeLessThan(1e3);
    const whole = await solveSpectral(sphericalSk(decay(0.1, 0.2), planted), { until: 1 });
    expect(at(partial, "loss", 1)).toBeCloseTo(at(whole, "loss", 1), 9);
  });
});

describe("spectralStep", () => {
  it("is of a high order: halving a step divides the error at its end by more than 2⁹", () => {
    const problem = sphericalSk(decay(1, 1));
    const modes = createModes(problem, 10, 1);
    const schedule = createSchedule(decay(1, 1));
    const heat = (clock: number) => 0.9 * schedule.rate(schedule.time(clock));
    const from = { clock: 0, y: modes.start, logExcess: 0 };
    const end = (steps: number) => {
      let state = from as typeof from;
      for (let k = 0; k < steps; k++) {
        state = stateWithin(modes, spectralStep(modes, state, 0.8 / steps, heat), 1) as typeof from;
      }
      return state.logExcess;
    };
    const exact = end(16);
    expect(Math.abs(end(1) - exact) / Math.abs(end(2) - exact)).toBeGreaterThan(2 ** 9);
    expect(Math.abs(end(1) - exact)).toBeGreaterThan(1e-10);
  });
});
