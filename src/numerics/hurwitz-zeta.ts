import { positive } from "../core/check";
import { InvalidParameterError } from "../core/errors";

/** Terms summed one by one before the Euler-Maclaurin series takes over. */
const DIRECT = 10;
/** B_{2j}/(2j)! for j = 1, 2, … */
const BERNOULLI = [
  1 / 12,
  -1 / 720,
  1 / 30240,
  -1 / 1209600,
  1 / 47900160,
  -691 / 1307674368000,
  1 / 74724249600,
  -3617 / 10670622842880000,
];

/**
 * Hurwitz zeta function ζ(s, q) = Σ_{n≥0} (q + n)^−s for s > 1, q > 0, relative error 1e-14, by the Euler-Maclaurin formula
 * (DLMF 25.11.28). ζ(s, N + 1) is the tail of Σ k^−s beyond N.
 * @throws InvalidParameterError
 */
export function hurwitzZeta(s: number, q: number): number {
  if (!(s > 1 && s < Infinity)) throw new InvalidParameterError("s", s, "a number above 1");
  positive("q", q);
  let sum = 0;
  for (let n = 0; n < DIRECT; n++) sum += (q + n) ** -s;
  const at = q + DIRECT;
  const power = at ** -s;
  let tail = (power * at) / (s - 1) + power / 2;
  // s (s + 1) … (s + 2j − 2) at^(−s − 2j + 1)
  let factor = (s * power) / at;
  for (const [j, coefficient] of BERNOULLI.entries()) {
    tail += coefficient * factor;
    factor *= ((s + 2 * j + 1) * (s + 2 * j + 2)) / (at * at);
  }
  return sum + tail;
}
