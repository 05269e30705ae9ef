import { solveUniform } from "../src/chsck";
import { pureCovariance } from "../src/models/covariance";
import { createSchedule } from "../src/schedule";
import type { Benchmark } from "./benchmark";
import { measure, peakBytes } from "./measure";
import { compileNative } from "./native";

const UNTIL = 10;
const PROBLEM = {
  covariance: pureCovariance(3),
  temperature: 0,
  schedule: createSchedule({ kind: "constant", rate: 1 }),
};

/** Two yardsticks: the algorithm as one writes it in C, and with its dot products cut by hand into vectors. */
const YARDSTICKS = [
  { label: "plain C", lanes: 1 },
  { label: "C, dot products in 8 lanes", lanes: 8 },
];

/**
 * The plain uniform solver, p = 3 at temperature 0 and rate 1, to time 10, against native/two-time.c; and the default answer,
 * which has several levels, each corrected to rest, and its error, against one run of 400 steps, which has none of that.
 */
export function uniformTwoTime(): readonly Benchmark[] {
  return [...plainRuns(), ...defaultAnswers()];
}

const EASY = [
  { label: "T = 0, rate 1", problem: PROBLEM, until: UNTIL },
  { label: "T = 1, rate 1", problem: { ...PROBLEM, temperature: 1 }, until: UNTIL },
  { label: "T = 0.5, rate 1, to 20", problem: { ...PROBLEM, temperature: 0.5 }, until: 20 },
  {
    label: "T = 1, rate 0.5 (1 + t)^-0.4",
    problem: {
      ...PROBLEM,
      temperature: 1,
      schedule: createSchedule({ kind: "power-law", rate: 0.5, exponent: 0.4 }),
    },
    until: UNTIL,
  },
];
const PLAIN_POINTS = 400;
/** The default should cost no more; what it costs beyond is the rows of every level, corrected to rest. */
const TARGET = 1;

function defaultAnswers(): Benchmark[] {
  return EASY.map(({ label, problem, until }) => {
    const timed = async (more: { points?: number; extrapolate?: boolean }) => {
      const solved = () => solveUniform(problem, { kind: "uniform", until, ...more });
      const { value, cpuSeconds } = await measure(solved);
      return { cpuSeconds, check: value.sample([until]).series.loss[0] };
    };
    return {
      name: `default answer to 1e-4, ${label}, against ${PLAIN_POINTS} plain steps`,
      size: PLAIN_POINTS,
      ours: () => timed({}),
      baseline: () => timed({ points: PLAIN_POINTS, extrapolate: false }),
      agreement: 1e-3,
      goal: { ratio: TARGET },
    };
  });
}

function plainRuns(): Benchmark[] {
  return YARDSTICKS.flatMap(({ label, lanes }) => {
    const native = compileNative("two-time", [`LANES=${lanes}`]);
    return [
      { points: 1000, ratio: 2 },
      { points: 2000, ratio: 2 },
    ].map(({ points, ratio }) => ({
      name: `two-time equations, uniform grid, n = ${points}, ${label}`,
      size: points,
      ours: () => solve(points),
      baseline: native && (() => native(points, UNTIL)),
      agreement: 1e-9,
      goal: { ratio, bytes: 20 },
    }));
  });
}

const memory = new Map<number, number>();

async function solve(points: number) {
  const run = (onProgress?: () => void) =>
    solveUniform(PROBLEM, { kind: "uniform", until: UNTIL, points, extrapolate: false }, { onProgress });
  if (!memory.has(points)) memory.set(points, await peakBytes(run));
  const { value, cpuSeconds } = await measure(() => run());
  return { cpuSeconds, arrayBytes: memory.get(points), check: value.series.loss[points] };
}
