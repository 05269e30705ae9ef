import type { RowRecord } from "./rows";

/** Weights of the rows r, r − 1, … r − order of the derivative at row r of the polynomial through them (A.7). */
export function backwardDifference(place: Float64Array, r: number, order: number): Float64Array {
  const weights = new Float64Array(order + 1);
  for (let q = 1; q <= order; q++) {
    weights[0] += 1 / (place[r] - place[r - q]);
    let weight = 1 / (place[r - q] - place[r]);
    for (let u = 1; u <= order; u++) {
      if (u !== q) weight *= (place[r] - place[r - u]) / (place[r - q] - place[r - u]);
    }
    weights[q] = weight;
  }
  return weights;
}

/**
 * The same in ln σ, for what grows with σ itself, as ln m does while a signal is looked for: exact for cubic polynomials in ln σ and
 * for σ, in place of the fourth power of ln σ (A.10).
 */
export function growthDifference(
  { place, sigma }: Pick<RowRecord, "place" | "sigma">,
  r: number,
  order: number,
): Float64Array {
  const [full, less] = [backwardDifference(place, r, order), backwardDifference(place, r, order - 1)];
  const ofGrowth = (weights: Float64Array) =>
    weights.reduce((sum, weight, q) => sum + weight * (sigma[r - q] / sigma[r] - 1), 0);
  const [a, b] = [ofGrowth(full), ofGrowth(less)];
  // Rows that are very close leave nothing but rounding of the two.
  const share = a === b ? 0 : Math.max(0, Math.min(1, (1 - a) / (a - b)));
  return full.map((weight, q) => weight + share * (weight - (less[q] ?? 0)));
}

/** Weights of the rows r − 1, … r − count of the polynomial through them at row r. */
export function extrapolation(place: Float64Array, r: number, count: number): Float64Array {
  const weights = new Float64Array(count);
  for (let q = 1; q <= count; q++) {
    let weight = 1;
    for (let u = 1; u <= count; u++) {
      if (u !== q) weight *= (place[r] - place[r - u]) / (place[r - q] - place[r - u]);
    }
    weights[q - 1] = weight;
  }
  return weights;
}
