import { describe, expect, it } from "vitest";
import {
  type AgingMethod,
  type LeveledSolution,
  solveAging,
  solveAutomatic,
  solveUniform,
  type TwoTimeProblem,
} from "../../../src/chsck";
import { createCovariance, pureCovariance } from "../../../src/models/covariance";
import { createSchedule, type ScheduleSpec } from "../../../src/schedule";

const problem = (temperature: number, schedule: ScheduleSpec | number = 1, p = 3): TwoTimeProblem => ({
  covariance: pureCovariance(p),
  temperature,
  schedule: createSchedule(schedule),
});
const aging = (until: number, more: Partial<AgingMethod> = {}): AgingMethod => ({
  kind: "aging",
  until,
  ...more,
});

/** Shares of a run at which solutions are compared, and of a clock for what they are compared with. */
const SHARES = [0.3, 0.6, 0.8, 0.9, 0.97, 1];
const RATIOS = [0, 0.3, 0.5, 0.8, 0.95];

/** The largest differences of loss, overlap, C and R of two solutions, and of what the first states, by default at shares of the time. */
function differences(
  a: LeveledSolution,
  b: LeveledSolution,
  { schedule }: TwoTimeProblem,
  times: readonly number[] = SHARES.map((share) => share * a.time[a.time.length - 1]),
) {
  let [actual, stated] = [0, 0];
  for (const t of times) {
    const [x, y] = [a.sample([t]), b.sample([t])];
    for (const name of ["loss", "overlap"].filter((one) => one in x.series)) {
      actual = Math.max(actual, Math.abs(x.series[name][0] - y.series[name][0]));
      stated = Math.max(stated, x.error![name][0]);
    }
    for (const ratio of RATIOS) {
      const tPrime = schedule.time(ratio * schedule.clock(t));
      for (const quantity of ["correlation", "response"]) {
        const [found, known] = [a.estimate(quantity, t, tPrime), b.estimate(quantity, t, tPrime)];
        actual = Math.max(actual, Math.abs(found.value - known.value));
        stated = Math.max(stated, found.error!);
      }
    }
  }
  return { actual, stated };
}

describe("schedules that come to rest, on the aging grid", () => {
  const ending: [string, ScheduleSpec, number][] = [
    ["cosine", { kind: "cosine", rate: 1, horizon: 20 }, 1e-6],
    ["polynomial, 1/2", { kind: "polynomial-decay", rate: 1, horizon: 20, exponent: 0.5 }, 1e-5],
    ["polynomial, 1", { kind: "polynomial-decay", rate: 1, horizon: 20, exponent: 1 }, 1e-6],
    ["polynomial, 2", { kind: "polynomial-decay", rate: 1, horizon: 40, exponent: 2 }, 1e-5],
    [
      "warm-up",
      { kind: "warmup-stable-decay", rate: 1, warmup: 3, decayStart: 10, horizon: 20, exponent: 1 },
      1e-5,
    ],
  ];
  for (const [name, spec, tolerance] of ending) {
    it(`agrees with the uniform grid to ${tolerance}, and tells it: ${name}`, async () => {
      const one = problem(1, spec);
      const until = "horizon" in spec ? spec.horizon : 0;
      const found = await solveAging(one, aging(until, { tolerance }));
      const known = await solveUniform(one, { kind: "uniform", until, tolerance: tolerance / 10 });
      const { actual, stated } = differences(found, known, one);
      expect(actual).toBeLessThan(tolerance);
      expect(actual).toBeLessThan(2 * stated);
      expect(stated).toBeLessThan(tolerance);
      expect(found.time[found.time.length - 1]).toBe(until);
    });
  }

  const shape = (t: number) => 0.5 * (1 + Math.cos((Math.PI * t) / 40)) + 0.02;
  const times = Array.from({ length: 1000 }, (_, k) => (40 * k) / 999);
  // Between rows a table is followed to how far it is from the curve that it samples, here 6e-7.
  const changing: [string, TwoTimeProblem, number, number][] = [
    [
      "a table of a thousand rates",
      problem(1, { kind: "tabulated", times, rates: times.map(shape) }),
      40,
      3e-6,
    ],
    [
      "T·η from 500 to 42",
      problem(50, { kind: "power-law", rate: 0.251, exponent: 0.8, offset: 0.01 }),
      0.2,
      1e-6,
    ],
  ];
  for (const [name, one, until, within] of changing) {
    it(`agrees with the uniform grid to ${within}: ${name}`, async () => {
      const found = await solveAging(one, aging(until, { tolerance: within }));
      const known = await solveUniform(one, { kind: "uniform", until, tolerance: 1e-6 });
      const { actual, stated } = differences(found, known, one);
      expect(actual).toBeLessThan(within);
      expect(actual).toBeLessThan(2 * stated);
    });
  }

  it("refuses a tolerance finer than a coarse table bears", async () => {
    const few = Array.from({ length: 60 }, (_, k) => (40 * k) / 59);
    const one = problem(1, { kind: "tabulated", times: few, rates: few.map(shape) });
    await expect(solveAging(one, aging(40, { tolerance: 1e-5 }))).rejects.toMatchObject({
      name: "ConvergenceError",
      message: expect.stringMatching(/^The estimated error of z, C and R is up to .* above the tolerance/),
    });
  });

  it("answers to a horizon of 1000 and beyond it, with nothing asked but how far", async () => {
    const spec: ScheduleSpec = { kind: "cosine", rate: 0.5, horizon: 1000 };
    const found = await solveAutomatic(problem(0.3, spec), { kind: "auto", until: 1000 });
    const beyond = await solveAutomatic(problem(0.3, spec), { kind: "auto", until: 3000 });
    const finer = await solveAging(problem(0.3, spec), aging(1000, { tolerance: 1e-5 }));
    const { actual, stated } = differences(found, finer, problem(0.3, spec));
    expect(stated).toBeLessThan(1e-4);
    expect(actual).toBeLessThan(2 * stated);
    expect(beyond.time[beyond.time.length - 1]).toBe(3000);
    const [rest] = beyond.sample([3000]).series.loss;
    expect(rest).toBeCloseTo(found.sample([1000]).series.loss[0], 8);
  });

  it("follows a state that slowly leaves equilibrium: its layer has nodes of its own", async () => {
    const spec: ScheduleSpec = { kind: "polynomial-decay", rate: 1, horizon: 2000, exponent: 2 };
    const found = await solveAging(problem(1, spec), aging(2000, { tolerance: 1e-4 }));
    const finer = await solveAging(problem(1, spec), aging(2000, { tolerance: 1e-5 }));
    const { actual, stated } = differences(found, finer, problem(1, spec));
    expect(stated).toBeLessThan(1e-4);
    expect(actual).toBeLessThan(2 * stated);
  });
});

describe("kinks and jumps, on the aging grid", () => {
  const spiked: TwoTimeProblem = {
    covariance: createCovariance([
      { p: 2, variance: 1 / 0.2 },
      { p: 3, variance: 1 / 6 },
    ]),
    temperature: 1,
    schedule: createSchedule({ kind: "hold-then-decay", rate: 1, switchTime: 3, exponent: 0.8 }),
    initialOverlap: 1e-4,
  };
  const cases: [string, TwoTimeProblem, number, readonly number[]][] = [
    [
      "hold-then-decay",
      problem(0.3, { kind: "hold-then-decay", rate: 1, switchTime: 5, exponent: 0.8 }),
      1e-6,
      [2.5, 5, 5.25, 6.5, 10, 15, 20],
    ],
    [
      "the first jump of a step decay",
      problem(1, { kind: "steps", rate: 1, factor: 0.1, times: [10, 1000] }),
      1e-5,
      [5, 9.9, 10, 10.01, 10.5, 11, 13, 17, 20, 30],
    ],
    ["a switch before a signal is found", spiked, 1e-5, [1, 3, 3.05, 3.5, 4, 4.5, 5, 5.5, 6, 8, 10]],
  ];
  for (const [name, one, tolerance, clocks] of cases) {
    it(`agree with the uniform grid to ${tolerance}, on both sides and across: ${name}`, async () => {
      const times = clocks.map((s) => one.schedule.time(s));
      const until = times[times.length - 1];
      const found = await solveAging(one, aging(until, { tolerance }));
      const known = await solveUniform(one, { kind: "uniform", until, tolerance: tolerance / 10 });
      const { actual, stated } = differences(found, known, one, times);
      expect(actual).toBeLessThan(tolerance);
      expect(actual).toBeLessThan(2 * stated);
      expect(stated).toBeLessThan(tolerance);
    });
  }
});

describe("what is forgotten, on the aging grid", () => {
  it("a start in equilibrium stays there to t = 10⁵", async () => {
    const T = 0.7;
    const one = { ...problem(T), initialTemperature: T };
    const solution = await solveAutomatic(one, { kind: "auto", until: 1e5 });
    expect(solution.work).toBeDefined();
    expect(solution.notes).toEqual([]);
    const times = [1, 30, 1e3, 1e5];
    const { series, error } = solution.sample(times);
    for (const k of times.keys()) {
      expect(Math.abs(series.loss[k] + 1 / (3 * T))).toBeLessThan(1e-4);
      expect(Math.abs(series.loss[k] + 1 / (3 * T))).toBeLessThan(2 * error!.loss[k]);
      expect(Math.abs(series.multiplier[k] - T - 1 / T)).toBeLessThan(1e-4);
    }
    for (const lag of [0.3, 1, 3, 10]) {
      const early = solution.correlation(lag, 0);
      for (const t of [100, 1e4, 1e5]) {
        expect(Math.abs(solution.correlation(t, t - lag) - early)).toBeLessThan(1e-4);
        const h = 0.01 * lag;
        const slope = (solution.correlation(t, t - lag + h) - solution.correlation(t, t - lag - h)) / (2 * h);
        expect(Math.abs(solution.response(t, t - lag) - slope / T)).toBeLessThan(3e-4);
      }
    }
  });

  it("an overlap that decays by more than numbers tell apart leaves 0", async () => {
    const covariance = createCovariance([
      { p: 2, variance: 0.5 },
      { p: 3, variance: 0.5 },
    ]);
    for (const initialOverlap of [0.1, -0.1]) {
      const one = { ...problem(1), covariance, initialOverlap };
      const solution = await solveAutomatic(one, { kind: "auto", until: 1000 });
      const [early, late] = solution.sample([3, 1000]).series.overlap;
      expect(early / initialOverlap).toBeGreaterThan(0.01);
      expect(Math.abs(late)).toBeLessThan(1e-9);
      const [loss] = solution.sample([1000]).series.loss;
      expect(Math.abs(loss + (0.25 + 0.5 / 3))).toBeLessThan(1e-4);
    }
  });

  it("refuses a singular start by its name where the run is too long for the uniform grid", async () => {
    const spec: ScheduleSpec = { kind: "power-law", rate: 1, exponent: 0.4, offset: 0 };
    const run = solveAutomatic(problem(1, spec), { kind: "auto", until: 1e5 });
    await expect(run).rejects.toMatchObject({
      parameter: "schedule.offset",
      message: expect.stringMatching(
        /^schedule\.offset is 0; allowed: above 0 on the aging grid.*at most about/,
      ),
    });
  });
});
