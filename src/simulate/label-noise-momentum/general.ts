import type { HeavyBall } from "../../models/label-noise-momentum/heavy-ball";
import type { NoisyDescent } from "../../models/label-noise-momentum/loss";
import { semidefiniteFactor } from "../../numerics/semidefinite";
import { createBall } from "./ball";
import { createNormals, type DescentProcess } from "./process";

/**
 * Descent on any loss of a few weights with Gaussian gradient noise of covariance ε² Σ(w): the finite process behind the
 * drift-diffusion.
 */
export function createGeneralProcess(
  { loss, noise: gradientNoise }: NoisyDescent,
  { noise, ...heavyBall }: HeavyBall & { readonly noise: number },
  start: Float64Array,
): DescentProcess & { readonly weights: Float64Array; readonly momentum: Float64Array } {
  const D = loss.size;
  const ball = createBall(start, heavyBall);
  const { weights, momentum } = ball;
  const gradient = new Float64Array(D);
  const hessian = new Float64Array(D * D);
  const sigma = new Float64Array(D * D);
  const z = new Float64Array(D);
  const normals = createNormals();
  let factored: Float64Array | undefined;
  let factor: Float64Array = new Float64Array(D * D);

  /** σ with σσᵀ = Σ(w), worked out again only where Σ has changed. */
  function refreshFactor(): void {
    gradientNoise.covariance(weights, sigma);
    if (factored?.every((x, k) => x === sigma[k])) return;
    factored = sigma.slice();
    factor = semidefiniteFactor(sigma, D) ?? factor;
  }

  return {
    weights,
    momentum,
    start(stream) {
      normals.restart(stream);
      ball.restart();
    },
    step() {
      loss.gradient(weights, gradient);
      refreshFactor();
      for (let i = 0; i < D; i++) z[i] = normals.next();
      for (let i = 0; i < D; i++) {
        let kick = 0;
        for (let j = 0; j <= i; j++) kick += factor[i * D + j] * z[j];
        gradient[i] -= noise * kick;
      }
      ball.step(gradient);
    },
    radius: ball.radius,
    loss: () => loss.value(weights),
    hessianTrace() {
      loss.hessian(weights, hessian);
      let sum = 0;
      for (let i = 0; i < D; i++) sum += hessian[i * D + i];
      return sum;
    },
  };
}
