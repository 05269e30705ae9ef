import { integerAtLeast } from "../core/check";
import { InvalidParameterError } from "../core/errors";

/**
 * Lagrange weights: Σ_i out[i]·y(nodes[start + i]) interpolates y at x, exactly for polynomials of degree
 * count − 1. At a node the weights are exactly 0 and 1. Nodes must be distinct. Checks nothing: for inner loops.
 * @param out receives `count` weights. @returns out
 */
export function lagrangeWeights(
  nodes: ArrayLike<number>,
  start: number,
  count: number,
  x: number,
  out: Float64Array,
): Float64Array {
  for (let i = 0; i < count; i++) {
    const own = nodes[start + i];
    let weight = 1;
    for (let j = 0; j < count; j++) {
      if (j !== i) weight *= (x - nodes[start + j]) / (own - nodes[start + j]);
    }
    out[i] = weight;
  }
  return out;
}

/**
 * Derivative of the Lagrange interpolant: Σ_i out[i]·y(nodes[start + i]) is y′(x), exactly for polynomials of
 * degree count − 1. Checks nothing. @param out receives `count` weights. @returns out
 */
export function lagrangeDerivativeWeights(
  nodes: ArrayLike<number>,
  start: number,
  count: number,
  x: number,
  out: Float64Array,
): Float64Array {
  for (let i = 0; i < count; i++) {
    const own = nodes[start + i];
    // Product rule over the factors (x − x_j)/(x_i − x_j).
    let weight = 1;
    let derivative = 0;
    for (let j = 0; j < count; j++) {
      if (j === i) continue;
      const gap = own - nodes[start + j];
      derivative = (derivative * (x - nodes[start + j]) + weight) / gap;
      weight *= (x - nodes[start + j]) / gap;
    }
    out[i] = derivative;
  }
  return out;
}

/**
 * First index of the `points` ascending nodes with x in their middle (the middle cell for an even number, the
 * nearest node for an odd one), moved inwards at the ends of the grid. Checks nothing.
 */
export function stencilStart(nodes: ArrayLike<number>, x: number, points: number): number {
  let low = 0;
  let high = nodes.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if (nodes[middle] <= x) low = middle;
    else high = middle;
  }
  const right = high === low ? 0 : points % 2 === 0 ? 1 : x - nodes[low] > nodes[high] - x ? 1 : 0;
  const start = low + right - (points >>> 1);
  return Math.max(0, Math.min(start, nodes.length - points));
}

/**
 * y at x by the Lagrange polynomial through the `points` nearest nodes (fewer on a smaller grid); exact at nodes
 * and for polynomials of degree points − 1.
 * @param nodes ascending abscissae, @param values the ordinates
 * @param points 1 to 8, default 4 (cubic)
 * @throws InvalidParameterError for x outside the grid, other numbers of points, or lengths that differ.
 */
export function interpolate(
  nodes: ArrayLike<number>,
  values: ArrayLike<number>,
  x: number,
  points = 4,
): number {
  const length = integerAtLeast("nodes.length", nodes.length, 1);
  if (values.length !== length) {
    throw new InvalidParameterError("values.length", values.length, `the ${length} of the nodes`);
  }
  if (!(Number.isInteger(points) && points >= 1 && points <= 8)) {
    throw new InvalidParameterError("points", points, "an integer from 1 to 8");
  }
  if (!(x >= nodes[0] && x <= nodes[length - 1])) {
    throw new InvalidParameterError("x", x, `a number inside the grid, ${nodes[0]} to ${nodes[length - 1]}`);
  }
  const count = Math.min(points, length);
  const start = stencilStart(nodes, x, count);
  const weights = lagrangeWeights(nodes, start, count, x, new Float64Array(count));
  let sum = 0;
  for (let i = 0; i < count; i++) sum += weights[i] * values[start + i];
  return sum;
}
