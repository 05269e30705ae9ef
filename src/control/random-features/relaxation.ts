import type { Modes } from "../../models/random-features/modes";
import { gaussLegendre } from "../../numerics/gauss-legendre";

/** The functions of the clock that additive noise leaves (RF.12). */
export interface Relaxation {
  /** F(τ) − s2 = Σ q(0) e^{−2λτ}. */
  bias(clock: number): number;
  /** −F′(τ). */
  drift(clock: number): number;
  /** K(χ) = Σ nλ² e^{−2λχ}. */
  kernel(clock: number): number;
  /** S(x) = ∫₀ˣ √K. */
  annealing(clock: number): number;
  /** The inverse of S, for values up to S at `most`. */
  clockOfAnnealing(value: number): number;
  /** Σ nλ/2 (e^{−2λ a} − e^{−2λ b}) = ∫_a^b K: the noise of a unit rate between two clocks before the end. */
  noiseBetween(a: number, b: number): number;
}

/** Width of a panel in y = ln(1 + χ), in which K is smooth from 0 to any clock. */
const PANEL = 0.5;

/** @param most the largest clock asked for */
export function createRelaxation(modes: Modes, most: number): Relaxation {
  const { eigenvalue, noiseWeight, start } = modes;
  const sum = (weights: Float64Array, clock: number) => {
    let total = 0;
    for (let k = 0; k < eigenvalue.length; k++) total += weights[k] * Math.exp(-2 * eigenvalue[k] * clock);
    return total;
  };
  const driftWeights = start.map((q, k) => 2 * eigenvalue[k] * q);
  const kernel = (clock: number) => sum(noiseWeight, clock);

  const panels = Math.max(1, Math.ceil(Math.log1p(most) / PANEL));
  const width = Math.log1p(most) / panels;
  /** ∫ √K dχ between two y. */
  const between = (low: number, high: number) => {
    const { points, weights } = gaussLegendre([low, high]);
    return points.reduce(
      (total, y, i) => total + weights[i] * Math.exp(y) * Math.sqrt(kernel(Math.expm1(y))),
      0,
    );
  };
  const edges = new Float64Array(panels + 1);
  for (let i = 0; i < panels; i++) edges[i + 1] = edges[i] + between(i * width, (i + 1) * width);
  const upTo = (y: number) => {
    const panel = Math.min(panels - 1, Math.floor(y / width));
    return edges[panel] + between(panel * width, y);
  };

  return {
    bias: (clock) => sum(start, clock),
    drift: (clock) => sum(driftWeights, clock),
    kernel,
    annealing: (clock) => upTo(Math.log1p(clock)),
    clockOfAnnealing(value) {
      let panel = 0;
      while (panel < panels - 1 && edges[panel + 1] < value) panel++;
      // S is smooth and rising in y: Newton inside the panel.
      const [low, high] = [panel * width, (panel + 1) * width];
      const share = (value - edges[panel]) / (edges[panel + 1] - edges[panel]);
      let y = low + Math.min(1, Math.max(0, share)) * width;
      for (let iteration = 0; iteration < 50; iteration++) {
        const slope = Math.exp(y) * Math.sqrt(kernel(Math.expm1(y)));
        const next = Math.min(high, Math.max(low, y - (edges[panel] + between(low, y) - value) / slope));
        if (Math.abs(next - y) <= 1e-15 * (1 + y)) return Math.expm1(next);
        y = next;
      }
      return Math.expm1(y);
    },
    noiseBetween(a, b) {
      let total = 0;
      for (let k = 0; k < eigenvalue.length; k++) {
        if (eigenvalue[k] === 0) continue;
        const decay = Math.exp(-2 * eigenvalue[k] * a) * -Math.expm1(-2 * eigenvalue[k] * (b - a));
        total += (noiseWeight[k] / (2 * eigenvalue[k])) * decay;
      }
      return total;
    },
  };
}
