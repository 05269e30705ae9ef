import { dot, projectOnSphere } from "../sphere";
import type { GaussianLoss } from "./gaussian-loss";

/**
 * The two halves of Langevin dynamics on the sphere |x|² = N, dx = −∇L ds + √(2 T_eff) dW projected on the
 * tangent space (two-time equations in the clock s, ds = η dt, T_eff = Tη): the walk and the descent. A step is
 * walk(first half of the diffusion), descent(clock), walk(second half): symmetric, so weakly of second order, with
 * two gradients a step.
 */

/**
 * Brownian motion on the sphere for the time `diffusion` τ = ∫T_eff ds, in place: x becomes P(a x + b ξ), P the
 * projection and ξ = `noise` standard normal.
 *
 * (b/a)² = (e^{2κτ} − 1)/κ with κ = 1 − 4/N. For N → ∞ the correlation is e^{−τ} for every τ. At finite N the
 * means of x·x'/N and its square, e^{−τ(N−1)/N} and (1 + (N−1) e^{−2τ})/N, come out right to order τ²: that
 * fixes κ, and with κ = 1 a step would have an error of order τ²/N. τ = ∞ gives a uniformly random point.
 * N must be above 4.
 */
export function walkOnSphere(x: Float64Array, diffusion: number, noise: Float64Array): void {
  if (diffusion === 0) return;
  const kappa = 1 - 4 / x.length;
  const ratio = Math.expm1(2 * kappa * diffusion) / kappa;
  const a = 1 / Math.sqrt(1 + ratio);
  const b = 1 / Math.sqrt(1 + 1 / ratio);
  for (let i = 0; i < x.length; i++) x[i] = a * x[i] + b * noise[i];
  projectOnSphere(x);
}

/**
 * Gradient descent on the sphere, dx/ds = −(∇L − (x·∇L/N) x), by Heun's method with projection: second order
 * in the clock. Returns a function that moves states in place, all by the same clock; it owns the scratch arrays.
 */
export function createDescent(loss: GaussianLoss): (states: readonly Float64Array[], clock: number) => void {
  const scratch: { predicted: Float64Array; gradient: Float64Array; predictedGradient: Float64Array }[] = [];
  const vector = () => new Float64Array(loss.size);
  return (states, clock) => {
    if (clock === 0) return;
    while (scratch.length < states.length) {
      scratch.push({ predicted: vector(), gradient: vector(), predictedGradient: vector() });
    }
    const used = scratch.slice(0, states.length);
    const gradients = used.map(({ gradient }) => gradient);
    const predictions = used.map(({ predicted }) => predicted);
    loss.evaluateAll(states, gradients);
    for (const [r, x] of states.entries()) predict(x, gradients[r], clock, predictions[r]);
    loss.evaluateAll(
      predictions,
      used.map(({ predictedGradient }) => predictedGradient),
    );
    for (const [r, x] of states.entries()) correct(x, used[r], clock);
  };
}

/** An Euler step. */
function predict(x: Float64Array, gradient: Float64Array, clock: number, predicted: Float64Array): void {
  const radial = radialPart(x, gradient);
  for (let i = 0; i < x.length; i++) predicted[i] = x[i] - clock * (gradient[i] - radial * x[i]);
  projectOnSphere(predicted);
}

/** A step along the mean of the forces at its start and at the predicted end. */
function correct(
  x: Float64Array,
  {
    predicted,
    gradient,
    predictedGradient,
  }: Readonly<Record<"predicted" | "gradient" | "predictedGradient", Float64Array>>,
  clock: number,
): void {
  const radial = radialPart(x, gradient);
  const predictedRadial = radialPart(predicted, predictedGradient);
  for (let i = 0; i < x.length; i++) {
    const force = gradient[i] - radial * x[i] + predictedGradient[i] - predictedRadial * predicted[i];
    x[i] -= 0.5 * clock * force;
  }
  projectOnSphere(x);
}

/** x·∇L/N. */
const radialPart = (x: Float64Array, gradient: Float64Array) => dot(x, gradient) / x.length;
