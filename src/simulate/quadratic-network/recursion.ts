import {
  createLayout,
  diagonal,
  type Frame,
  type QuadraticNetwork,
  requireDimension,
  secondLayerFactor,
} from "../../models/quadratic-network";

/** A start: its frame and second layer. `start` also takes the draws to the sample's streams. */
export interface ReducedStart {
  readonly frame: Frame;
  readonly secondLayer: ArrayLike<number>;
}

/** One-pass SGD as a process of its order parameters. */
export interface SgdProcess {
  /** Puts the process at the start of a sample. One process serves many samples: engines run it faster so. */
  start(sample: number): void;
  /** One update with a fresh example. */
  step(): void;
  /** The packed order parameters after the last update; changed in place. */
  readonly order: Float64Array;
}

/** The exact change of the order parameters in one update, from the local fields of its example. */
export interface OrderRecursion {
  readonly order: Float64Array;
  /** λ_j of the present example; to be filled in before `update`. */
  readonly fields: Float64Array;
  /** u_j: the update is w_j + u_j x, before the norms. */
  readonly increment: Float64Array;
  /** What w_j + u_j x was multiplied with to stay on the sphere; 1 without constraint. */
  readonly scale: Float64Array;
  /**
   * Works out u_j = (2γ/p) a_j 𝓔 λ_j, lets a_j grow by (γ/(p d)) 𝓔 λ_j², and changes m_j by u_j λ_* / d and Q_jl by
   * (u_j λ_l + u_l λ_j + u_j u_l |x|²)/d (Escaping mediocrity, eqs. (12) to (15) with the signs of 𝓔 = y − f).
   * @param target λ_*, @param noise √Δ z, @param square |x|²
   */
  update(target: number, noise: number, square: number): void;
}

/** @throws InvalidParameterError without a finite dimension. */
export function createOrderRecursion(network: QuadraticNetwork): OrderRecursion {
  const { width: p, learningRate, constraint, trainSecondLayer } = network;
  const d = requireDimension(network);
  const perDimension = 1 / d;
  const onSphere = constraint === "sphere";
  const rate = (2 * learningRate) / p;
  const secondRate = (learningRate * secondLayerFactor(network)) / (p * d);
  const layout = createLayout(p);
  const order = new Float64Array(layout.length);
  const a = order.subarray(layout.secondLayer);
  const fields = new Float64Array(p);
  const increment = new Float64Array(p);
  const scale = new Float64Array(p).fill(1);
  const diagonals = Int32Array.from({ length: p }, (_, j) => diagonal(p, j));

  return {
    order,
    fields,
    increment,
    scale,
    update(target, noise, square) {
      let output = 0;
      for (let j = 0; j < p; j++) output += a[j] * fields[j] * fields[j];
      const displacement = target * target + noise - output / p;
      for (let j = 0; j < p; j++) {
        increment[j] = rate * a[j] * displacement * fields[j]; // (Q.1)
        if (trainSecondLayer) a[j] += secondRate * displacement * fields[j] * fields[j]; // (Q.1)
      }
      if (onSphere) {
        for (let j = 0; j < p; j++) {
          const own = diagonals[j];
          const norm = order[own] + increment[j] * perDimension * (2 * fields[j] + increment[j] * square);
          scale[j] = 1 / Math.sqrt(norm); // (Q.3)
        }
      }
      for (let j = 0, k = p; j < p; j++) {
        const u = increment[j] * perDimension;
        const field = fields[j] * perDimension;
        order[j] = scale[j] * (order[j] + u * target); // (Q.2), (Q.3)
        for (let l = j; l < p; l++, k++) {
          const changed = order[k] + u * (fields[l] + increment[l] * square) + field * increment[l];
          order[k] = scale[j] * scale[l] * changed; // (Q.2), (Q.3)
        }
      }
    },
  };
}
