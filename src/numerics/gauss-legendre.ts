import { linspace } from "./grid";

/** Positive nodes and weights of the ten-point Gauss-Legendre rule on [−1, 1]. */
const NODES = [
  0.1488743389816312, 0.4333953941292472, 0.6794095682990244, 0.8650633666889845, 0.9739065285171717,
];
const WEIGHTS = [
  0.2955242247147529, 0.2692667193099964, 0.219086362515982, 0.1494513491505806, 0.0666713443086881,
];

/** Points and weights of a composite rule: ∫ f ≈ Σ weights[k]·f(points[k]). */
export interface QuadratureRule {
  readonly points: Float64Array;
  readonly weights: Float64Array;
}

/** Ten Gauss-Legendre points on every cell between consecutive `edges` (ascending): exact to degree 19 a cell. */
export function gaussLegendre(edges: ArrayLike<number>): QuadratureRule {
  const perCell = 2 * NODES.length;
  const points = new Float64Array((edges.length - 1) * perCell);
  const weights = new Float64Array(points.length);
  for (let cell = 0; cell + 1 < edges.length; cell++) {
    const centre = (edges[cell] + edges[cell + 1]) / 2;
    const half = (edges[cell + 1] - edges[cell]) / 2;
    for (let k = 0; k < NODES.length; k++) {
      const at = cell * perCell + 2 * k;
      points[at] = centre - half * NODES[k];
      points[at + 1] = centre + half * NODES[k];
      weights[at] = weights[at + 1] = half * WEIGHTS[k];
    }
  }
  return { points, weights };
}

/** ∫ f from low to high of a smooth function, by the composite rule on equal cells. */
export function integrate(f: (x: number) => number, low: number, high: number, cells = 16): number {
  const { points, weights } = gaussLegendre(linspace(low, high, cells));
  return points.reduce((sum, x, k) => sum + weights[k] * f(x), 0);
}
