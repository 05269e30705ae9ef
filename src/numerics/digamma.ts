import { positive } from "../core/check";

/** From here on the asymptotic series has double precision. */
const LARGE = 12;

/**
 * Digamma function ψ(x) = d ln Γ(x)/dx for x > 0, absolute error 1e-14: recurrence ψ(x) = ψ(x + 1) − 1/x up to 12,
 * then the asymptotic series with Bernoulli numbers (Abramowitz and Stegun 6.3.18).
 * @throws InvalidParameterError unless x is a number above 0.
 */
export function digamma(x: number): number {
  let at = positive("x", x);
  let sum = 0;
  for (; at < LARGE; at++) sum -= 1 / at;
  const s = 1 / (at * at);
  const tail =
    s * (1 / 12 - s * (1 / 120 - s * (1 / 252 - s * (1 / 240 - s * (1 / 132 - (s * 691) / 32760)))));
  return sum + Math.log(at) - 0.5 / at - tail;
}

/**
 * Trigamma function at half an integer, ψ′(n/2) for n ≥ 1, by ψ′(x + 1) = ψ′(x) − 1/x² from ψ′(½) = π²/2 and ψ′(1) = π²/6.
 * It is the variance of the logarithm of a χ² variate with n degrees of freedom.
 */
export function trigammaOfHalf(n: number): number {
  const isOdd = n % 2 === 1;
  let value = Math.PI ** 2 / (isOdd ? 2 : 6);
  for (let k = isOdd ? 1 : 2; k < n; k += 2) value -= 4 / k ** 2;
  return value;
}
