import type { Grid, Segment } from "./grid";

/** Nodes per direction: high enough that interpolation never shows beside the solver's own error. */
const STENCIL = 8;

/** Nodes that an interpolation does without to judge itself. */
const LEFT_OUT = 2;

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

/** Signed binomial coefficients (−1)^k (count − 1 over k): the barycentric weights of equal steps, by count. */
const BARYCENTRIC = Array.from({ length: STENCIL + 1 }, (_, count) => {
  const signed = new Float64Array(count);
  for (let k = 0; k < count; k++) signed[k] = k === 0 ? 1 : (signed[k - 1] * (k - count)) / k;
  return signed;
});

/** Weights of the nodes of a stencil, and those without the two that are farthest off. */
interface Stencil {
  readonly weights: Float64Array;
  readonly fewer: Float64Array;
}

/** Lagrange weights of `count` nodes from `start` on, at `offset`, all in steps; at a node exactly 0 and 1. */
function stencil(offset: number, start: number, count: number): Stencil {
  const x = offset - start;
  const weights = new Float64Array(count);
  fillWeights(weights, x);
  const fewer = new Float64Array(count);
  const kept = Math.max(1, count - LEFT_OUT);
  const first = centred(x, kept, count - 1);
  fillWeights(fewer.subarray(first, first + kept), x - first);
  return { weights, fewer };
}

function fillWeights(weights: Float64Array, x: number): void {
  if (Number.isInteger(x)) {
    weights[x] = 1;
    return;
  }
  const signed = BARYCENTRIC[weights.length];
  let sum = 0;
  for (let k = 0; k < weights.length; k++) {
    weights[k] = signed[k] / (x - k);
    sum += weights[k];
  }
  for (let k = 0; k < weights.length; k++) weights[k] /= sum;
}

/** A value between nodes, and how much it would change without the two farthest of them: where it is smooth, more than it is wrong. */
export interface Interpolated {
  readonly value: number;
  readonly error: number;
}

const clamp = (value: number, low: number, high: number) => Math.max(low, Math.min(value, high));

/** First node of a centred stencil kept within [0, last]. */
const centred = (offset: number, count: number, last: number) =>
  clamp(Math.floor(offset) - Math.floor((count - 1) / 2), 0, last - count + 1);

/** Where y stands among the nodes, which are counted through all segments. */
export function nodeAt(grid: Grid, y: number): number {
  const { segment, offset } = locate(grid, y);
  return segment.first + offset;
}

/** A one-time function at y, from its values `at` the nodes of the segment that holds y. */
export function interpolateSeries(grid: Grid, at: (i: number) => number, y: number): Interpolated {
  const { segment, offset } = locate(grid, y);
  const last = segment.last - segment.first;
  const count = Math.min(STENCIL, last + 1);
  const start = centred(offset, count, last);
  const { weights, fewer } = stencil(offset, start, count);
  let [value, change] = [0, 0];
  for (let k = 0; k < count; k++) {
    // A node hit exactly stands alone: its neighbours may be infinite.
    if (weights[k] === 0) continue;
    const known = at(segment.first + start + k);
    value += weights[k] * known;
    change += (weights[k] - fewer[k]) * known;
  }
  return { value, error: Math.abs(change) };
}

/**
 * A two-time function at (y, y'), y ≥ y', from its values `at` pairs of nodes i ≥ j. Both times in one segment: the nodes form
 * a triangle with sides t = end, t' = start and t = t', none of which may be crossed; the two coordinates are
 * the distances from the two nearest sides, so that a square stencil fits into their corner.
 */
export function interpolatePair(
  grid: Grid,
  at: (i: number, j: number) => number,
  y: number,
  yPrime: number,
): Interpolated {
  const p = locate(grid, y);
  const q = locate(grid, Math.min(y, yPrime));
  if (p.segment !== q.segment) {
    const [lastI, lastJ] = [p.segment.last - p.segment.first, q.segment.last - q.segment.first];
    const [countI, countJ] = [Math.min(STENCIL, lastI + 1), Math.min(STENCIL, lastJ + 1)];
    const i0 = centred(p.offset, countI, lastI);
    const j0 = centred(q.offset, countJ, lastJ);
    return weigh(stencil(p.offset, i0, countI), stencil(q.offset, j0, countJ), (k, l) => {
      return at(p.segment.first + i0 + k, q.segment.first + j0 + l);
    });
  }
  const { first } = p.segment;
  const last = p.segment.last - first;
  const lag = Math.max(0, p.offset - q.offset);
  const entry = (i: number, j: number) => at(first + i, first + j);
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

function weigh(u: Stencil, v: Stencil, entry: (k: number, l: number) => number): Interpolated {
  let [value, change] = [0, 0];
  for (let k = 0; k < u.weights.length; k++) {
    for (let l = 0; l < v.weights.length; l++) {
      const known = entry(k, l);
      const weight = u.weights[k] * v.weights[l];
      value += weight * known;
      change += (weight - u.fewer[k] * v.fewer[l]) * known;
    }
  }
  return { value, error: Math.abs(change) };
}
