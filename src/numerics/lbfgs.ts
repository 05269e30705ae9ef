import { integerAtLeast, positive } from "../core/check";

/** A function and its gradient at a point. */
export interface Slope {
  readonly value: number;
  readonly gradient: Float64Array;
}

/** Where a descent ended. */
export interface DescentEnd {
  readonly x: Float64Array;
  readonly value: number;
  readonly evaluations: number;
  /** Whether the last steps gained less than the tolerance, or no step gained anything. */
  readonly settled: boolean;
}

/** Where a descent is after a step: all that the next ones depend on. */
export interface DescentState {
  readonly x: Float64Array;
  readonly value: number;
  readonly gradient: Float64Array;
  /** Of the last steps: how far, and the change of the gradient. */
  readonly pairs: readonly Pick<Pair, "step" | "change">[];
  /** What the last steps have gained, as many as `patience` looks at. */
  readonly gains: readonly number[];
  readonly evaluations: number;
}

export interface LbfgsOptions {
  /** The search ends when `patience` steps together gain less than this, in the value; default 1e-10. */
  readonly tolerance?: number;
  /** Default 5. */
  readonly patience?: number;
  /** Most evaluations, default 1000. */
  readonly evaluations?: number;
  /** Longest first step, in every coordinate; default 0.1. */
  readonly firstStep?: number;
  /** Told the state after each step. */
  readonly onStep?: (state: DescentState) => void;
}

const MEMORY = 12;
/** Constants of the Wolfe conditions. */
const DECREASE = 1e-4;
const CURVATURE = 0.9;
const TRIALS = 30;

/**
 * A local minimum by the limited-memory BFGS method (Nocedal, Math. Comp. 35, 773 (1980)) with a line search by bisection for
 * the weak Wolfe conditions (Lewis and Overton, Math. Program. 141, 135 (2013)). Yields points and is given value and
 * gradient there; a value of Infinity is only too far. From the state of an earlier descent it goes on as that one did.
 * @throws InvalidParameterError
 */
export function* lbfgs(
  start: Float64Array | DescentState,
  options: LbfgsOptions = {},
): Generator<Float64Array, DescentEnd, Slope> {
  const tolerance = positive("tolerance", options.tolerance ?? 1e-10);
  const patience = integerAtLeast("patience", options.patience ?? 5, 1);
  const most = integerAtLeast("evaluations", options.evaluations ?? 1000, 1);
  const firstStep = positive("firstStep", options.firstStep ?? 0.1);
  const earlier = start instanceof Float64Array ? undefined : start;
  const pairs =
    earlier?.pairs.map(({ step, change }) => ({ step, change, scale: 1 / dot(step, change) })) ?? [];
  let gains = [...(earlier?.gains ?? [])];
  let x: Float64Array = earlier?.x ?? Float64Array.from(start as Float64Array);
  let here: Slope = earlier ?? (yield x);
  let evaluations = earlier?.evaluations ?? 1;
  const end = (settled: boolean) => ({ x, value: here.value, evaluations, settled });
  const isSettled = () => gains.length === patience && gains.reduce((sum, gain) => sum + gain, 0) < tolerance;

  while (evaluations < most) {
    if (isSettled()) return end(true);
    let direction: Float64Array = towards(here.gradient, pairs);
    let slope = dot(direction, here.gradient);
    if (!(slope < 0)) {
      pairs.length = 0;
      direction = here.gradient.map((g) => -g);
      slope = dot(direction, here.gradient);
      if (!(slope < 0)) return end(true);
    }
    let [low, high] = [0, Infinity];
    let length = pairs.length > 0 ? 1 : firstStep / largest(direction);
    let next: { x: Float64Array; slope: Slope } | undefined;
    for (let trial = 0; trial < TRIALS && evaluations < most; trial++) {
      const there = x.map((value, i) => value + length * direction[i]);
      const found = yield there;
      evaluations++;
      if (!(found.value <= here.value + DECREASE * length * slope)) high = length;
      else {
        next = { x: there, slope: found };
        if (dot(found.gradient, direction) >= CURVATURE * slope) break;
        low = length;
      }
      length = high < Infinity ? (low + high) / 2 : 2 * low;
    }
    if (!next) {
      if (pairs.length === 0) return end(true);
      pairs.length = 0;
      continue;
    }
    remember(pairs, x, here, next);
    gains = [...gains, here.value - next.slope.value].slice(-patience);
    x = next.x;
    here = next.slope;
    options.onStep?.({ x, ...here, pairs: [...pairs], gains, evaluations });
  }
  return end(isSettled());
}

/** A step and the change of the gradient along it. */
interface Pair {
  readonly step: Float64Array;
  readonly change: Float64Array;
  readonly scale: number;
}

function remember(
  pairs: Pair[],
  x: Float64Array,
  here: Slope,
  next: { x: Float64Array; slope: Slope },
): void {
  const step = next.x.map((value, i) => value - x[i]);
  const change = next.slope.gradient.map((g, i) => g - here.gradient[i]);
  const curvature = dot(step, change);
  if (!(curvature > 0)) return;
  pairs.push({ step, change, scale: 1 / curvature });
  if (pairs.length > MEMORY) pairs.shift();
}

/** Minus the gradient times the inverse Hessian that the pairs tell of: the two loops of Nocedal. */
function towards(gradient: Float64Array, pairs: readonly Pair[]): Float64Array {
  const direction = gradient.map((g) => -g);
  const coefficients: number[] = [];
  for (let j = pairs.length - 1; j >= 0; j--) {
    const { step, change, scale } = pairs[j];
    coefficients[j] = scale * dot(step, direction);
    addTo(direction, -coefficients[j], change);
  }
  const last = pairs[pairs.length - 1];
  if (last) {
    const ratio = 1 / (last.scale * dot(last.change, last.change));
    for (let i = 0; i < direction.length; i++) direction[i] *= ratio;
  }
  for (const [j, { step, change, scale }] of pairs.entries()) {
    addTo(direction, coefficients[j] - scale * dot(change, direction), step);
  }
  return direction;
}

function dot(x: Float64Array, y: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += x[i] * y[i];
  return sum;
}

function addTo(x: Float64Array, factor: number, y: Float64Array): void {
  for (let i = 0; i < x.length; i++) x[i] += factor * y[i];
}

const largest = (x: Float64Array): number => x.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
