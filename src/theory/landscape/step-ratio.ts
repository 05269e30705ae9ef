import { findRoot } from "../../numerics/roots";

/**
 * The y ≥ 0 with ((1+y)ln(1+y) − y)/y² = target, the height χ0/χ − 1 of one step of replica-symmetry breaking; 0 without a
 * step, for targets of ½ (the value at y = 0) and more.
 */
export function stepRatio(target: number): number {
  const condition = (y: number) => stationarity(y) - target; // (S.10), (S.14)
  if (condition(0) <= 0) return 0;
  let high = 1;
  while (condition(high) > 0) high *= 2;
  return findRoot(condition, 0, high, { tolerance: 1e-15 });
}

/** ((1+y)ln(1+y) − y)/y² = Σ (−y)^n/((n+1)(n+2)). */
function stationarity(y: number): number {
  if (y > 0.03) return ((1 + y) * Math.log1p(y) - y) / (y * y);
  let sum = 0;
  for (let n = 9; n >= 0; n--) sum = 1 / ((n + 1) * (n + 2)) - y * sum;
  return sum;
}
