import type { Cost } from "../../core/budget";
import { type AgingRun, capacityOf } from "./history";
import type { AgingMethod } from "./method";
import type { Resolution } from "./rule";

/** Bytes by pair of nodes: stencils and tables of one panel, and by pair of panels. */
const TABLES = 400;
const PANEL_PAIR = 50;
/** Seconds of a row by pair of nodes and pair of panels, and by the cube of its unknowns. */
const EQUATIONS = 5e-8;
const FACTORS = 3e-11;
/** Of the rows that there is room for, those that a run takes. */
const TAKEN = 0.5;

/** What both histories of a run take, of which one at a time is at work. */
export function agingCosts(
  run: AgingRun,
  resolutions: readonly Resolution[],
  { points, tolerance }: AgingMethod,
): readonly Cost[] {
  let [bytes, seconds] = [0, 0];
  for (const resolution of resolutions) {
    let kept = 0;
    for (const [k, stretch] of run.stretches.entries()) {
      const panels = k + 1;
      const rows = capacityOf(run.problem, stretch, resolution);
      const legs = resolution.map(({ grid }) => grid.size);
      const size = Math.max(...legs);
      kept += 16 * rows * size * panels;
      const tables = (TABLES + PANEL_PAIR * panels ** 2) * size ** 2 + 16 * rows * size;
      bytes = Math.max(bytes, kept + tables);
      for (const n of legs) {
        const work = EQUATIONS * (n * panels) ** 2 + FACTORS * (2 * n * panels) ** 3;
        seconds += ((TAKEN * rows) / legs.length) * work;
      }
    }
  }
  const [parameter, value] =
    points === undefined ? ["method.tolerance", tolerance] : ["method.points", points];
  return [{ parameter, value, bytes, seconds }];
}
