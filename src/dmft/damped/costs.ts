import type { Cost } from "../../core/budget";
import type { Setup } from "../process/setup";
import type { Iteration } from "./method";

/** Seconds of a trajectory's response at a pair of times, at every third. */
const RESPONSE = 2e-10;
/** Seconds of a probe at a pair of times. */
const PROBE = 1e-9;
/** Doubles a pair of times: order functions, C and R of a run, and what a pass works with. */
const KEPT = 8;
const WORKING = 10;

/** What the iteration takes; `until` is the one with which memory and work grow fastest. @param workers runs at a time */
export function dampedCosts(
  { nodes, lanes, trajectories }: Setup,
  { iterations, runs, probes }: Iteration,
  until: number,
  workers = 1,
): readonly Cost[] {
  const square = nodes * nodes;
  const kept = 8 * KEPT * square;
  const working = 8 * (WORKING * square + 20 * nodes * lanes);
  const pass = trajectories * square * (probes === 0 ? RESPONSE * nodes : PROBE * probes);
  return [
    { parameter: "method.until", value: until, bytes: kept + working, seconds: pass },
    { parameter: "method.trajectories", value: trajectories, bytes: 100 * trajectories },
    { parameter: "method.iterations", value: iterations, seconds: (iterations - 1) * pass },
    {
      parameter: "method.runs",
      value: runs,
      bytes: (runs - 1) * (kept + 8 * iterations) + (Math.min(workers, runs) - 1) * working,
      seconds: (runs - 1) * iterations * pass,
    },
  ];
}
