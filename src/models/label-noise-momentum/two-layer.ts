import { integerAtLeast, list, oneOf, record } from "../../core/check";
import type { ResidualModel } from "./residuals";

/** What acts on the first layer of a two-layer network. */
export type Activation = "linear" | "tanh" | "relu";

/** φ with its derivatives; those of ReLU are the ones away from its kink. */
interface ActivationFunction {
  /** φ, φ′, φ″, φ‴ at z. */
  at(z: number, out: Float64Array): void;
}

export const activations: Readonly<Record<Activation, ActivationFunction>> = {
  linear: {
    at(z, out) {
      out[0] = z;
      out[1] = 1;
      out[2] = out[3] = 0;
    },
  },
  tanh: {
    at(z, out) {
      const t = Math.tanh(z);
      const d = 1 - t * t;
      out[0] = t;
      out[1] = d;
      out[2] = -2 * t * d;
      out[3] = d * (4 * t * t - 2 * d);
    },
  },
  relu: {
    at(z, out) {
      out[0] = Math.max(z, 0);
      out[1] = z > 0 ? 1 : 0;
      out[2] = out[3] = 0;
    },
  },
};

/** A two-layer network f(x) = (1/√n) Σ_k u_k φ(v_k·x), and the data that it is to fit. */
export interface TwoLayerNetwork {
  /** n. */
  readonly width: number;
  /** Of the inputs; 1 in vector UV. */
  readonly dimension: number;
  readonly activation: Activation;
  /** The P inputs x_a one after the other. */
  readonly inputs: Float64Array;
  /** The P labels y_a. */
  readonly targets: Float64Array;
}

/** The fields at the hidden units, z_k = v_k·x, of the weights u, then v_1 to v_n. */
export function hiddenField(
  { width: n, dimension: d }: Pick<TwoLayerNetwork, "width" | "dimension">,
  w: Float64Array,
  k: number,
  inputs: Float64Array,
  a: number,
): number {
  let z = 0;
  for (let j = 0; j < d; j++) z += w[n + k * d + j] * inputs[a * d + j];
  return z;
}

/** f(x_a) for every input. */
export function networkOutputs(
  network: Omit<TwoLayerNetwork, "targets">,
  w: Float64Array,
  out: Float64Array,
): void {
  const { width: n, inputs, activation } = network;
  const root = 1 / Math.sqrt(n);
  const phi = new Float64Array(4);
  for (let a = 0; a < out.length; a++) {
    let sum = 0;
    for (let k = 0; k < n; k++) {
      activations[activation].at(hiddenField(network, w, k, inputs, a), phi);
      sum += w[k] * phi[0];
    }
    out[a] = root * sum;
  }
}

/**
 * The network by its residuals r_a = f(x_a) − y_a, L = (1/2P) Σ r_a², equation (LN22): vector UV with an activation (Flatter,
 * faster, eq. (11) and sec. 4.1), where the inputs are numbers and the labels 0, and the same with inputs of any dimension. The
 * weights are u, then v_1 to v_n.
 */
export function twoLayerModel(network: TwoLayerNetwork): ResidualModel {
  const { width: n, dimension: d, activation, inputs, targets } = record("network", network);
  integerAtLeast("network.width", n, 1);
  integerAtLeast("network.dimension", d, 1);
  list("network.inputs", inputs);
  list("network.targets", targets);
  const { at } =
    activations[oneOf("network.activation", activation, Object.keys(activations) as Activation[])];
  const count = targets.length;
  const size = n * (1 + d);
  const root = 1 / Math.sqrt(n);
  const phi = new Float64Array(4);
  const evaluate = (w: Float64Array, k: number, a: number) => at(hiddenField(network, w, k, inputs, a), phi);

  /** Σ_l x_l S[u_k, v_kl] and Σ_jl x_j x_l S[v_kj, v_kl]: all of S that a residual sees. */
  function seen(S: Float64Array, k: number, a: number): { mixed: number; own: number } {
    let [mixed, own] = [0, 0];
    for (let j = 0; j < d; j++) {
      const row = n + k * d;
      const x = inputs[a * d + j];
      mixed += x * S[k * size + row + j];
      for (let l = 0; l < d; l++) own += x * inputs[a * d + l] * S[(row + j) * size + row + l];
    }
    return { mixed, own };
  }

  return {
    size,
    count,
    scale: 1 / count,
    residuals(w, out) {
      networkOutputs(network, w, out);
      for (let a = 0; a < count; a++) out[a] -= targets[a];
    },
    jacobian(w, out) {
      for (let a = 0; a < count; a++) {
        for (let k = 0; k < n; k++) {
          evaluate(w, k, a);
          out[a * size + k] = root * phi[0];
          for (let j = 0; j < d; j++) {
            out[a * size + n + k * d + j] = root * w[k] * phi[1] * inputs[a * d + j];
          }
        }
      }
    },
    addSecond(w, a, v, weight, out) {
      for (let k = 0; k < n; k++) {
        evaluate(w, k, a);
        const along = hiddenField(network, v, k, inputs, a);
        out[k] += weight * root * phi[1] * along;
        const factor = weight * root * (phi[1] * v[k] + w[k] * phi[2] * along);
        for (let j = 0; j < d; j++) out[n + k * d + j] += factor * inputs[a * d + j];
      }
    },
    secondTrace(w, a, S) {
      let sum = 0;
      for (let k = 0; k < n; k++) {
        evaluate(w, k, a);
        const { mixed, own } = seen(S, k, a);
        sum += 2 * phi[1] * mixed + w[k] * phi[2] * own;
      }
      return root * sum;
    },
    addThird(w, a, S, weight, out) {
      for (let k = 0; k < n; k++) {
        evaluate(w, k, a);
        const { mixed, own } = seen(S, k, a);
        out[k] += weight * root * phi[2] * own;
        const factor = weight * root * (2 * phi[2] * mixed + w[k] * phi[3] * own);
        for (let j = 0; j < d; j++) out[n + k * d + j] += factor * inputs[a * d + j];
      }
    },
  };
}
