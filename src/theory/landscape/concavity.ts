import type { Covariance } from "../../models/covariance";

/** Q″(s)^(−1/2): the integrated response of a marginal state at correlation s. */
export function inverseRoot(covariance: Covariance, s: number): number {
  return 1 / Math.sqrt(covariance.second(s));
}

/**
 * Sign of the concavity of {@link inverseRoot} at s: (2 Q″Q⁗ − 3 Q‴²)/Q″², at least 0 where it is concave.
 * Where it is concave on all of [0, 1] replica symmetry is broken continuously.
 */
export function concavity(covariance: Covariance, s: number): number {
  const second = covariance.second(s);
  const third = covariance.third(s);
  let fourth = 0;
  for (const { p, variance } of covariance.terms) {
    if (p >= 4) fourth += variance * (p - 1) * (p - 2) * (p - 3) * s ** (p - 4);
  }
  return second === 0 ? Number.NEGATIVE_INFINITY : (2 * second * fourth - 3 * third * third) / second ** 2;
}
