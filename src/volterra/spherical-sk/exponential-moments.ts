/** From this product a·c on the recurrence upwards is stable, below it the one downwards. */
const SWITCH = 4;

/**
 * out[m] = ∫₀ᶜ vᵐ e^{−a(c − v)} dv for m = 0 … count − 1, a ≥ 0, c > 0; relative error about 1e-14. Checks nothing: for inner
 * loops. With a c large by I_m = (cᵐ − m I_{m−1})/a from the bottom, else from the series of the highest, downwards.
 */
export function exponentialMoments(a: number, c: number, count: number, out: Float64Array): void {
  const x = a * c;
  if (x > SWITCH) {
    let power = 1;
    out[0] = -Math.expm1(-x) / a;
    for (let m = 1; m < count; m++) {
      power *= c;
      out[m] = (power - m * out[m - 1]) / a;
    }
    return;
  }
  // I_m = c^{m+1} Σ_j (−x)ʲ m!/(m + 1 + j)!.
  const last = count - 1;
  let term = c ** (last + 1) / (last + 1);
  let sum = 0;
  for (let j = 1; Math.abs(term) > 1e-18 * sum; j++) {
    sum += term;
    term *= -x / (last + 1 + j);
  }
  out[last] = sum;
  let power = c ** last;
  for (let m = last; m >= 1; m--) {
    out[m - 1] = (power - a * out[m]) / m;
    power /= c;
  }
}
