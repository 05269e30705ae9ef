import type { ResidualModel } from "./residuals";

/** What acts on the first layer of the vector UV model. */
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

/**
 * Vector UV with an activation on the first layer: r_a = (1/√n) Σ_k u_k φ(v_k x_a), labels 0, L = (1/2P) Σ r_a², equation
 * (LN22) (Flatter, faster, eq. (11) and sec. 4.1). The weights are u, then v.
 * @param inputs the P inputs x_a.
 */
export function firstLayerModel(n: number, inputs: Float64Array, activation: Activation): ResidualModel {
  const { at } = activations[activation];
  const count = inputs.length;
  const root = 1 / Math.sqrt(n);
  const phi = new Float64Array(4);
  return {
    size: 2 * n,
    count,
    scale: 1 / count,
    residuals(w, out) {
      for (let a = 0; a < count; a++) {
        let sum = 0;
        for (let k = 0; k < n; k++) {
          at(w[n + k] * inputs[a], phi);
          sum += w[k] * phi[0];
        }
        out[a] = root * sum;
      }
    },
    jacobian(w, out) {
      for (let a = 0; a < count; a++) {
        for (let k = 0; k < n; k++) {
          at(w[n + k] * inputs[a], phi);
          out[a * 2 * n + k] = root * phi[0];
          out[a * 2 * n + n + k] = root * w[k] * phi[1] * inputs[a];
        }
      }
    },
    addSecond(w, a, v, weight, out) {
      const x = inputs[a];
      const factor = weight * root * x;
      for (let k = 0; k < n; k++) {
        at(w[n + k] * x, phi);
        out[k] += factor * phi[1] * v[n + k];
        out[n + k] += factor * (phi[1] * v[k] + w[k] * phi[2] * x * v[n + k]);
      }
    },
    secondTrace(w, a, S) {
      const x = inputs[a];
      const D = 2 * n;
      let sum = 0;
      for (let k = 0; k < n; k++) {
        at(w[n + k] * x, phi);
        sum += 2 * phi[1] * S[k * D + n + k] + w[k] * phi[2] * x * S[(n + k) * D + n + k];
      }
      return root * x * sum;
    },
    addThird(w, a, S, weight, out) {
      const x = inputs[a];
      const D = 2 * n;
      const factor = weight * root * x * x;
      for (let k = 0; k < n; k++) {
        at(w[n + k] * x, phi);
        const [mixed, own] = [S[k * D + n + k], S[(n + k) * D + n + k]];
        out[k] += factor * phi[2] * own;
        out[n + k] += factor * (2 * phi[2] * mixed + w[k] * phi[3] * x * own);
      }
    },
  };
}
