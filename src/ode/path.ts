/** A continuous path y(t), piecewise polynomial, from its first time to `end()`. */
export interface Path {
  /** y at a time from the first to the end. */
  at(t: number): Float64Array;
  end(): number;
  /** The first time and the ends of the pieces, ascending. */
  nodes(): Float64Array;
  /** Adds the piece from `before` (the present end) to `now`, given as a function of component and time. */
  append(before: number, now: number, value: (component: number, t: number) => number): void;
}

/** Chebyshev points of a piece: enough for the polynomials of the solver, whose degree is at most 17. */
const POINTS = 18;
const ANGLES = Float64Array.from({ length: POINTS }, (_, k) => (Math.PI * k) / (POINTS - 1));
/** The points on [0, 1], both ends included, ascending, and their barycentric weights. */
const ABSCISSAE = ANGLES.map((angle) => 0.5 * (1 - Math.cos(angle)));
const WEIGHTS = ANGLES.map((_, k) => (k % 2 === 0 ? 1 : -1) * (k === 0 || k === POINTS - 1 ? 0.5 : 1));

interface Piece {
  readonly from: number;
  readonly to: number;
  /** values[k · length + i]: component i at point k. */
  readonly values: Float64Array;
}

/** A path that so far is only its start, at time `from`. */
export function createPath(start: ArrayLike<number>, from = 0): Path {
  const length = start.length;
  const first = Float64Array.from(start);
  const pieces: Piece[] = [];
  const end = () => (pieces.length > 0 ? pieces[pieces.length - 1].to : from);
  return {
    end,
    nodes: () => Float64Array.from([from, ...pieces.map((piece) => piece.to)]),
    append(before, now, value) {
      const values = new Float64Array(POINTS * length);
      for (let k = 0; k < POINTS; k++) {
        const t = before + (now - before) * ABSCISSAE[k];
        for (let i = 0; i < length; i++) values[k * length + i] = value(i, t);
      }
      pieces.push({ from: before, to: now, values });
    },
    at(t) {
      if (t <= from || pieces.length === 0) return first.slice();
      return interpolate(find(pieces, t), t, length);
    },
  };
}

function find(pieces: readonly Piece[], t: number): Piece {
  let low = 0;
  let high = pieces.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (pieces[middle].to < t) low = middle + 1;
    else high = middle;
  }
  return pieces[low];
}

/** Barycentric interpolation (Berrut and Trefethen 2004), exact at the points. */
function interpolate({ from, to, values }: Piece, t: number, length: number): Float64Array {
  const x = (t - from) / (to - from);
  const hit = ABSCISSAE.indexOf(x);
  if (hit >= 0) return values.slice(hit * length, (hit + 1) * length);
  const out = new Float64Array(length);
  let total = 0;
  for (let k = 0; k < POINTS; k++) {
    const weight = WEIGHTS[k] / (x - ABSCISSAE[k]);
    total += weight;
    for (let i = 0; i < length; i++) out[i] += weight * values[k * length + i];
  }
  for (let i = 0; i < length; i++) out[i] /= total;
  return out;
}
