import { InvalidParameterError } from "../core/errors";

/** From here on erfc by the continued fraction: below, 1 − erf x still has nearly all its digits. */
const SWITCH = 1;
/** Up to here erf by the series, all of whose terms are positive: it is the faster one. */
const SERIES = 3;

/**
 * Error function erf x = (2/√π) ∫₀ˣ e^{−u²} du, relative error 1e-14.
 * @throws InvalidParameterError for NaN.
 */
export function erf(x: number): number {
  const size = Math.abs(number(x));
  const value = size < SERIES ? series(size) : 1 - fraction(size);
  return x < 0 ? -value : value;
}

/**
 * Complementary error function erfc x = 1 − erf x, relative error 1e-14 up to x = 26; it underflows
 * to 0 beyond 27.
 * @throws InvalidParameterError for NaN.
 */
export function erfc(x: number): number {
  if (number(x) < SWITCH) return 1 - erf(x);
  return fraction(x);
}

/** erf x = (2/√π) e^{−x²} Σ_n 2ⁿ x^{2n+1}/(2n + 1)!!: all terms positive (Abramowitz and Stegun 7.1.6). */
function series(x: number): number {
  let term = x;
  let sum = x;
  for (let n = 1; term > 1e-17 * sum; n++) {
    term *= (2 * x * x) / (2 * n + 1);
    sum += term;
  }
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum;
}

/**
 * erfc x = e^{−x²}/√π · 1/(x + (1/2)/(x + (2/2)/(x + (3/2)/(x + …)))), x > 0 (Abramowitz and Stegun 7.1.14),
 * summed upwards from a depth at which the rest no longer counts in double precision for x ≥ 1.
 */
function fraction(x: number): number {
  if (x > 28) return 0;
  let denominator = x;
  for (let n = Math.ceil(12 + 190 / (x * x)); n >= 1; n--) denominator = x + (0.5 * n) / denominator;
  // x² is split at a short number, because its rounding error would be multiplied by x² in the exponential.
  const short = Math.round(x * 16) / 16;
  const gaussian = Math.exp(-short * short) * Math.exp(-(x - short) * (x + short));
  return gaussian / (Math.sqrt(Math.PI) * denominator);
}

function number(x: number): number {
  if (Number.isNaN(x)) throw new InvalidParameterError("x", x, "a number");
  return x;
}
