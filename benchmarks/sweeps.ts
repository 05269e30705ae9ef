import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createLocalEngine } from "../src/run/sweep/local";
import { parsePlan } from "../src/run/sweep/plan";
import { runSweep } from "../src/run/sweep/run-sweep";
import type { Benchmark, Timing } from "./benchmark";

const POINTS = 10_000;
const WORKERS = 2;
/** Seconds that a point may take. */
const ALLOWED = 0.003;

/**
 * What a sweep of cheap points costs in all, from its plan to its tables, on two processes: the time of the processor in them and in
 * this one, their own computations included. Memory is the most that this process has come to hold meanwhile, a point.
 */
export function sweeps(): readonly Benchmark[] {
  let known: Promise<Timing> | undefined;
  return [
    {
      name: "a sweep of 10⁴ cheap points, all that a point costs (memory: a point), against 3 ms",
      size: Math.sqrt(POINTS),
      // One run of ten thousand points is a mean already.
      ours: () => {
        known ??= measure();
        return known;
      },
      baseline: () => ({ cpuSeconds: ALLOWED, check: POINTS }),
      agreement: 0,
      goal: { ratio: 1, bytes: 5_000 },
    },
  ];
}

async function measure(): Promise<Timing> {
  const plan = parsePlan({
    verb: "predict",
    base: { system: "p-spin", parameters: { p: 3 }, report: { quantities: ["thresholdLoss"] } },
    vary: { "parameters.temperature": { from: 0.1, to: 0.5, points: POINTS } },
  });
  const folder = mkdtempSync(join(tmpdir(), "twotime-benchmark-"));
  const engine = createLocalEngine({ workers: WORKERS });
  // Processes are there, and their solvers loaded.
  const few = parsePlan({ ...plan.source, vary: { "parameters.temperature": [0.05, 0.06, 0.07, 0.08] } });
  await runSweep({ plan: few, folder: join(folder, "few"), engine });
  let [count, most] = [0, 0];
  const rss = process.memoryUsage.rss();
  const before = cpuSeconds();
  const { points } = await runSweep({
    plan,
    folder: join(folder, "all"),
    engine,
    onResult() {
      if (++count % 100 === 0) most = Math.max(most, process.memoryUsage.rss());
    },
  });
  const seconds = cpuSeconds() - before;
  await engine.close();
  rmSync(folder, { recursive: true });
  return { cpuSeconds: seconds / POINTS, check: points.done, arrayBytes: most - rss };
}

const TICKS_A_SECOND = 100;

/** Of this process and of those that compute points for it, as Linux counts it. */
function cpuSeconds(): number {
  const children = readFileSync(`/proc/self/task/${process.pid}/children`, "utf8").trim().split(" ");
  const ticks = ["self", ...children].map((pid) => {
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8")
      .replace(/^.*\) /, "")
      .split(" ");
    return Number(fields[11]) + Number(fields[12]);
  });
  return ticks.reduce((sum, count) => sum + count, 0) / TICKS_A_SECOND;
}
