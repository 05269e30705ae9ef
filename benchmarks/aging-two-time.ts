import { solveAging, solveUniform } from "../src/chsck";
import type { Solution } from "../src/core/results";
import { pureCovariance } from "../src/models/covariance";
import { createSchedule } from "../src/schedule";
import type { Benchmark, Timing } from "./benchmark";
import { measure, peakBytes } from "./measure";

const PROBLEM = { covariance: pureCovariance(3), temperature: 0, schedule: createSchedule(1) };
const TOLERANCE = 1e-6;
const YARDSTICK = { kind: "uniform", until: 10, points: 2000, extrapolate: false } as const;

/** Goals: 6, 12 and 25 s, where the uniform solver takes 2 s. */
const RUNS = [
  { label: "10⁵", until: 1e5, ratio: 3 },
  { label: "10⁶", until: 1e6, ratio: 6 },
  { label: "10⁸", until: 1e8, ratio: 12.5 },
];
/** Memory is counted in units of its square: megabytes, of which 100 are allowed. */
const MEGABYTE_ROOT = 1000;
const MOST_MEGABYTES = 100;

/**
 * The aging grid, p = 3 at temperature 0 and rate 1, to its tolerance, with both of its grids, against the uniform solver of
 * 2000 steps to time 10.
 */
export function agingTwoTime(): readonly Benchmark[] {
  return RUNS.map(({ label, until, ratio }) => {
    const run = once((onProgress?: () => void) =>
      solveAging(PROBLEM, { kind: "aging", until, tolerance: TOLERANCE }, { onProgress }),
    );
    return {
      name: `two-time equations, aging grid to ${label}, 1e-6, bytes in MB, against uniform, n = 2000`,
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
