import { type LeveledSolution, solveAging, type TwoTimeProblem } from "../../../src/chsck";
import { createCovariance } from "../../../src/models/covariance";
import { createSchedule, type ScheduleSpec } from "../../../src/schedule";
import { withIntegratedResponse } from "../../../src/systems/parts/integrated-response";

/** A run of a varied set. */
export interface HonestRun {
  readonly label: string;
  readonly problem: TwoTimeProblem;
  readonly until: number;
  readonly tolerance: number;
}

interface Given {
  readonly p?: number;
  readonly terms?: readonly (readonly [p: number, variance: number])[];
  readonly T?: number;
  readonly T0?: number;
  readonly m0?: number;
  readonly schedule?: ScheduleSpec | number;
  readonly until: number;
  readonly tolerance?: number;
}

const powerLaw = (rate: number, exponent: number): ScheduleSpec => ({ kind: "power-law", rate, exponent });
const hold = (switchTime: number): ScheduleSpec => ({
  kind: "hold-then-decay",
  rate: 1,
  switchTime,
  exponent: 0.8,
});
const EASY = [
  [2, 5],
  [3, 1 / 6],
] as const;

const GIVEN: readonly Given[] = [
  { until: 1e3 },
  { until: 1e6 },
  { until: 1e4, tolerance: 1e-5 },
  { T: 0.2, until: 1e4 },
  { T: 0.2, until: 1e5, tolerance: 1e-5 },
  { T: 0.5, until: 1e4 },
  { T: 0.55, until: 1e4 },
  { T: 0.55, until: 1e3, tolerance: 1e-5 },
  { T: 0.7, until: 1e5 },
  { T: 1, until: 1e3, tolerance: 1e-5 },
  { p: 4, until: 1e4 },
  { p: 4, T: 0.2, until: 1e5, tolerance: 1e-5 },
  { p: 6, T: 0.3, until: 1e3 },
  { p: 2, T: 0.3, until: 1e3 },
  { T: 1, schedule: powerLaw(0.5, 0.4), until: 1e6 },
  { T: 1, schedule: powerLaw(0.5, 0.8), until: 1e8, tolerance: 1e-5 },
  { T: 2, schedule: powerLaw(1, 0.2), until: 1e4 },
  { T: 1, schedule: hold(5), until: 1e3 },
  { T: 0.3, schedule: hold(100), until: 1e4, tolerance: 1e-5 },
  { T: 1, schedule: { kind: "steps", rate: 1, factor: 0.3, times: [10] }, until: 1e3 },
  { T: 1, schedule: { kind: "steps", rate: 1, factor: 0.3, times: [3, 30] }, until: 300, tolerance: 1e-5 },
  { T: 0.3, schedule: { kind: "cosine", rate: 0.5, horizon: 1e3 }, until: 1e3 },
  {
    T: 1,
    schedule: { kind: "polynomial-decay", rate: 1, horizon: 1e3, exponent: 1 },
    until: 1e3,
    tolerance: 1e-5,
  },
  {
    T: 0.5,
    schedule: {
      kind: "warmup-stable-decay",
      rate: 1,
      warmup: 10,
      decayStart: 100,
      horizon: 200,
      exponent: 1,
    },
    until: 200,
  },
  { T: 0, T0: 0.7, until: 1e4 },
  { T: 0.3, T0: 1, until: 1e3, tolerance: 1e-5 },
  {
    terms: [
      [1, 0.3],
      [3, 1],
    ],
    T: 0.5,
    until: 1e4,
  },
  {
    terms: [
      [2, 1],
      [4, 1],
    ],
    T: 0.3,
    until: 1e4,
    tolerance: 1e-5,
  },
  { terms: EASY, T: 1, m0: 1e-4, until: 100 },
  { terms: EASY, T: 1, m0: 1e-6, schedule: hold(3), until: 100 },
];

function describeRun({
  p = 3,
  terms,
  T = 0,
  T0,
  m0,
  schedule = 1,
  until,
  tolerance = 1e-4,
}: Given): HonestRun {
  const made = createSchedule(schedule);
  const words = [
    terms ? `p = ${terms.map(([order]) => order).join(" + ")}` : `p = ${p}`,
    `T = ${T}`,
    ...(T0 === undefined ? [] : [`T0 = ${T0}`]),
    ...(m0 === undefined ? [] : [`m0 = ${m0}`]),
    ...(schedule === 1 ? [] : [made.label]),
    `to ${until}, ${tolerance}`,
  ];
  return {
    label: words.join(", "),
    problem: {
      covariance: createCovariance((terms ?? [[p, 1]]).map(([order, variance]) => ({ p: order, variance }))),
      temperature: T,
      schedule: made,
      ...(T0 === undefined ? {} : { initialTemperature: T0 }),
      ...(m0 === undefined ? {} : { initialOverlap: m0 }),
    },
    until,
    tolerance,
  };
}

/** 30 runs: p, T, schedules, quenches, a field, signals, ages, both tolerances. */
export const HONEST_RUNS: readonly HonestRun[] = GIVEN.map(describeRun);

const RATIOS = [0, 0.1, 0.5, 0.8, 0.95];
const TIMES = 12;
/** The true error is that against a run of so many times less tolerance. */
export const FINER = 20;

/** The largest true error of a quantity over its stated one, where both are largest, and that stated one. */
export interface Honesty {
  readonly of: string;
  readonly stated: number;
  readonly actual: number;
  /** Largest of true over stated at one place, less what the reference itself may be off. */
  readonly ratio: number;
}

/** Stated and true errors of loss, multiplier, C, R and χ, by quantity. */
export async function honestyOf({ problem, until, tolerance }: HonestRun): Promise<readonly Honesty[]> {
  const solve = async (accuracy: number) =>
    withIntegratedResponse(
      await solveAging(problem, { kind: "aging", until, tolerance: accuracy }),
      problem,
    ) as LeveledSolution;
  const [found, known] = [await solve(tolerance), await solve(tolerance / FINER)];
  const { schedule } = problem;
  const end = schedule.clock(until);
  const clocks = Array.from({ length: TIMES }, (_, k) => end * (0.2 / end) ** (1 - k / (TIMES - 1)));
  const times = clocks.map((s) => (s >= end ? until : schedule.time(s)));
  const [x, y] = [found.sample(times), known.sample(times)];
  const one = Object.keys(x.series).map((name) =>
    judge(
      name,
      times.map((_, k) => ({
        stated: x.error![name][k],
        actual: Math.abs(x.series[name][k] - y.series[name][k]),
        reference: y.error![name][k],
      })),
    ),
  );
  const pairs = clocks.flatMap((s, k) =>
    RATIOS.map((ratio) => [times[k], schedule.time(ratio * s)] as const),
  );
  const two = ["correlation", "response", "integratedResponse"].map((quantity) =>
    judge(
      quantity,
      pairs.map(([t, tPrime]) => {
        const [a, b] = [found.estimate(quantity, t, tPrime), known.estimate(quantity, t, tPrime)];
        return { stated: a.error!, actual: Math.abs(a.value - b.value), reference: b.error! };
      }),
    ),
  );
  return [...one, ...two];
}

interface Place {
  readonly stated: number;
  readonly actual: number;
  readonly reference: number;
}

function judge(of: string, places: readonly Place[]): Honesty {
  const most = (pick: (place: Place) => number) => Math.max(...places.map(pick));
  return {
    of,
    stated: most(({ stated }) => stated),
    actual: most(({ actual }) => actual),
    ratio: most(({ stated, actual, reference }) => Math.max(0, actual - reference) / stated),
  };
}
