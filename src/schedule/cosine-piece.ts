import { ConvergenceError } from "../core/errors";
import type { Piece } from "./piece";

/**
 * η = rate (1 + cos(π t/horizon))/2 on [0, horizon]. In the angle y = (π/2)(1 − t/horizon) left to the horizon
 * it is rate sin² y, and every integral below is a sum of positive terms: nothing cancels where the rate dies.
 */
export function cosinePiece(rate: number, horizon: number): Piece {
  const timePerAngle = (2 * horizon) / Math.PI;
  const angleLeft = (t: number) => (horizon - t) / timePerAngle;
  const midAngle = (a: number, b: number) => (angleLeft(a) + angleLeft(b)) / 2;
  const total = (rate * horizon) / 2;

  const clock = (a: number, b: number) => {
    const width = (b - a) / timePerAngle;
    const sine = Math.sin(midAngle(a, b));
    // ∫ sin² over a width around the middle, with sin²(m + x) split into its even parts in x.
    return rate * timePerAngle * (xMinusSine(width) / 2 + Math.sin(width) * sine * sine);
  };

  const heat = (a: number, b: number) => {
    const width = (b - a) / timePerAngle;
    const sine2 = Math.sin(midAngle(a, b)) ** 2;
    const cosine2 = Math.cos(midAngle(a, b)) ** 2;
    // The even parts of sin⁴(m + x): ∫cos⁴x, ∫cos²x sin²x and ∫sin⁴x over |x| ≤ width/2.
    const cos4 = (3 / 8) * width + Math.sin(width) / 2 + Math.sin(2 * width) / 16;
    const cos2sin2 = xMinusSine(2 * width) / 16;
    const sin4 = sineTail(2 * width) / 16 - sineTail(width) / 2;
    const integral = sine2 * sine2 * cos4 + 6 * sine2 * cosine2 * cos2sin2 + cosine2 * cosine2 * sin4;
    return rate * rate * timePerAngle * integral;
  };

  return {
    from: 0,
    to: horizon,
    total,
    rate: (t) => rate * Math.sin(angleLeft(t)) ** 2,
    clock,
    heat,
    time(s) {
      // z + sin z = spent with z = π t/horizon, or x − sin x = left with x = π − z: whichever is small.
      if (s >= total) return horizon;
      const spent = (Math.PI * s) / total;
      if (s <= total / 2) return (horizon / Math.PI) * solveAngle(spent / 2, spent, 1);
      const left = (Math.PI * (total - s)) / total;
      return horizon - (horizon / Math.PI) * solveAngle(Math.cbrt(6 * left), left, -1);
    },
  };
}

/**
 * Newton for x + sign·sin x = target from a start below the root. The left side has a curvature of one sign on
 * [0, π], so the iterates come to the root from one side after at most one step: no safeguard is needed.
 */
function solveAngle(start: number, target: number, sign: 1 | -1): number {
  let x = start;
  for (let iteration = 0; iteration < 30; iteration++) {
    const value = sign > 0 ? x + Math.sin(x) : xMinusSine(x);
    const slope = sign > 0 ? 1 + Math.cos(x) : 2 * Math.sin(x / 2) ** 2;
    const step = (target - value) / slope;
    x += step;
    if (Math.abs(step) <= 1e-15 * x) return x;
  }
  throw new ConvergenceError("The inverse of the cosine schedule's clock did not converge.", {
    reached: x,
    advice: "Try a clock value further from the ends of the schedule.",
  });
}

/** x − sin x for 0 ≤ x ≤ π, to full relative accuracy. */
function xMinusSine(x: number): number {
  return x > 1 ? x - Math.sin(x) : x ** 3 / 6 - sineTail(x);
}

/** sin x − x + x³/6 for 0 ≤ x ≤ π, by its series, to full relative accuracy. */
function sineTail(x: number): number {
  let term = x ** 5 / 120;
  let sum = term;
  for (let n = 6; Math.abs(term) > 1e-17 * Math.abs(sum); n += 2) {
    term *= -(x * x) / (n * (n + 1));
    sum += term;
  }
  return sum;
}
