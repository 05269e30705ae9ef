import { describe, expect, it } from "vitest";
import type { TwoTimeProblem } from "../../../src/chsck";
import { interpolatePair, interpolateSeries } from "../../../src/chsck/aging/interpolation";
import { rowOf } from "../../../src/chsck/aging/rows";
import { KNOWN_ROWS } from "../../../src/chsck/aging/solved-phase";
import { createCovariance } from "../../../src/models/covariance";
import { createSchedule } from "../../../src/schedule";
import { leg, solveOn } from "./solved";

const problem: TwoTimeProblem = {
  covariance: createCovariance([
    { p: 2, variance: 5 },
    { p: 3, variance: 0.5 },
  ]),
  temperature: 1,
  schedule: createSchedule({ kind: "steps", rate: 1, factor: 0.3, times: [0.2, 0.5, 1.5] }),
  initialOverlap: 0.05,
};
/** Clocks of the jumps. */
const MILESTONES = [0.2, 0.29, 0.38];
const size = 49;
const solved = solveOn(problem, 2, [leg(size, 10, 0.12)]);

describe("the start of a phase", () => {
  for (const k of [1, 2, 3]) {
    it(`takes over what the last row of the one before has: at milestone ${k}`, async () => {
      const { history } = await solved;
      const [before, after] = history.phases.slice(k - 1);
      const { start } = after;
      const last = before.count - 1;
      expect(start.clock).toBeCloseTo(MILESTONES[k - 1], 14);
      expect(start.old).toHaveLength(k);
      expect(start.old[k - 1]).toMatchObject({
        start: before.start.clock,
        length: before.rows.elapsed[last],
      });
      const { width } = before.rows;
      expect(start.pairs.subarray(0, width)).toEqual(rowOf(before.rows, last));
      expect(start.pairs.subarray(width).every((one) => one === 1)).toBe(true);
      expect(start.reduced).toBe(before.rows.reduced[last]);
      expect(start.logOverlap).toBe(before.rows.logOverlap[last]);
      for (const term of [0, 1]) expect(after.startLosses[term]).toBe(before.losses[term][last]);
    });

    it(`changes as the equations have it behind a jump of T_eff: at milestone ${k}`, async () => {
      const { history } = await solved;
      const { start, rows } = history.phases[k];
      // A row that was solved, so early that slopes are seen, and so late that rounding is not.
      const r = rows.sigma.findIndex((sigma) => sigma > 1e-5);
      const [sigma, row] = [rows.sigma[r], rowOf(rows, r)];
      let [off, largest] = [0, 0];
      for (let at = 0; at < 2 * size * k; at++) {
        const change = (row[at] - start.pairs[at]) / sigma;
        off = Math.max(off, Math.abs(change - start.slopes[at]));
        largest = Math.max(largest, Math.abs(start.slopes[at]));
      }
      expect(largest).toBeGreaterThan(0.5);
      expect(off).toBeLessThan(0.02);
      const growth = (rows.logOverlap[r] - start.logOverlap) / sigma;
      expect(Math.abs(growth - start.logOverlapSlope)).toBeLessThan(2e-3);
      expect(Math.abs(growth)).toBeGreaterThan(0.5);
    });
  }

  it("has first rows, which are known, that change as those do which are solved", async () => {
    const { history } = await solved;
    for (const [k, { start, rows, grid }] of history.phases.entries()) {
      const r = rows.sigma.findIndex((sigma) => sigma > 1e-5);
      const from = 2 * size * k;
      /** What a row has changed, over σ, and where it joins the panel before. */
      const changes = (q: number) => {
        const [row, sigma] = [rowOf(rows, q), rows.sigma[q]];
        return {
          pairs: row.map((one, at) => (one - start.pairs[at]) / sigma),
          reduced: (rows.reduced[q] - start.reduced) / sigma,
          overlap: (rows.logOverlap[q] - start.logOverlap) / sigma,
          joins: k === 0 ? [1, 1] : Array.from(row.subarray(from - 2, from)),
          first: Array.from(row.subarray(from, from + 2)),
        };
      };
      const [known, found] = [changes(KNOWN_ROWS - 1), changes(r)];
      const off = known.pairs.map((one, at) => Math.abs(one - found.pairs[at]));
      expect(Math.max(...off)).toBeLessThan(0.05);
      expect(Math.abs(known.overlap - found.overlap)).toBeLessThan(0.005);
      const half = from + 2 * grid.phi.findIndex((share) => share > 0.5);
      expect(known.pairs[half]).toBeLessThan(-0.01);
      expect(known.pairs[half + 1]).toBeLessThan(-0.3);
      if (k > 0) expect(known.first).toEqual(known.joins);
      else expect(Math.abs(known.reduced / found.reduced - 1)).toBeLessThan(0.02);
    }
  });

  it("keeps C, R and the overlap of the panel that is left where its integrals read them", async () => {
    const { history } = await solved;
    const { start, grid } = history.phases[3];
    const [, , left] = start.old;
    const { phi, psi } = grid;
    const timeOf = (panel: typeof left, share: number) => panel.start + panel.length * share;
    const off = { inner: 0, outer: 0, cross: 0, overlap: 0 };
    const look = (
      table: keyof typeof off,
      found: ArrayLike<number>,
      at: number,
      late: number,
      early: number,
    ) => {
      for (const component of [0, 1] as const) {
        const expected = interpolatePair(history, { late, early, lag: late - early }, component);
        off[table] = Math.max(off[table], Math.abs(found[at + component] - expected));
      }
    };
    // Next to the start of the panel rows are known, and at s′ = u C and R are 1 on either side.
    for (let j = 12; j < size; j += 3) {
      const late = timeOf(left, phi[j]);
      for (let k = 0; k < j; k += 2) {
        const entry = (j * (j + 1)) / 2 + k;
        look("inner", left.inner, 4 * entry, late, timeOf(left, phi[j] * phi[k]));
        if (k >= 12) look("outer", left.outer, 4 * entry, timeOf(left, phi[j] + psi[j] * phi[k]), late);
      }
      for (const [earlier, table] of left.cross.entries()) {
        for (let k = 0; k < size; k += 3) {
          look("cross", table, 2 * (size * j + k), late, timeOf(start.old[earlier], phi[k]));
        }
      }
      const overlap = interpolateSeries(
        history,
        ({ rows, start: from }) => ({ values: rows.logOverlap, start: from.logOverlap }),
        late,
      );
      off.overlap = Math.max(off.overlap, Math.abs(left.logOverlap[j] - overlap));
    }
    expect(off.inner).toBeLessThan(5e-6);
    expect(off.outer).toBeLessThan(5e-6);
    expect(off.cross).toBeLessThan(5e-6);
    expect(off.overlap).toBeLessThan(5e-6);
  });
});
