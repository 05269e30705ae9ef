import type { HeavyBall } from "../../models/label-noise-momentum/heavy-ball";
import {
  activations,
  hiddenField,
  networkOutputs,
  type TwoLayerNetwork,
} from "../../models/label-noise-momentum/two-layer";
import type { Stream } from "../../numerics/streams";
import { createBall } from "./ball";
import type { DescentProcess } from "./process";

/** A two-layer network with all its weights: f = (1/√n) Σ u_k φ(v_k·x), equation (LN22). */
export function createTwoLayerProcess(
  network: TwoLayerNetwork,
  { noise, ...heavyBall }: HeavyBall & { readonly noise: number },
  start: Float64Array,
  testError?: (w: Float64Array) => number,
): DescentProcess {
  const { width: n, dimension: d, inputs, targets, activation } = network;
  const count = targets.length;
  const { at } = activations[activation];
  const root = 1 / Math.sqrt(n);
  const ball = createBall(start, heavyBall);
  const { weights } = ball;
  const force = new Float64Array(weights.length);
  const xi = new Float64Array(count);
  const value = new Float64Array(n);
  const outputs = new Float64Array(count);
  const slope = new Float64Array(n);
  const phi = new Float64Array(4);
  let stream: Stream;

  function evaluate(a: number): void {
    for (let k = 0; k < n; k++) {
      at(hiddenField(network, weights, k, inputs, a), phi);
      value[k] = phi[0];
      slope[k] = phi[1];
    }
  }

  return {
    weights,
    start(noiseStream) {
      stream = noiseStream;
      ball.restart();
    },
    step() {
      stream.fillNormal(xi);
      force.fill(0);
      for (let a = 0; a < count; a++) {
        evaluate(a);
        let residual = -targets[a] - noise * xi[a];
        for (let k = 0; k < n; k++) residual += root * weights[k] * value[k];
        const push = (residual * root) / count;
        for (let k = 0; k < n; k++) {
          force[k] += push * value[k];
          const lower = push * weights[k] * slope[k];
          for (let j = 0; j < d; j++) force[n + k * d + j] += lower * inputs[a * d + j];
        }
      }
      ball.step(force);
    },
    radius: ball.radius,
    loss() {
      networkOutputs(network, weights, outputs);
      return outputs.reduce((sum, f, a) => sum + (f - targets[a]) ** 2, 0) / (2 * count);
    },
    // Tr H = (1/(Pn)) Σ_a Σ_k [φ(z)² + u_k² φ′(z)² |x_a|²]
    hessianTrace() {
      let sum = 0;
      for (let a = 0; a < count; a++) {
        evaluate(a);
        let square = 0;
        for (let j = 0; j < d; j++) square += inputs[a * d + j] ** 2;
        for (let k = 0; k < n; k++) sum += value[k] ** 2 + (weights[k] * slope[k]) ** 2 * square;
      }
      return sum / (count * n);
    },
    ...(testError && { testError: () => testError(weights) }),
  };
}
