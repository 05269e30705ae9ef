import type { Stepper, StochasticEquation } from "./equation";

/**
 * Platen's explicit scheme of weak order 2 for several noises that need not commute (Kloeden & Platen, Numerical
 * Solution of Stochastic Differential Equations, eq. (15.1.3)). m noises cost 4m + 1 evaluations of the diffusion
 * (3 for one noise) and two of the drift.
 */
export function platen({ size, drift, diffusion }: StochasticEquation): Stepper {
  const vector = () => new Float64Array(size);
  const matrix = () => new Float64Array(size * size);
  const [a, aEnd, at, out, dW] = [vector(), vector(), vector(), vector(), vector()];
  const [b, plus, minus, areas] = [matrix(), matrix(), matrix(), matrix()];

  /** b at y + amount·a ± √h b^j, into plus and minus. */
  function displaced(y: Float64Array, amount: number, j: number, root: number): void {
    for (let i = 0; i < size; i++) at[i] = y[i] + amount * a[i] + root * b[i * size + j];
    diffusion(at, plus);
    for (let i = 0; i < size; i++) at[i] = y[i] + amount * a[i] - root * b[i * size + j];
    diffusion(at, minus);
  }

  /** Adds ¼ [(b^j₊ + b^j₋ + middle·2b^j) dW_j + (b^j₊ − b^j₋) product/√h]. */
  function add(j: number, middle: number, product: number): void {
    for (let i = 0; i < size; i++) {
      const k = i * size + j;
      out[i] += 0.25 * ((plus[k] + minus[k] + 2 * middle * b[k]) * dW[j] + (plus[k] - minus[k]) * product);
    }
  }

  return (y, h, normal, sign) => {
    const root = Math.sqrt(h);
    drift(y, a);
    diffusion(y, b);
    const noises: number[] = [];
    for (let j = 0; j < size; j++) {
      let acts = false;
      for (let i = 0; i < size; i++) acts ||= b[i * size + j] !== 0;
      if (acts) noises.push(j);
    }
    for (const j of noises) {
      dW[j] = root * normal();
      // Two-point variables in place of the iterated integrals: antisymmetric, ±h.
      for (const r of noises) if (r < j) areas[j * size + r] = -(areas[r * size + j] = h * sign());
    }
    for (let i = 0; i < size; i++) {
      at[i] = y[i] + h * a[i];
      for (const j of noises) at[i] += b[i * size + j] * dW[j];
    }
    drift(at, aEnd);
    for (let i = 0; i < size; i++) out[i] = y[i] + 0.5 * h * (a[i] + aEnd[i]);
    for (const j of noises) {
      displaced(y, h, j, root);
      add(j, 1, (dW[j] * dW[j] - h) / root);
    }
    if (noises.length > 1) {
      for (const r of noises) {
        displaced(y, 0, r, root);
        for (const j of noises) if (j !== r) add(j, -1, (dW[j] * dW[r] + areas[r * size + j]) / root);
      }
    }
    y.set(out.subarray(0, size));
  };
}
