import { describe, expect, it } from "vitest";
import { delayOf } from "../../../src/chsck/aging/crossing";
import { createRecord, type RowRecord } from "../../../src/chsck/aging/rows";

/** Three rows one apart, at given overlaps. */
function rowsWith(overlaps: readonly number[]): RowRecord {
  const rows = createRecord(8, 3, { pairs: new Float64Array(16), logOverlap: 0 });
  for (const [r, m] of overlaps.entries()) {
    rows.sigma[r] = 100 + r;
    rows.logOverlap[r] = Math.log(m);
  }
  return rows;
}
const growing = (rate: number, from = 1e-6) => rowsWith([0, 1, 2].map((r) => from * Math.exp(rate * r)));

describe("what ln m is off while a signal is looked for", () => {
  it("counts by how much faster the crossing is than the search", () => {
    expect(delayOf(growing(0.02), 2, 0.5)).toBeCloseTo(1.4 / (0.02 * 0.5), 6);
    expect(delayOf(growing(0.04), 2, 0.5)).toBeCloseTo(70, 6);
    expect(delayOf(growing(0.02), 2, 1)).toBeCloseTo(70, 6);
  });

  it("counts once at least, and 300 times at most", () => {
    expect(delayOf(growing(5), 2, 1)).toBe(1);
    expect(delayOf(growing(1e-4), 2, 1)).toBe(300);
  });

  it("counts once where m is found or lost", () => {
    expect(delayOf(rowsWith([0.5, 0.6, 0.65]), 2, 1)).toBe(1);
    expect(delayOf(growing(-0.02), 2, 1)).toBe(1);
    expect(delayOf(rowsWith([0.6, 0.5, 0.3]), 2, 1)).toBe(1);
  });
});
