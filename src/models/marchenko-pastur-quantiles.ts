import { fraction, integerAtLeast } from "../core/check";

/** Of a bisection that nothing else has ended. */
const MOST_STEPS = 60;
/** In θ: from here on rounding moves it. */
const CLOSE = 1e-12;

/**
 * The quantiles (i + ½)/count of Marchenko and Pastur's law of mean 1: the eigenvalues of XXᵀ/N for X of yN × N standard normals,
 * scaled to the mean 1. With λ = 1 + y − 2√y cos θ the density in θ is (2/π) sin²θ/λ, and its integral has a closed form
 * (P.31).
 * @param ratio y, above 0 and at most 1 @returns ascending @throws InvalidParameterError
 */
export function marchenkoPasturQuantiles(ratio: number, count: number): Float64Array {
  fraction("ratio", ratio);
  integerAtLeast("count", count, 1);
  const a = Math.sqrt(ratio);
  const eigenvalue = (theta: number) => (1 - a) ** 2 + 4 * a * Math.sin(theta / 2) ** 2;
  const distribution = (theta: number) => {
    const turn = Math.atan2((1 + a) * Math.sin(theta / 2), (1 - a) * Math.cos(theta / 2));
    const sum = (1 + ratio) * theta + 2 * a * Math.sin(theta) - 2 * (1 - ratio) * turn;
    return sum / (2 * Math.PI * ratio);
  };
  const density = (theta: number) => ((2 / Math.PI) * Math.sin(theta) ** 2) / eigenvalue(theta);

  /** Newton's steps on from the quantile before, kept inside the interval that bisection would be left with. */
  function invert(p: number, from: number): number {
    let [low, high] = [from, Math.PI];
    let x = from === 0 ? 0.5 * Math.PI : Math.min(from + 1 / (count * density(from)), 0.5 * (from + Math.PI));
    for (let step = 0; step < MOST_STEPS; step++) {
      const excess = distribution(x) - p;
      if (excess > 0) high = x;
      else low = x;
      const newton = x - excess / density(x);
      const next = newton > low && newton < high ? newton : 0.5 * (low + high);
      if (Math.abs(next - x) < CLOSE) return next;
      x = next;
    }
    return x;
  }

  const quantiles = new Float64Array(count);
  let theta = 0;
  let sum = 0;
  for (let i = 0; i < count; i++) {
    theta = invert((i + 0.5) / count, theta);
    quantiles[i] = eigenvalue(theta);
    sum += quantiles[i];
  }
  for (let i = 0; i < count; i++) quantiles[i] *= count / sum;
  return quantiles;
}
