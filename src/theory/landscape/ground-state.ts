import { type Covariance, checkCovariance } from "../../models/covariance";
import { integrate } from "../../numerics/gauss-legendre";
import { concavity } from "./concavity";
import { minimiseResponse } from "./response-functional";
import { stepRatio } from "./step-ratio";

/** Points at which the optimality conditions are checked. */
const CHECKS = 512;

/**
 * Ground-state loss per degree of freedom: −min over χ of ½ {Q′(0)χ(0) + ∫₀¹ [Q″(s)χ(s) + 1/χ(s)] ds}, Q′(0) the variance of a random field, over the positive, concave,
 * nonincreasing functions. This is the zero-temperature Crisanti-Sommers formula (Chen & Sen 2017; Jagannath &
 * Tobasco 2017) written for the integrated response χ(s) = L − ∫₀ˢ α, which makes it convex. Method:
 * - χ = Q″^(−1/2) is concave: replica symmetry is broken continuously, −∫₀¹ sqrt(Q″(s)) ds (pure p = 2: −1);
 * - a straight line passes the optimality condition at every s: one step, in closed form (every pure p ≥ 3, where
 *   it is also the zero of the complexity of minima of Auffinger, Ben Arous & Černý); relative accuracy 1e-12;
 * - otherwise the convex problem is minimised numerically until its gap bound is below 1e-8.
 *
 * @throws ConvergenceError if the numerical minimisation does not reach its accuracy.
 */
export function groundStateLoss(covariance: Covariance): number {
  checkCovariance(covariance);
  if (isContinuous(covariance)) {
    const sum = integrate((s) => Math.sqrt(covariance.second(s)), 0, 1); // (S.9)
    // Q″ is largest at 1, and pure p = 2 has it everywhere: exactly, whatever the quadrature rounds.
    return -Math.min(sum, Math.sqrt(covariance.second(1)));
  }
  const line = straightLine(covariance);
  if (isOptimal(covariance, line)) return line.loss;
  return -minimiseResponse(covariance, line);
}

function isContinuous(covariance: Covariance): boolean {
  if (covariance.first(0) > 0) return false;
  for (let k = 0; k <= CHECKS; k++) if (concavity(covariance, k / CHECKS) < 0) return false;
  return true;
}

/** χ(s) = end + slope·(1 − s), the best of its kind. */
interface StraightLine {
  readonly end: number;
  readonly slope: number;
  readonly loss: number;
}

/**
 * Minimum over straight lines. With y = slope/end the end value is explicit,
 * loss² = min over y of (Q′(1) + y·Q(1))·ln(1+y)/y, stationary where ((1+y)ln(1+y) − y)/y² = Q(1)/Q′(1).
 */
function straightLine(covariance: Covariance): StraightLine {
  const value = covariance.value(1);
  const first = covariance.first(1);
  // Q(1)/Q′(1) < ½ but for pure p = 2, and for strong random fields, where y = 0.
  const y = stepRatio(value / first);
  const logarithm = y === 0 ? 1 : Math.log1p(y) / y;
  const end = Math.sqrt(logarithm / (first + y * value));
  return { end, slope: y * end, loss: -Math.sqrt((first + y * value) * logarithm) }; // (S.10)
}

/**
 * No kink anywhere lowers the functional: Q(1) − Q(s) ≥ ∫₀¹ min(1−u, 1−s)/χ(u)² du for all s. Near s = 1 both sides
 * agree to second order, so the condition there is Q″(1)χ(1)² ≤ 1.
 */
function isOptimal(covariance: Covariance, { end, slope }: StraightLine): boolean {
  if (covariance.second(1) * end * end > 1 + 1e-12) return false;
  for (let k = 1; k < CHECKS; k++) {
    const w = k / CHECKS;
    const cost = covariance.value(1) - covariance.value(1 - w);
    const gain =
      slope === 0
        ? (w * (1 - w / 2)) / end ** 2
        : (Math.log1p((slope * w) / end) / slope - w / (end + slope)) / slope;
    if (cost - gain < -1e-10 * covariance.value(1)) return false;
  }
  return true;
}
