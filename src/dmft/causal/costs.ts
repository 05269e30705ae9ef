import type { Cost } from "../../core/budget";
import type { Setup } from "../process/setup";

/** Seconds of a trajectory's response at a pair of times, at every third. */
const RESPONSE = 2e-10;
/** Doubles a pair of times that a run keeps. */
const KEPT = 8;

/** What the march takes: every run keeps the responses of all its trajectories. @param workers runs at a time */
export function causalCosts(
  { nodes, trajectories, precision }: Setup,
  until: number,
  runs: number,
  workers = 1,
): readonly Cost[] {
  const square = nodes * nodes;
  const kept = 8 * KEPT * square;
  const march = RESPONSE * trajectories * nodes ** 3;
  const history = trajectories * ((precision === "float32" ? 2 : 4) * square + 64 * nodes);
  return [
    { parameter: "method.until", value: until, bytes: kept, seconds: march / trajectories },
    {
      parameter: "method.trajectories",
      value: trajectories,
      bytes: history,
      seconds: (march * (trajectories - 1)) / trajectories,
    },
    {
      parameter: "method.runs",
      value: runs,
      bytes: (runs - 1) * kept + (Math.min(workers, runs) - 1) * history,
      seconds: (runs - 1) * march,
    },
  ];
}
