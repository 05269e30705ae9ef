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
