import { integerAtLeast } from "../core/check";
import { InvalidParameterError } from "../core/errors";

/**
 * Gregory's quadrature on a uniform grid with unit spacing: Σ_i w_i f(i) ≈ ∫₀^{nodes−1} f, the trapezoid rule
 * with end corrections built from differences,
 * ∫ = T − Σ_{k≥1} γ_{k+1} (∇ᵏf at the right end + (−1)ᵏ Δᵏf at the left end), γ₂ = 1/12, γ₃ = 1/24, γ₄ = 19/720 …
 * (Hildebrand, Introduction to Numerical Analysis, sec. 5.9). All weights inside are 1. Multiply by the spacing h;
 * the error is then O(h^order) for smooth f.
 * @param order 2 (trapezoid) to 8: polynomials of degree below `order` are integrated exactly. Differences are
 * taken in pairs, so an odd order gives the weights of the next even one.
 * @throws InvalidParameterError for other orders, or fewer nodes than order − 1 (rounded up to even) and 2.
 */
export function gregoryWeights(nodes: number, order: number): Float64Array {
  if (!(Number.isInteger(order) && order >= 2 && order <= 8)) {
    throw new InvalidParameterError("order", order, "an integer from 2 to 8");
  }
  const differences = 2 * Math.ceil(order / 2) - 2;
  integerAtLeast("nodes", nodes, Math.max(2, differences + 1));
  const weights = new Float64Array(nodes).fill(1);
  const last = nodes - 1;
  weights[0] = weights[last] = 0.5;
  const gamma = gregoryCoefficients(differences + 1);
  for (let k = 1; k <= differences; k++) {
    let binomial = 1;
    for (let j = 0; j <= k; j++) {
      // (−1)ᵏ Δᵏf₀ = Σ_j (−1)ʲ binomial(k, j) f_j, and ∇ᵏ is its mirror image.
      const correction = gamma[k + 1] * (j % 2 === 0 ? binomial : -binomial);
      weights[j] -= correction;
      weights[last - j] -= correction;
      binomial = (binomial * (k - j)) / (j + 1);
    }
  }
  return weights;
}

/** γ_n = |G_n| from x/ln(1 + x) = Σ G_n xⁿ, that is Σ_{j=0}^{n} (−1)ʲ G_{n−j}/(j + 1) = 0 for n ≥ 1. */
function gregoryCoefficients(highest: number): Float64Array {
  const g = new Float64Array(highest + 1);
  g[0] = 1;
  for (let n = 1; n <= highest; n++) {
    for (let j = 1; j <= n; j++) g[n] -= ((j % 2 === 0 ? 1 : -1) * g[n - j]) / (j + 1);
  }
  return g.map(Math.abs);
}
