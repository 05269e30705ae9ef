import type { Estimate } from "../../core/results";
import { type Differences, errorOfLargest } from "./extrapolation";
import { rowStart } from "./history";
import type { Nested, Stored } from "./nested";

/** What an error is judged by, three numbers of three levels and three of four, by node of the packed triangle. */
const KINDS: readonly (keyof Differences)[] = ["change", "correction", "correctionBefore"];

/**
 * C or R on the nodes of step h, row by row: the values and errors that {@link Nested.pair} gives there. All differences are worked out
 * once and kept, since every node is near many others.
 */
export function createNodeRows(
  { grid, node, visitNear }: Nested,
  stored: Stored,
): (i: number) => readonly Estimate[] {
  const row = (i: number, entry: (j: number) => Estimate) =>
    Array.from({ length: i + 1 }, (_, j) => (j === i ? { value: 1, error: 0 } : entry(j)));
  if (!node) return (i) => row(i, (j) => ({ value: stored(0)[rowStart(i) + j] }));
  const packed = rowStart(grid.size);
  const value = new Float64Array(packed);
  // Of errors seven digits are plenty.
  const tables = Array.from({ length: 2 * KINDS.length }, () => new Float32Array(packed));
  for (let i = 0; i < grid.size; i++) {
    for (let j = 0; j <= i; j++) {
      const at = rowStart(i) + j;
      const { value: found, three, four } = node(stored, i, j);
      value[at] = found;
      for (const [k, kind] of KINDS.entries()) {
        tables[k][at] = Math.abs(three[kind]);
        tables[KINDS.length + k][at] = four ? Math.abs(four[kind]) : NONE;
      }
    }
  }
  const largest = new Float64Array(tables.length);
  const positions = grid.time.map(grid.coordinate.position);
  return (i) =>
    row(i, (j) => {
      largest.fill(NONE);
      visitNear(positions[i], positions[j], (m, n) => {
        const at = rowStart(m) + n;
        for (let k = 0; k < tables.length; k++) if (tables[k][at] > largest[k]) largest[k] = tables[k][at];
      });
      return { value: value[rowStart(i) + j], error: errorOf(largest) };
    });
}

/** Where there is no fourth level. */
const NONE = -1;

function errorOf(largest: Float64Array): number {
  const of = (from: number): Differences => ({
    change: largest[from],
    correction: largest[from + 1],
    correctionBefore: largest[from + 2],
  });
  return errorOfLargest(of(0), largest[KINDS.length] === NONE ? undefined : of(KINDS.length));
}
