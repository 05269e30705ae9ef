import { type Activation, activations } from "../../models/label-noise-momentum/first-layer";
import type { HeavyBall } from "../../models/label-noise-momentum/heavy-ball";
import type { Stream } from "../../numerics/streams";
import type { DescentProcess } from "./process";

/** Vector UV with an activation on the first layer, all its weights: f = (1/√n) Σ u_k φ(v_k x), equation (LN22). */
export function createFirstLayerProcess(
  inputs: Float64Array,
  activation: Activation,
  { learningRate: eta, momentum: beta, noise }: HeavyBall & { readonly noise: number },
  start: Float64Array,
): DescentProcess {
  const n = start.length / 2;
  const count = inputs.length;
  const { at } = activations[activation];
  const root = 1 / Math.sqrt(n);
  const weights = start.slice();
  const pi = new Float64Array(2 * n);
  const force = new Float64Array(2 * n);
  const xi = new Float64Array(count);
  const value = new Float64Array(n);
  const slope = new Float64Array(n);
  const phi = new Float64Array(4);
  let stream: Stream;

  function evaluate(x: number): void {
    for (let k = 0; k < n; k++) {
      at(weights[n + k] * x, phi);
      value[k] = phi[0];
      slope[k] = phi[1];
    }
  }

  return {
    start(noiseStream) {
      stream = noiseStream;
      weights.set(start);
      pi.fill(0);
    },
    step() {
      stream.fillNormal(xi);
      force.fill(0);
      for (let a = 0; a < count; a++) {
        const x = inputs[a];
        evaluate(x);
        let residual = -noise * xi[a];
        for (let k = 0; k < n; k++) residual += root * weights[k] * value[k];
        const push = (residual * root) / count;
        for (let k = 0; k < n; k++) {
          force[k] += push * value[k];
          force[n + k] += push * weights[k] * slope[k] * x;
        }
      }
      for (let i = 0; i < 2 * n; i++) {
        pi[i] = beta * pi[i] - force[i];
        weights[i] += eta * pi[i]; // (LN1)
      }
    },
    radius() {
      let sum = 0;
      for (let i = 0; i < 2 * n; i++) sum += weights[i] * weights[i];
      return sum;
    },
    // Tr H = (1/(Pn)) Σ_a Σ_k [φ(z)² + u_k² φ′(z)² x_a²]
    hessianTrace() {
      let sum = 0;
      for (const x of inputs) {
        evaluate(x);
        for (let k = 0; k < n; k++) sum += value[k] ** 2 + (weights[k] * slope[k] * x) ** 2;
      }
      return sum / (count * n);
    },
  };
}
