import { erf } from "../../numerics/special";
import type { Activation } from "./network";

/** An activation with its derivative, and the average over two jointly Gaussian fields. */
export interface ActivationFunction {
  value(x: number): number;
  derivative(x: number): number;
  /** I2 = ⟨g(x) g(y)⟩ for fields with ⟨xx⟩, ⟨yy⟩ and ⟨xy⟩. */
  pair(xx: number, yy: number, xy: number): number;
}

const SLOPE = Math.sqrt(2 / Math.PI);

const FUNCTIONS: Readonly<Record<Activation, ActivationFunction>> = {
  erf: {
    value: (x) => erf(x * Math.SQRT1_2),
    derivative: (x) => SLOPE * Math.exp(-0.5 * x * x),
    // (TS.3)
    pair: (xx, yy, xy) => (2 / Math.PI) * Math.asin(cosine(xy, (1 + xx) * (1 + yy))),
  },
  relu: {
    value: (x) => Math.max(x, 0),
    derivative: (x) => (x > 0 ? 1 : 0),
    // The arc-cosine kernel of order one (Cho and Saul 2009).
    pair(xx, yy, xy) {
      const angle = Math.acos(cosine(xy, xx * yy));
      return (Math.sqrt(xx * yy) * (Math.sin(angle) + (Math.PI - angle) * Math.cos(angle))) / (2 * Math.PI);
    },
  },
  linear: { value: (x) => x, derivative: () => 1, pair: (_xx, _yy, xy) => xy },
};

export const activationFunction = (activation: Activation): ActivationFunction => FUNCTIONS[activation];

/** Rounding may carry a cosine beyond ±1; of a field that is 0 it is 0. */
function cosine(product: number, square: number): number {
  return square > 0 ? Math.max(-1, Math.min(1, product / Math.sqrt(square))) : 0;
}
