import { checkCurve, type LossCurve } from "./curve";
import { LAW_RANGE, type LawBox, type LawGrid, lawGrid, type StudentSize } from "./laws";
import { extent, lowest, type Measurement, POINT, profile, type Surface, surfaceOf } from "./surface";

/** A number that was fitted, and its interval, which an end of the range searched leaves open. */
export interface Fitted {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** The power laws of a measured curve. */
export interface CurveFit {
  readonly targetExponent: Fitted;
  readonly spectrumExponent: Fitted;
  /** May come out below 0, where the noise of the curve hides it: held at 0, it would pull a and b along. */
  readonly labelNoise: Fitted;
  /** The loss of the fit at the measured steps. */
  readonly loss: Float64Array;
  /** Root of the mean of ((loss − fit)/sigma)². */
  readonly residual: number;
  /** Confidence with which the other phase is excluded: the share of drawn curves whose X is below its least one there. */
  readonly phaseCertainty: number;
}

/** Nodes of a side, and where there is no region to tell. */
const NODES = 28;
const FEW_NODES = 14;
/** A round looks at what is within twice the region, and shrinks a side to no less than this share of it. */
const MARGIN = 4;
const LEAST_SHARE = 0.25;
/** A round that leaves more than this share of both sides is the last, or sides as short as this. */
const SETTLED = 0.6;
const SHORT = 1e-4;
const MOST_ROUNDS = 16;
/** The best point, on smaller and smaller grids. */
const POLISH_NODES = 7;
const POLISH_ROUNDS = 5;

/**
 * Fits a, b and σ² of the exact recursion (RF.2, RF.28) to a measured curve by weighted least squares: grids over (a, b) close in
 * on the region where χ² is above its minimum by less than the bound of `surfaceOf`. The intervals are the extents of
 * the region: they hold a and b at once. Yields often.
 *
 * @param sigma errors of the losses, or any common scale of them
 * @param deviations draws of the noise of the whole curve, which tell the bound
 * @throws InvalidParameterError
 */
export function* fitCurve(
  curve: LossCurve,
  size: StudentSize,
  sigma: ArrayLike<number>,
  deviations?: readonly Float64Array[],
): Generator<void, CurveFit> {
  checkCurve(curve);
  const scaled = Float64Array.from(sigma, (scale, i) => curve.loss[i] / scale);
  const measurement = { sigma, scaled, deviations };
  let box: LawBox = { target: LAW_RANGE, spectrum: LAW_RANGE };
  for (let round = 1; ; round++) {
    const grid = yield* lawGrid(curve, size, box, deviations ? NODES : FEW_NODES);
    const surface = surfaceOf(grid, measurement);
    const next = around(grid, surface);
    const length = (of: LawBox, side: keyof LawBox) => of[side][1] - of[side][0];
    const isSettled = (["target", "spectrum"] as const).every(
      (side) => length(next, side) > SETTLED * length(box, side) || length(next, side) < SHORT,
    );
    if (isSettled || round === MOST_ROUNDS) {
      const best = yield* polished(curve, size, measurement, grid, surface);
      return resultOf(measurement, grid, surface, best);
    }
    box = next;
  }
}

/**
 * The box of the nodes near the region, and more than a cell around it. Where the grid is too coarse to hold a fit, near is what
 * its misfit leaves.
 */
function around(grid: LawGrid, { excess, bound, least, points }: Surface): LawBox {
  const count = grid.target.length;
  const most = MARGIN * Math.max(bound, (POINT * least) / points);
  const inside = Array.from(excess.keys()).filter((k) => excess[k] <= most);
  const side = (nodes: Float64Array, of: (k: number) => number): readonly [number, number] => {
    const near = inside.map(of);
    const [low, high] = [nodes[Math.min(...near)], nodes[Math.max(...near)]];
    const leastHalf = (LEAST_SHARE / 2) * (nodes[count - 1] - nodes[0]);
    const half = Math.max((high - low) / 2 + 1.5 * (nodes[1] - nodes[0]), leastHalf);
    return within((low + high) / 2, half);
  };
  return {
    target: side(grid.target, (k) => k % count),
    spectrum: side(grid.spectrum, (k) => Math.floor(k / count)),
  };
}

const within = (middle: number, half: number): readonly [number, number] => [
  Math.max(LAW_RANGE[0], middle - half),
  Math.min(LAW_RANGE[1], middle + half),
];

/** The grid of one node at the best (a, b). */
function* polished(
  curve: LossCurve,
  size: StudentSize,
  measurement: Measurement,
  start: LawGrid,
  first: Surface,
): Generator<void, LawGrid> {
  const { sigma, scaled } = measurement;
  const best = (grid: LawGrid, surface: Surface, side: "target" | "spectrum") =>
    grid[side][0] + lowest(profile(surface, side)).at * (grid[side][1] - grid[side][0]);
  let [grid, surface] = [start, first];
  const cell = (side: "target" | "spectrum") => start[side][1] - start[side][0];
  for (let round = 0; round < POLISH_ROUNDS; round++) {
    const side = (name: "target" | "spectrum") => within(best(grid, surface, name), cell(name) / 3 ** round);
    grid = yield* lawGrid(curve, size, { target: side("target"), spectrum: side("spectrum") }, POLISH_NODES);
    surface = surfaceOf(grid, { sigma, scaled });
  }
  const point = (name: "target" | "spectrum") => within(best(grid, surface, name), 0);
  return yield* lawGrid(curve, size, { target: point("target"), spectrum: point("spectrum") }, 1);
}

function resultOf(measurement: Measurement, grid: LawGrid, surface: Surface, best: LawGrid): CurveFit {
  const { sigma, scaled } = measurement;
  const { excess, bound, drawn, labelNoise, stiffness } = surface;
  const { least, labelNoise: noise } = surfaceOf(best, { sigma, scaled });
  const count = grid.target.length;
  const [lnA, lnB] = [best.target[0], best.spectrum[0]];
  let [low, high] = [noise[0], noise[0]];
  let other = Infinity;
  for (const [k, value] of excess.entries()) {
    const isEasy = grid.target[k % count] >= grid.spectrum[Math.floor(k / count)];
    if (isEasy !== lnA >= lnB) other = Math.min(other, value);
    if (value > bound) continue;
    const half = Math.sqrt((bound - value) / stiffness[k]);
    low = Math.min(low, labelNoise[k] - half);
    high = Math.max(high, labelNoise[k] + half);
  }
  return {
    targetExponent: exponentOf(lnA, extent(grid.target, profile(surface, "target"), bound)),
    spectrumExponent: exponentOf(lnB, extent(grid.spectrum, profile(surface, "spectrum"), bound)),
    labelNoise: { value: noise[0], low, high },
    loss: best.level[0].map((value, i) => value + noise[0] * best.response[0][i]),
    residual: Math.sqrt(least / scaled.length),
    phaseCertainty: drawn.filter((value) => value < other).length / Math.max(1, drawn.length),
  };
}

const exponentOf = (value: number, [low, high]: readonly [number, number]): Fitted => ({
  value: 1 + Math.exp(value),
  low: low <= LAW_RANGE[0] ? 1 : 1 + Math.exp(low),
  high: high >= LAW_RANGE[1] ? Infinity : 1 + Math.exp(high),
});
