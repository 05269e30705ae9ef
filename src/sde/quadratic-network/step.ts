import { InvalidParameterError } from "../../core/errors";
import {
  createDrift,
  isGiven,
  type NetworkStart,
  type NetworkState,
  packState,
  type QuadraticNetwork,
} from "../../models/quadratic-network";

/** From a product of step and rate of 2 on a step overshoots by more than it has to go. */
const STABLE = 2;
const ITERATIONS = 12;
const DISPLACEMENT = 1e-6;

/**
 * Refuses a step that is longer than the dynamics at the signal, or at a given start.
 * @throws InvalidParameterError named `method.step`
 */
export function checkStepLength(network: QuadraticNetwork, start: NetworkStart, step: number): void {
  const states = [signalState(network), ...(isGiven(start) ? [start] : [])];
  const fastest = states.reduce((most, state) => Math.max(most, fastestRate(network, packState(state))), 0);
  if (step * fastest < STABLE) return;
  const most = Number((STABLE / fastest).toPrecision(2));
  throw new InvalidParameterError(
    "method.step",
    step,
    `below ${most}, twice the shortest time of the dynamics; its error is small far below that`,
  );
}

/** All neurons along the signal. */
function signalState({ width: p }: QuadraticNetwork): NetworkState {
  const ones = (length: number) => new Float64Array(length).fill(1);
  return { overlap: ones(p), correlation: ones(p * p), secondLayer: ones(p) };
}

/** Modulus of the largest eigenvalue of the drift's Jacobian, by power iteration with differences along a direction. */
function fastestRate(network: QuadraticNetwork, y: Float64Array): number {
  const drift = createDrift(network, false);
  const [ahead, behind] = [y.slice(), y.slice()];
  // Not along a symmetry, which the Jacobian would keep.
  let direction = y.map((_, i) => Math.cos(1 + i));
  let rate = 0;
  for (let iteration = 0; iteration < ITERATIONS; iteration++) {
    const length = Math.hypot(...direction);
    if (length === 0) return rate;
    direction = direction.map((x) => x / length);
    drift(
      y.map((x, i) => x + DISPLACEMENT * direction[i]),
      ahead,
    );
    drift(
      y.map((x, i) => x - DISPLACEMENT * direction[i]),
      behind,
    );
    direction = ahead.map((x, i) => (x - behind[i]) / (2 * DISPLACEMENT));
    rate = Math.hypot(...direction);
  }
  return rate;
}
