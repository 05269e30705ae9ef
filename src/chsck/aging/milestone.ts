import { GRID_STENCIL } from "../../kernels";
import { backwardDifference } from "./differences";
import type { OverlapScale } from "./overlap";
import type { Panel } from "./panels";
import type { Phase, PhaseStart } from "./phase";
import { rowOf } from "./rows";

const ORDER = 4;

/**
 * The start of the next phase from the last row of one, which lies on the milestone (A.9): the current panel becomes an old one, with the
 * tables it has. C, R, z − T_eff and the loss go on as they are; with T_eff, z jumps, and with z the slopes.
 * @param count rows of the phase, @param jump T_eff after the milestone minus T_eff before, @param overlap of the problem.
 */
export function startAfter(phase: Phase, count: number, jump: number, overlap: OverlapScale): PhaseStart {
  const { start, rows, tables, stencils, factors } = phase;
  const { size } = stencils.grid;
  const { phi } = stencils.nodes;
  const r = count - 1;
  const row = rowOf(rows, r);
  const w = rows.logOverlap[r];
  const length = rows.sigma[r];
  for (const [i, one] of factors.entries()) one.load(row.subarray(2 * i * size, 2 * (i + 1) * size));
  const last = rows.panels - 1;
  const { inner, outer } = tables.of(last, factors[last].crowded);
  const own = tables.own.correlation;
  const cross = start.old.map((_, earlier) =>
    tables.cross(last, earlier).map((past, at) => {
      const j = Math.floor(at / (2 * size));
      return past + own[j] * row[2 * earlier * size + (at - 2 * size * j)];
    }),
  );
  const panel: Panel = {
    start: start.clock,
    length,
    inner: inner.slice(),
    outer: outer.slice(),
    cross,
    logOverlap: tables.logOverlap(rows.logOverlap[r]),
  };

  const weights = backwardDifference(rows.place, r, ORDER);
  const change = (of: (back: number) => number) =>
    weights.reduce((sum, weight, q) => sum + weight * of(q), 0);
  const pairs = new Float64Array(rows.width + 2 * size).fill(1);
  const slopes = new Float64Array(rows.width + 2 * size);
  pairs.set(row);
  for (let at = 0; at < rows.width; at++) {
    const inLnSigma = change((back) => rows.pairs[(r - back) * rows.width + at]);
    slopes[at] = inLnSigma / length - jump * row[at];
  }
  const current = rows.width - 2 * size;
  for (let j = 0; j < size; j++) {
    const from = current + 2 * stencils.derivativeStarts[j];
    for (let q = 0; q < GRID_STENCIL; q++) {
      const weight = (phi[j] * stencils.derivative[GRID_STENCIL * j + q]) / length;
      slopes[current + 2 * j] -= weight * row[from + 2 * q];
      slopes[current + 2 * j + 1] -= weight * row[from + 2 * q + 1];
    }
  }
  return {
    clock: start.clock + length,
    old: [...start.old, panel],
    pairs,
    slopes,
    reduced: rows.reduced[r],
    reducedSlope: 0,
    logOverlap: w,
    logOverlapSlope:
      change((back) => rows.logOverlap[r - back]) / length - jump * (overlap.value(w) / overlap.slope(w)),
  };
}
