import { describe, expect, it } from "vitest";
import { type AgingMethod, solveAging, type TwoTimeProblem } from "../../../src/chsck";
import { createCovariance, pureCovariance } from "../../../src/models/covariance";
import { createSchedule, type Schedule } from "../../../src/schedule";
import cases from "../../reference/aging-grid.json";

/** Values of an independent code, on finer grids; `scaledResponse` is s·R. */
interface Case {
  readonly id: string;
  readonly params: Params;
  readonly quantity: string;
  readonly time: number;
  readonly timePrime?: number;
  readonly value: number;
  readonly tolerance: number;
}

/**
 * In the words of the reference: matrix and tensor noise Delta2 and Deltap, initial overlap m0; the schedule is "shifted", a power law,
 * or "switch", hold-then-decay at ts.
 */
interface Params {
  readonly p?: number;
  readonly couplings?: readonly { readonly p: number; readonly variance: number }[];
  readonly initialTemperature?: number;
  readonly Delta2?: number;
  readonly Deltap?: number;
  readonly T: number;
  readonly m0?: number;
  readonly schedule: "const" | "shifted" | "switch";
  readonly eta0: number;
  readonly beta?: number;
  readonly ts?: number;
}

const AT_DEFAULT: Partial<AgingMethod> = {};
/** Which cases are solved how, and the largest deviation that is claimed for it. */
const RUNS: readonly { ids: RegExp; method: Partial<AgingMethod>; claimed: number }[] = [
  { ids: /^p3-T1/, method: AT_DEFAULT, claimed: 1e-6 },
  { ids: /^p4-T1/, method: AT_DEFAULT, claimed: 1e-6 },
  { ids: /^p6-T1/, method: AT_DEFAULT, claimed: 1e-6 },
  { ids: /^quench-2/, method: AT_DEFAULT, claimed: 1e-6 },
  { ids: /^field-/, method: AT_DEFAULT, claimed: 1e-6 },
  { ids: /^nearTd-p3-T0\.5-|^long-p3T0\.5-/, method: AT_DEFAULT, claimed: 1e-6 },
  { ids: /^nearTd-p3-T0\.55-/, method: AT_DEFAULT, claimed: 1e-6 },
  { ids: /^nearTd-p4-T0\.45-/, method: AT_DEFAULT, claimed: 1e-6 },
  { ids: /^long-p3T0\.2-s1e[1-5]-/, method: AT_DEFAULT, claimed: 1e-6 },
  { ids: /^long-p4T0-/, method: AT_DEFAULT, claimed: 1e-6 },
  { ids: /^long-p3b0\.4-/, method: AT_DEFAULT, claimed: 1e-6 },
  { ids: /^long-p3b0\.8-|^long-b\.8-/, method: AT_DEFAULT, claimed: 1e-6 },
  { ids: /^kink2-/, method: AT_DEFAULT, claimed: 1e-6 },
  { ids: /^kink5-/, method: AT_DEFAULT, claimed: 1e-6 },
  { ids: /^kink100-/, method: { tolerance: 1e-5 }, claimed: 1e-5 },
  { ids: /^kink10000-/, method: { tolerance: 1e-5 }, claimed: 1e-5 },
  { ids: /^smt-b-/, method: { tolerance: 1e-5 }, claimed: 1e-5 },
  { ids: /^smt-sw11-/, method: { tolerance: 1e-5 }, claimed: 1e-5 },
  { ids: /^smt-a-/, method: { tolerance: 1e-5 }, claimed: 1e-5 },
  { ids: /^smt-d-/, method: { tolerance: 1e-5 }, claimed: 1e-5 },
  { ids: /^smt-sw3-/, method: { tolerance: 1e-5 }, claimed: 1e-5 },
];

function problemOf(params: Params): TwoTimeProblem {
  const { p = 3, couplings, Delta2, Deltap = 1, T, m0, initialTemperature, ...rest } = params;
  const tensor = { p, variance: 1 / Deltap };
  const terms = Delta2 === undefined ? [tensor] : [{ p: 2, variance: 1 / Delta2 }, tensor];
  return {
    covariance: createCovariance(couplings ?? terms),
    temperature: T,
    schedule: scheduleOf(rest),
    ...(m0 === undefined ? {} : { initialOverlap: m0 }),
    ...(initialTemperature === undefined ? {} : { initialTemperature }),
  };
}

function scheduleOf({ schedule, eta0: rate, beta: exponent = 0, ts: switchTime = 0 }: Partial<Params>) {
  if (schedule === "shifted") return createSchedule({ kind: "power-law", rate: rate!, exponent });
  if (schedule === "switch") {
    return createSchedule({ kind: "hold-then-decay", rate: rate!, switchTime, exponent });
  }
  return createSchedule(rate!);
}

describe("reference values of the aging grid", () => {
  for (const { ids, method, claimed } of RUNS) {
    const group = (cases as unknown as Case[]).filter(({ id }) => ids.test(id));
    it(`${ids.source} by ${JSON.stringify(method)}`, async () => {
      expect(group.length).toBeGreaterThan(3);
      const problem = problemOf(group[0].params);
      const until = Math.max(...group.map(({ time }) => time));
      const solution = await solveAging(problem, { kind: "aging", until, ...method });
      for (const one of group) {
        const { value, error } = foundIn(solution, one, problem.schedule);
        const deviation = Math.abs(value - one.value);
        const allowed = Math.max(claimed, 2e-6 * Math.abs(one.value), one.tolerance);
        expect(deviation, one.id).toBeLessThanOrEqual(allowed);
        expect(deviation, `stated error of ${one.id}`).toBeLessThanOrEqual(2 * error + one.tolerance);
      }
    });
  }
});

type Solution = Awaited<ReturnType<typeof solveAging>>;

function foundIn(solution: Solution, { quantity, time, timePrime }: Case, schedule: Schedule) {
  if (timePrime === undefined) {
    const { series, error } = solution.sample([time]);
    return { value: series[quantity][0], error: error![quantity][0] };
  }
  const scaled = quantity === "scaledResponse";
  const { value, error = Infinity } = solution.estimate(scaled ? "response" : quantity, time, timePrime);
  const factor = scaled ? schedule.clock(time) : 1;
  return { value: factor * value, error: factor * error };
}

describe("late exponents and amplitudes on the aging grid", () => {
  const loss = (p: number) => (-2 * Math.sqrt(p - 1)) / p;
  const local = [
    [0.2, 0.203, 0.003],
    [0.4, 0.4, 0.003],
    [0.6, 0.267, 0.003],
    [0.8, 0.142, 0.001],
  ];
  for (const [exponent, expected, within] of local) {
    it(`local exponent at t = 10⁷, rate 0.5 (1 + t)^-${exponent}, T = 1`, async () => {
      const schedule = createSchedule({ kind: "power-law", rate: 0.5, exponent });
      const half = 0.05;
      const times = [1e7 * Math.exp(-half), 1e7 * Math.exp(half)];
      const problem: TwoTimeProblem = { covariance: pureCovariance(3), temperature: 1, schedule };
      const solution = await solveAging(problem, { kind: "aging", until: times[1], tolerance: 1e-5 });
      const [before, after] = solution.sample(times).series.loss.map((x) => x - loss(3));
      expect(Math.abs(Math.log(before / after) / (2 * half) - expected)).toBeLessThan(within);
    });
  }

  for (const [p, amplitude] of [
    [4, 1.2687],
    [6, 1.674],
  ]) {
    it(`(z_th − z) s^⅔ from 10⁵ to 10⁶, p = ${p}, T = 0`, async () => {
      const problem: TwoTimeProblem = {
        covariance: pureCovariance(p),
        temperature: 0,
        schedule: createSchedule(1),
      };
      const solution = await solveAging(problem, { kind: "aging", until: 1e6, tolerance: 1e-5 });
      const clocks = [1e5, 1e6];
      const { multiplier } = solution.sample(clocks).series;
      for (const [k, s] of clocks.entries()) {
        const found = (2 * Math.sqrt(p - 1) - multiplier[k]) * s ** (2 / 3);
        expect(Math.abs(found / amplitude - 1)).toBeLessThan(0.002);
      }
    });
  }
});
