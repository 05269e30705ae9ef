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

/** The plain uniform solver, p = 3 at temperature 0 and rate 1, to time 10, against native/two-time.c. */
export function uniformTwoTime(): readonly Benchmark[] {
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
    solveUniform(PROBLEM, { kind: "uniform", until: UNTIL, points }, { onProgress });
  if (!memory.has(points)) memory.set(points, await peakBytes(run));
  const { value, cpuSeconds } = await measure(() => run());
  return { cpuSeconds, arrayBytes: memory.get(points), check: value.series.loss[points] };
}
