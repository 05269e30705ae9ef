import { integerAtLeast, nonNegative } from "../core/check";

/** From here on Hankel's asymptotic series has all digits for orders up to 4. */
const LARGE = 60;
/** Below it the power series. */
const SMALL = 1;
const SHRINK = 1e-300;

/**
 * The modified Bessel function with its growth taken off, e^{−x} I_n(x), for x ≥ 0 and n from 0 to 4; relative error 1e-14
 * (absolute where it underflows). Backward recurrence, normalised by I_0 + 2(I_1 + I_2 + …) = eˣ (Abramowitz and Stegun
 * 9.6.26, 9.6.37); for small x the power series 9.6.10, for large x the asymptotic one 9.7.1.
 * @throws InvalidParameterError
 */
export function scaledBesselI(order: number, x: number): number {
  integerAtLeast("order", order, 0);
  nonNegative("x", x);
  if (x === 0) return order === 0 ? 1 : 0;
  if (x < SMALL) return Math.exp(-x) * series(order, x);
  return x > LARGE ? asymptotic(order, x) : backward(order, x);
}

/** Σ_k (x/2)^{n + 2k}/(k! (n + k)!) (9.6.10). */
function series(order: number, x: number): number {
  let term = 1;
  for (let n = 1; n <= order; n++) term *= x / (2 * n);
  let sum = 0;
  for (let k = 1; term > 1e-18 * sum; k++) {
    sum += term;
    term *= (x * x) / (4 * k * (order + k));
  }
  return sum;
}

function asymptotic(order: number, x: number): number {
  let term = 1;
  let sum = 1;
  for (let k = 1; Math.abs(term) > 1e-17; k++) {
    term *= -(4 * order * order - (2 * k - 1) ** 2) / (8 * k * x);
    sum += term;
  }
  return sum / Math.sqrt(2 * Math.PI * x);
}

function backward(order: number, x: number): number {
  let above = 0;
  let value = 1e-300;
  let total = 0;
  let wanted = 0;
  for (let n = order + 30 + Math.ceil(2 * x); n >= 1; n--) {
    if (n === order) wanted = value;
    total += 2 * value;
    [above, value] = [value, above + (2 * n * value) / x];
    if (value < 1e250) continue;
    above *= SHRINK;
    value *= SHRINK;
    total *= SHRINK;
    wanted *= SHRINK;
  }
  if (order === 0) wanted = value;
  return wanted / (total + value);
}
