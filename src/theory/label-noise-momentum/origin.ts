import { positive } from "../../core/check";
import { InvalidParameterError } from "../../core/errors";
import { gaussLegendre } from "../../numerics/gauss-legendre";
import { findRoot } from "../../numerics/roots";

/**
 * Decay rate of the radius of vector UV over 1 − β while transverse fluctuations are stationary: 1 − √(1 − 2g) for g < 1/2,
 * critically damped at 1/2, equation (LN31).
 * @param control g, see {@link uvControl}.
 * @throws InvalidParameterError unless 0 < g ≤ 1/2.
 */
export function stationaryDecayRate(control: number): number {
  if (!(control > 0 && control <= 0.5)) {
    throw new InvalidParameterError(
      "control",
      control,
      "a number above 0 and at most 1/2: beyond, the radius oscillates",
    );
  }
  return (2 * control) / (1 + Math.sqrt(1 - 2 * control)); // (LN31)
}

/** Below this g the asymptotic series of (LN32) has all digits, and its integrals lose theirs. */
const WEAK = 0.005;
const TERMS = 20;

/**
 * The same at small g, where the integrals are Airy's Bi² and its derivative: ℓ = ½ Σ v_k (6g)^k/Σ u_k (6g)^k, with
 * v_k = −(6k + 1)/(6k − 1) u_k (DLMF 9.7.7, 9.7.8), so that the rate over h begins with g.
 */
function weakDecayRate(control: number): number {
  let [term, above, below] = [1, 0, 1];
  for (let k = 1; k <= TERMS; k++) {
    term *= (((6 * k - 5) * (6 * k - 3) * (6 * k - 1)) / ((2 * k - 1) * 216 * k)) * 6 * control;
    above += (12 * k * term) / (6 * k - 1);
    below += term;
  }
  return above / below; // (LN32)
}

/** Exponents this far below the largest add nothing. */
const DROP = 45;
const CELLS = 48;

/**
 * Decay rate of the radius near the origin over 1 − β, where only noise acts: p″ + h p′ = ηκ ξ p, of which
 * rate/h = 1 − 2ℓ and ℓ = ½(g/2)^{1/3} ∫x^{1/2}e^{E}dx/∫x^{−1/2}e^{E}dx, E = −x³/12 − x₀x, x₀ = −¼(g/2)^{−2/3}, both from 0 to ∞,
 * equation (LN32) (white noise on an inverted oscillator, Halperin 1965). Negative: the origin repels.
 * @param control g, see {@link uvControl}.
 * @throws InvalidParameterError unless g is above 0.
 */
export function originDecayRate(control: number): number {
  positive("control", control);
  if (control < WEAK) return weakDecayRate(control);
  const strength = Math.cbrt(control / 2);
  const pull = 0.25 / strength ** 2;
  // With x = y² both integrands are smooth: y² e^E and e^E.
  const exponent = (y: number) => y * y * (pull - y ** 4 / 12);
  const peak = (4 * pull) ** 0.25;
  const top = exponent(peak);
  const beyond = (y: number) => exponent(y) - top + DROP;
  let high = peak + 1;
  while (beyond(high) > 0) high *= 1.5;
  const upper = findRoot(beyond, peak, high);
  const lower = beyond(0) < 0 ? findRoot(beyond, 0, peak) : 0;
  const edges = Float64Array.from({ length: CELLS + 1 }, (_, k) => lower + ((upper - lower) * k) / CELLS);
  const { points, weights } = gaussLegendre(edges);
  let [first, second] = [0, 0];
  for (let k = 0; k < points.length; k++) {
    const weight = weights[k] * Math.exp(exponent(points[k]) - top);
    first += weight * points[k] ** 2;
    second += weight;
  }
  return 1 - (strength * first) / second; // (LN32)
}

let limit: number | undefined;

/** g_c = 3.5421: beyond it the origin repels typical runs, which then fluctuate for ever; the root of (LN32). */
export function originStabilityLimit(): number {
  limit ??= findRoot(originDecayRate, 3, 4, { tolerance: 1e-12 });
  return limit;
}
