import type { TwoTimeNodes } from "../../core/results";
import type { TwoTimeProblem } from "../problem";
import type { AgingHistory } from "./history";
import { elapsedOf } from "./interpolation";
import { clockAt, KNOWN_ROWS, REACHED } from "./solved-phase";

/** 0 and the rows that were solved. */
export function timesOf(
  { schedule }: TwoTimeProblem,
  history: AgingHistory,
  end: number,
  until: number,
): Float64Array {
  const clocks = history.phases.flatMap(({ start, rows, count }) =>
    Array.from(rows.elapsed.subarray(KNOWN_ROWS - 1, count), (elapsed) => start.clock + elapsed),
  );
  const before = clocks.filter((s) => s < end * (1 - REACHED)).map((s) => schedule.time(s));
  return Float64Array.of(0, ...before, until);
}

/** The rows that were solved, and across each the nodes of its panels. */
export function nodesOf(
  { schedule }: TwoTimeProblem,
  { phases }: AgingHistory,
  end: number,
  until: number,
): TwoTimeNodes {
  const all = phases.flatMap((solved) =>
    Array.from(solved.rows.sigma.subarray(KNOWN_ROWS - 1, solved.count), (sigma, r) => ({
      solved,
      sigma,
      clock: clockAt(solved, KNOWN_ROWS - 1 + r),
    })),
  );
  const inside = all.filter(({ clock }) => clock <= end);
  const timeOf = (clock: number) => Math.min(until, schedule.time(Math.min(clock, end)));
  return {
    time: Float64Array.from(inside, ({ clock }) => timeOf(clock)),
    earlier(k) {
      const { solved, sigma } = inside[k];
      const { start: from, grid } = solved;
      const panels = [...from.old, { start: from.clock, length: sigma }];
      // Neighbouring panels share a node.
      return Float64Array.from(
        panels.flatMap(({ start, length }, p) =>
          Array.from(p === 0 ? grid.phi : grid.phi.subarray(1), (share) =>
            timeOf(start + elapsedOf(solved, share * length)),
          ),
        ),
      );
    },
  };
}
