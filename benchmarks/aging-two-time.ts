import { solveAging, solveUniform } from "../src/chsck";
import type { Solution } from "../src/core/results";
import { createCovariance, pureCovariance } from "../src/models/covariance";
import { createSchedule } from "../src/schedule";
import type { Benchmark, Timing } from "./benchmark";
import { measure, peakBytes } from "./measure";

const PROBLEM = { covariance: pureCovariance(3), temperature: 0, schedule: createSchedule(1) };
const TOLERANCE = 1e-6;
const YARDSTICK = { kind: "uniform", until: 10, points: 2000, extrapolate: false } as const;

const SIGNAL = {
  covariance: createCovariance([
    { p: 2, variance: 1 / 0.2 },
    { p: 3, variance: 1 / 6 },
  ]),
  temperature: 1,
  schedule: createSchedule(1),
  initialOverlap: 1e-10,
};
const STEPS = {
  covariance: pureCovariance(3),
  temperature: 1,
  schedule: createSchedule({ kind: "steps", rate: 1, factor: 0.1, times: [10, 110, 1110] }),
};

/** Goals: 6, 12, 25 and 12 s, where the uniform solver takes 2 s; twice a native program for the steps. */
const RUNS = [
  { label: "to 10⁵, 1e-6", problem: PROBLEM, until: 1e5, tolerance: TOLERANCE, ratio: 3 },
  { label: "to 10⁶, 1e-6", problem: PROBLEM, until: 1e6, tolerance: TOLERANCE, ratio: 6 },
  { label: "to 10⁸, 1e-6", problem: PROBLEM, until: 1e8, tolerance: TOLERANCE, ratio: 12.5 },
  {
    label: "a signal from 1e-10 to 1000, 1e-6",
    problem: SIGNAL,
    until: 1000,
    tolerance: TOLERANCE,
    ratio: 6,
  },
  { label: "three steps to 11110, 1e-5", problem: STEPS, until: 11110, tolerance: 1e-5, ratio: 6 },
];
/** Memory is counted in units of its square: megabytes, of which 100 are allowed. */
const MEGABYTE_ROOT = 1000;
const MOST_MEGABYTES = 100;

/**
 * The aging grid, p = 3 at temperature 0 and rate 1, a signal, and steps of the rate, to its tolerance, with all of its grids, against
 * the uniform solver of 2000 steps to time 10.
 */
export function agingTwoTime(): readonly Benchmark[] {
  return RUNS.map(({ label, problem, until, tolerance, ratio }) => {
    const run = once((onProgress?: () => void) =>
      solveAging(problem, { kind: "aging", until, tolerance }, { onProgress }),
    );
    return {
      name: `two-time equations, aging grid ${label}, bytes in MB, against uniform, n = 2000`,
      size: MEGABYTE_ROOT,
      ours: run,
      baseline: once(() => solveUniform(PROBLEM, YARDSTICK)),
      agreement: 0,
      goal: { ratio, bytes: MOST_MEGABYTES },
    };
  });
}

/** Prints the rows, iterations and factorisations of a run, and the share of each part. */
function printWork({ work }: Solved): void {
  if (!work) return;
  const all = Object.values(work.seconds).reduce((sum, part) => sum + part, 0);
  const counts = Object.entries(work.counts).map(([name, count]) => `${count} ${name}`);
  const shares = Object.entries(work.seconds).map(([name, s]) => `${Math.round((100 * s) / all)} % ${name}`);
  console.log(`  ${counts.join(", ")}; ${shares.join(", ")}`);
}

type Solved = Pick<Solution, "work">;

/** A run this long needs no warming up and no median: it is timed once, with its memory. */
function once(solve: (onProgress?: () => void) => Promise<Solved>): () => Promise<Timing> {
  let timing: Promise<Timing> | undefined;
  const timed = async () => {
    let cpuSeconds = 0;
    const arrayBytes = await peakBytes(async (look) => {
      const run = await measure(() => solve(look));
      cpuSeconds = run.cpuSeconds;
      printWork(run.value);
      return run.value;
    });
    return { cpuSeconds, check: 0, arrayBytes };
  };
  return () => {
    timing ??= timed();
    return timing;
  };
}
