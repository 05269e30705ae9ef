import { linspace } from "./grid";

/** How far a search goes. */
export interface SearchLimits {
  /** Most evaluations; the search stops there, wherever it stands. */
  readonly evaluations: number;
  /** Distance in the unit cube to which the best is sought. */
  readonly tolerance: number;
}

/** A function on the unit cube. Infinity where it fails; never NaN. */
type Objective = (x: readonly number[]) => Promise<number>;

interface Point {
  readonly x: readonly number[];
  readonly value: number;
}

const MOST_PER_SIDE = 9;

/**
 * A minimum of a function on the unit cube, bounds included, without derivatives and without chance: first a
 * grid; from its best node a golden-section search (one dimension) or a mesh-adaptive direct
 * search (more) goes on. Kinks, jumps and infinities are allowed. Of several minima that the grid cannot tell
 * apart the lowest may be missed.
 *
 * The direct search is OrthoMADS in spirit (Abramson, Audet, Dennis, Le Digabel, SIAM J. Optim. 20, 948 (2009)):
 * it polls an orthonormal frame that turns each time, because a fixed frame stalls on kinks.
 * @returns the best point evaluated; undefined when all evaluations gave Infinity.
 */
export async function searchCube(
  f: Objective,
  dimension: number,
  limits: SearchLimits,
): Promise<Point | undefined> {
  const evaluate = limited(f, limits.evaluations);
  const budget = limits.evaluations / 2;
  const perSide = Math.max(2, Math.min(MOST_PER_SIDE, Math.floor(budget ** (1 / dimension) + 1e-9)));
  try {
    for (const x of gridNodes(dimension, perSide)) await evaluate(x);
    const best = evaluate.best();
    const cell = 1 / (perSide - 1);
    if (best) {
      if (dimension === 1) await goldenSections(evaluate, best, cell, limits.tolerance);
      else await directSearch(evaluate, best, cell / 2, limits.tolerance);
    }
  } catch (error) {
    if (error !== OUT_OF_BUDGET) throw error;
  }
  return evaluate.best();
}

const OUT_OF_BUDGET = Symbol("out of budget");

/** Counts evaluations, repeats none, and keeps the best. */
function limited(f: Objective, most: number) {
  const seen = new Map<string, number>();
  let best: Point | undefined;
  const evaluate = async (x: readonly number[]): Promise<number> => {
    const known = seen.get(x.join());
    if (known !== undefined) return known;
    if (seen.size >= most) throw OUT_OF_BUDGET;
    const value = await f(x);
    seen.set(x.join(), value);
    if (value < (best?.value ?? Infinity)) best = { x, value };
    return value;
  };
  return Object.assign(evaluate, { best: () => best });
}

function gridNodes(dimension: number, perSide: number): number[][] {
  const side = [...linspace(0, 1, perSide - 1)];
  let nodes: number[][] = [[]];
  for (let d = 0; d < dimension; d++) nodes = nodes.flatMap((node) => side.map((x) => [...node, x]));
  return nodes;
}

const GOLDEN = (3 - Math.sqrt(5)) / 2;

/** Narrows [left, right] around `middle`; where the best is an end of the cube, left or right is that end itself. */
async function goldenSections(f: Objective, best: Point, cell: number, tolerance: number): Promise<void> {
  let [middle] = best.x;
  let { value } = best;
  let left = Math.max(0, middle - cell);
  let right = Math.min(1, middle + cell);
  while (right - left > 2 * tolerance) {
    const goesRight = right - middle > middle - left;
    const x = middle + GOLDEN * ((goesRight ? right : left) - middle);
    const at = await f([x]);
    if (at < value) {
      if (goesRight) left = middle;
      else right = middle;
      [middle, value] = [x, at];
    } else if (goesRight) right = x;
    else left = x;
  }
}

async function directSearch(f: Objective, start: Point, cell: number, tolerance: number): Promise<void> {
  let best = start;
  let last: readonly number[] | undefined;
  let step = cell;
  for (let round = 0; step > tolerance / 2; round++) {
    const directions = frame(best.x.length, round);
    // What went down just now most likely does so again.
    if (last) directions.unshift(last);
    let moved = false;
    for (const direction of directions) {
      const x = best.x.map((value, d) => Math.min(1, Math.max(0, value + step * direction[d])));
      const value = await f(x);
      if (value >= best.value) continue;
      best = { x, value };
      last = direction;
      moved = true;
      break;
    }
    if (moved) step = Math.min(cell, 2 * step);
    else {
      step /= 2;
      last = undefined;
    }
  }
}

const PRIME_ROOTS = [2, 3, 5, 7].map(Math.sqrt);

/** Both senses of an orthonormal frame: the axes at first, then mirrored at a plane that differs each round. */
function frame(dimension: number, round: number): (readonly number[])[] {
  const axes = Array.from({ length: dimension }, (_, i) =>
    Array.from({ length: dimension }, (_, j) => +(i === j)),
  );
  const normal = PRIME_ROOTS.slice(0, dimension).map((root) => 2 * ((round * root) % 1) - 1);
  const square = normal.reduce((sum, value) => sum + value * value, 0);
  const turned =
    round === 0
      ? axes
      : axes.map((axis, i) => axis.map((value, j) => value - (2 * normal[i] * normal[j]) / square));
  return turned.flatMap((axis) => [axis, axis.map((value) => -value)]);
}
