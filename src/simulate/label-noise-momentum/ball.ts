import type { HeavyBall } from "../../models/label-noise-momentum/heavy-ball";

/** The weights of a heavy ball and their momenta, which forces move step by step. */
export function createBall(
  start: Float64Array,
  { learningRate, momentum: beta }: HeavyBall,
): {
  readonly weights: Float64Array;
  readonly momentum: Float64Array;
  /** Back to the start, at rest. */
  restart(): void;
  /** One step against a gradient, noise included. */
  step(gradient: Float64Array): void;
  /** Squared length of the weights. */
  radius(): number;
} {
  const weights = start.slice();
  const momentum = new Float64Array(weights.length);
  return {
    weights,
    momentum,
    restart() {
      weights.set(start);
      momentum.fill(0);
    },
    step(gradient) {
      for (let i = 0; i < weights.length; i++) {
        momentum[i] = beta * momentum[i] - gradient[i];
        weights[i] += learningRate * momentum[i]; // (LN1)
      }
    },
    radius() {
      let sum = 0;
      for (let i = 0; i < weights.length; i++) sum += weights[i] * weights[i];
      return sum;
    },
  };
}
