import { positive } from "../core/check";

/** From here on the asymptotic series has double precision. */
const LARGE = 12;

/**
 * Gamma function Γ(x) for 0 < x < 100, relative error 1e-13: recurrence Γ(x) = Γ(x + 1)/x up to 12, then Stirling's series
 * (Abramowitz and Stegun 6.1.41).
 * @throws InvalidParameterError unless x is a number above 0.
 */
export function gamma(x: number): number {
  let at = positive("x", x);
  let product = 1;
  for (; at < LARGE; at++) product *= at;
  const s = 1 / (at * at);
  const series =
    (1 / 12 - s * (1 / 360 - s * (1 / 1260 - s * (1 / 1680 - s * (1 / 1188 - (s * 691) / 360360))))) / at;
  return (Math.exp((at - 0.5) * Math.log(at) - at + series) * Math.sqrt(2 * Math.PI)) / product;
}
