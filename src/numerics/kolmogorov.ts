import { integerAtLeast } from "../core/check";

/** The two-sample Kolmogorov-Smirnov test. */
export interface KolmogorovSmirnov {
  /** Largest |F₁(t) − F₂(t)| of the two empirical distributions. */
  readonly distance: number;
  /** Probability of at least this distance for two samples of one continuous law. */
  readonly pValue: number;
}

/** Largest n·m for which the p-value is counted out, in n·m steps. */
const COUNTED = 1e6;

/**
 * Whether two samples come from one law. The p-value is exact for n·m ≤ 10⁶: the share of the orders of n + m values in
 * which the two distributions part so far, by recursion over lattice paths (Hodges, Ark. Mat. 3, 469 (1958));
 * beyond, the law for infinite samples with Stephens' correction (J. R. Stat. Soc. B 32, 115 (1970)). Equal values
 * make it larger than it should be, never smaller.
 *
 * @param until only the distributions up to here count, which again makes the p-value larger: for times of events
 *   that were not watched longer, and of which those that did not come are Infinity
 * @throws InvalidParameterError for a sample without values.
 */
export function kolmogorovSmirnov(
  first: ArrayLike<number>,
  second: ArrayLike<number>,
  until = Infinity,
): KolmogorovSmirnov {
  const n = integerAtLeast("first.length", first.length, 1);
  const m = integerAtLeast("second.length", second.length, 1);
  const x = Float64Array.from(first).sort();
  const y = Float64Array.from(second).sort();
  // n·m times the distance: an integer.
  let parted = 0;
  for (let i = 0, j = 0; i < n && j < m; ) {
    const at = Math.min(x[i], y[j]);
    if (at > until) break;
    while (i < n && x[i] === at) i++;
    while (j < m && y[j] === at) j++;
    parted = Math.max(parted, Math.abs(i * m - j * n));
  }
  const pValue = n * m <= COUNTED ? countedShare(n, m, parted) : limitShare(n, m, parted / (n * m));
  return { distance: parted / (n * m), pValue };
}

/** Share of the paths from (0, 0) to (n, m) that come to |i m − j n| ≥ parted. */
function countedShare(n: number, m: number, parted: number): number {
  const share = new Float64Array(m + 1);
  for (let i = 0; i <= n; i++) {
    for (let j = 0; j <= m; j++) {
      if (Math.abs(i * m - j * n) >= parted) share[j] = 1;
      else if (i === 0) share[j] = j === 0 ? 0 : share[j - 1];
      else if (j > 0) share[j] = (i * share[j] + j * share[j - 1]) / (i + j);
    }
  }
  return share[m];
}

/** Kolmogorov's law, 2 Σ (−1)^{k−1} e^{−2k²λ²}. */
function limitShare(n: number, m: number, distance: number): number {
  const root = Math.sqrt((n * m) / (n + m));
  const lambda = (root + 0.12 + 0.11 / root) * distance;
  // The series converges slowly where its value is 1 to 15 digits.
  if (lambda < 0.2) return 1;
  let sum = 0;
  for (let k = 1; k <= 100; k++) sum += (k % 2 === 1 ? 2 : -2) * Math.exp(-2 * (k * lambda) ** 2);
  return Math.min(1, sum);
}
