import type { Stepper, StochasticEquation } from "./equation";

/** Euler-Maruyama: strong order 1/2, weak order 1. */
export function eulerMaruyama({ size, drift, diffusion }: StochasticEquation): Stepper {
  const a = new Float64Array(size);
  const b = new Float64Array(size * size);
  const z = new Float64Array(size);
  return (y, h, normal) => {
    drift(y, a);
    diffusion(y, b);
    const root = Math.sqrt(h);
    for (let j = 0; j < size; j++) z[j] = root * normal();
    for (let i = 0; i < size; i++) {
      let sum = h * a[i];
      for (let j = 0; j < size; j++) sum += b[i * size + j] * z[j];
      y[i] += sum;
    }
  };
}
