import { lagrangeWeights } from "../../numerics/lagrange";
import type { Grid, Segment } from "./grid";
import { rowStart } from "./history";

/** Nodes per direction: high enough that interpolation never shows beside the solver's own error. */
const STENCIL = 8;

/** Where a point lies between the nodes: its segment and its distance from the segment's first node in steps. */
interface Place {
  readonly segment: Segment;
  readonly offset: number;
}

function locate(grid: Grid, y: number): Place {
  const { segments } = grid;
  const end = (s: Segment) => s.origin + (s.last - s.first) * s.step;
  const segment = segments.find((s) => y <= end(s)) ?? segments[segments.length - 1];
  const offset = Math.min(Math.max((y - segment.origin) / segment.step, 0), segment.last - segment.first);
  // Rounding in y must not turn a node into a point beside it.
  const nearest = Math.round(offset);
  return { segment, offset: Math.abs(offset - nearest) < 1e-9 ? nearest : offset };
}

/** Weights of `count` nodes from `start` on, at `offset`, all in steps. */
function stencil(offset: number, start: number, count: number): Float64Array {
  const nodes = Float64Array.from({ length: count }, (_, k) => start + k);
  return lagrangeWeights(nodes, 0, count, offset, new Float64Array(count));
}

const clamp = (value: number, low: number, high: number) => Math.max(low, Math.min(value, high));

/** First node of a centred stencil kept within [0, last]. */
const centred = (offset: number, count: number, last: number) =>
  clamp(Math.floor(offset) - Math.floor((count - 1) / 2), 0, last - count + 1);

/** A one-time function at y, from its values at the nodes of the segment that holds y. */
export function interpolateSeries(grid: Grid, values: Float64Array, y: number): number {
  const { segment, offset } = locate(grid, y);
  const last = segment.last - segment.first;
  const count = Math.min(STENCIL, last + 1);
  const start = centred(offset, count, last);
  const weights = stencil(offset, start, count);
  let sum = 0;
  for (let k = 0; k < count; k++) {
    // A node hit exactly stands alone: its neighbours may be infinite.
    if (weights[k] !== 0) sum += weights[k] * values[segment.first + start + k];
  }
  return sum;
}

/**
 * A two-time function at (y, y'), y ≥ y', from its packed triangle. Both times in one segment: the nodes form
 * a triangle with sides t = end, t' = start and t = t', none of which may be crossed; the two coordinates are
 * the distances from the two nearest sides, so that a square stencil fits into their corner.
 */
export function interpolatePair(grid: Grid, packed: Float64Array, y: number, yPrime: number): number {
  const p = locate(grid, y);
  const q = locate(grid, Math.min(y, yPrime));
  if (p.segment !== q.segment) {
    const [lastI, lastJ] = [p.segment.last - p.segment.first, q.segment.last - q.segment.first];
    const [countI, countJ] = [Math.min(STENCIL, lastI + 1), Math.min(STENCIL, lastJ + 1)];
    const i0 = centred(p.offset, countI, lastI);
    const j0 = centred(q.offset, countJ, lastJ);
    return weigh(stencil(p.offset, i0, countI), stencil(q.offset, j0, countJ), (k, l) => {
      return packed[rowStart(p.segment.first + i0 + k) + q.segment.first + j0 + l];
    });
  }
  const { first } = p.segment;
  const last = p.segment.last - first;
  const lag = Math.max(0, p.offset - q.offset);
  const entry = (i: number, j: number) => packed[rowStart(first + i) + first + j];
  const room = { top: last - p.offset, lag, start: q.offset };
  for (let count = STENCIL; ; count--) {
    const i0 = centred(p.offset, count, last);
    const j0 = centred(q.offset, count, last);
    const d0 = centred(lag, count, last);
    const reach = count - 1;
    if (room.start >= room.top && room.start >= room.lag) {
      if (i0 - d0 - reach >= 0 || count === 1) {
        return weigh(stencil(p.offset, i0, count), stencil(lag, d0, count), (k, l) =>
          entry(i0 + k, i0 + k - d0 - l),
        );
      }
    } else if (room.top >= room.lag) {
      if (j0 + d0 + 2 * reach <= last || count === 1) {
        return weigh(stencil(q.offset, j0, count), stencil(lag, d0, count), (k, l) =>
          entry(j0 + k + d0 + l, j0 + k),
        );
      }
    } else if (i0 - j0 - reach >= 0 || count === 1) {
      return weigh(stencil(p.offset, i0, count), stencil(q.offset, j0, count), (k, l) =>
        entry(i0 + k, j0 + l),
      );
    }
  }
}

function weigh(u: Float64Array, v: Float64Array, entry: (k: number, l: number) => number): number {
  let sum = 0;
  for (let k = 0; k < u.length; k++) {
    for (let l = 0; l < v.length; l++) sum += u[k] * v[l] * entry(k, l);
  }
  return sum;
}
