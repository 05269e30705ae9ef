import type { LawBox, LawGrid } from "./laws";

/** A measured curve with its noise. */
export interface Measurement {
  /** Errors of the losses, or any common scale of them. */
  readonly sigma: ArrayLike<number>;
  /** Losses over sigma. */
  readonly scaled: Float64Array;
  /** Draws of the noise of the whole curve; without, it is taken as independent with the size of the residuals. */
  readonly deviations?: readonly Float64Array[];
}

const CONFIDENCE = 0.95;
/** That point of χ² with two degrees of freedom. */
export const POINT = -2 * Math.log(1 - CONFIDENCE);

/** X on the nodes of a grid, and what goes with it. */
export interface Surface {
  /** χ² − min χ². */
  readonly excess: Float64Array;
  /** Best σ² of every node, and half of χ²'s second derivative by it. */
  readonly labelNoise: Float64Array;
  readonly stiffness: Float64Array;
  /** min χ², of so many points. */
  readonly least: number;
  readonly points: number;
  /** X below this is in the region. */
  readonly bound: number;
  /** X of the drawn curves at the node that they are drawn around, ascending, in the same unit as `excess`. */
  readonly drawn: Float64Array;
}

/**
 * Least squares on a grid. The losses are linear in σ², which is eliminated. The bound is such that 95 % of the curves drawn around
 * the best node have their own X there below it, whatever the law and the correlations of their noise; times χ² a point where
 * that is above 1, since what the noise does not explain widens everything.
 */
export function surfaceOf(grid: LawGrid, { scaled, sigma, deviations }: Measurement): Surface {
  const points = scaled.length;
  const nodes = grid.level.length;
  const weigh = (values: Float64Array) => values.map((value, i) => value / sigma[i]);
  const level = grid.level.map(weigh);
  const response = grid.response.map(weigh);
  const stiffness = Float64Array.from(response, (v) => v.reduce((sum, x) => sum + x * x, 0));
  /** χ² of a node for other data; leaves σ² in `found`. */
  let found = 0;
  const chiSquare = (y: Float64Array, node: number) => {
    const [u, v] = [level[node], response[node]];
    let [square, along] = [0, 0];
    for (let i = 0; i < points; i++) {
      const r = y[i] - u[i];
      square += r * r;
      along += r * v[i];
    }
    found = along / stiffness[node];
    return Math.max(0, square - along * found);
  };
  const labelNoise = new Float64Array(nodes);
  const excess = new Float64Array(nodes);
  for (let k = 0; k < nodes; k++) {
    excess[k] = chiSquare(scaled, k);
    labelNoise[k] = found;
  }
  const best = excess.reduce((least, value, k) => (value < excess[least] ? k : least), 0);
  const least = excess[best];
  for (let k = 0; k < nodes; k++) excess[k] -= least;
  if (!deviations) {
    const bound = (POINT * least) / Math.max(1, points - 3);
    return { excess, labelNoise, stiffness, least, points, bound, drawn: new Float64Array() };
  }
  const unexplained = Math.max(1, least / points);
  const drawn = Float64Array.from(deviations, (deviation) => {
    const y = level[best].map((u, i) => u + labelNoise[best] * response[best][i] + deviation[i] / sigma[i]);
    let own = Infinity;
    for (let k = 0; k < nodes; k++) own = Math.min(own, chiSquare(y, k));
    return unexplained * (chiSquare(y, best) - own);
  }).sort();
  const bound = drawn[Math.ceil(CONFIDENCE * drawn.length) - 1];
  return { excess, labelNoise, stiffness, least, points, bound, drawn };
}

/** Least value of a function on nodes, and where it is: by the parabola through the lowest three. */
export function lowest(values: readonly number[]): { readonly value: number; readonly at: number } {
  const k = values.reduce((least, value, i) => (value < values[least] ? i : least), 0);
  if (k === 0 || k === values.length - 1) return { value: values[k], at: k };
  const slope = (values[k + 1] - values[k - 1]) / 2;
  const curvature = values[k - 1] - 2 * values[k] + values[k + 1];
  if (!(curvature > 0)) return { value: values[k], at: k };
  return { value: values[k] - slope ** 2 / (2 * curvature), at: k - slope / curvature };
}

/** The profile of X over one side of a grid: its least values over the other one. */
export function profile({ excess }: Surface, side: keyof LawBox): number[] {
  const count = Math.sqrt(excess.length);
  const all = Array.from({ length: count }, (_, k) => k);
  const node =
    side === "target" ? (k: number, j: number) => j * count + k : (k: number, j: number) => k * count + j;
  return all.map((k) => lowest(all.map((j) => excess[node(k, j)])).value);
}

/** Where a profile is below the bound, as values of its nodes. */
export function extent(nodes: Float64Array, values: readonly number[], bound: number): [number, number] {
  const crossing = (k: number, beyond: number) =>
    beyond < 0 || beyond >= nodes.length
      ? nodes[k]
      : nodes[k] + ((nodes[beyond] - nodes[k]) * (bound - values[k])) / (values[beyond] - values[k]);
  const inside = values.map((value) => value <= bound);
  const [first, last] = [inside.indexOf(true), inside.lastIndexOf(true)];
  return [crossing(first, first - 1), crossing(last, last + 1)];
}
