/*
 * The loops along one row of the history, apart from its solver: as functions of their arrays alone they are compiled
 * once for all solves. Every array has at least `count` entries.
 */

/** out = base + w1 f1 + w2 f2 + w3 f3 + w4 f4. */
export function extrapolateRow(
  count: number,
  base: Float64Array,
  w1: number,
  f1: Float64Array,
  w2: number,
  f2: Float64Array,
  w3: number,
  f3: Float64Array,
  w4: number,
  f4: Float64Array,
  out: Float64Array,
): void {
  for (let j = 0; j < count; j++) {
    out[j] = base[j] + (w1 * f1[j] + w2 * f2[j] + (w3 * f3[j] + w4 * f4[j]));
  }
}

/** out = scale · (base + half · (before + now)): a trapezoid step. */
export function stepRow(
  count: number,
  scale: number,
  base: Float64Array,
  half: number,
  before: Float64Array,
  now: Float64Array,
  out: Float64Array,
): void {
  for (let j = 0; j < count; j++) out[j] = scale * (base[j] + half * (before[j] + now[j]));
}

/** out = pull − decay · row. */
export function slopeOfRow(
  count: number,
  pull: Float64Array,
  decay: number,
  row: Float64Array,
  out: Float64Array,
): void {
  for (let j = 0; j < count; j++) out[j] = pull[j] - decay * row[j];
}

/** out = speed · (memory + forcing − starting · first + field · overlap): the pull on C. */
export function pullOnCorrelation(
  count: number,
  speed: number,
  memory: Float64Array,
  forcing: Float64Array,
  starting: Float64Array,
  first: Float64Array,
  field: number,
  overlap: Float64Array,
  out: Float64Array,
): void {
  for (let j = 0; j < count; j++) {
    out[j] = speed * (memory[j] + (forcing[j] - starting[j] * first[j]) + field * overlap[j]);
  }
}

/** out = speed · (delayed − ending · second · response): the pull on R. */
export function pullOnResponse(
  count: number,
  speed: number,
  delayed: Float64Array,
  ending: Float64Array,
  second: Float64Array,
  response: Float64Array,
  out: Float64Array,
): void {
  for (let j = 0; j < count; j++) {
    out[j] = speed * (delayed[j] - ending[j] * second[j] * response[j]);
  }
}

/** Σ weight · response · (first + second · correlation). */
export function driveOfRow(
  count: number,
  weight: Float64Array,
  response: Float64Array,
  first: Float64Array,
  second: Float64Array,
  correlation: Float64Array,
): number {
  let sum = 0;
  for (let j = 0; j < count; j++) sum += weight[j] * response[j] * (first[j] + second[j] * correlation[j]);
  return sum;
}

/** Σ weight · a · b. */
export function weightedProduct(
  count: number,
  weight: Float64Array,
  a: Float64Array,
  b: Float64Array,
): number {
  let sum = 0;
  for (let j = 0; j < count; j++) sum += weight[j] * a[j] * b[j];
  return sum;
}

/** Σ a · b. */
export function product(count: number, a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let j = 0; j < count; j++) sum += a[j] * b[j];
  return sum;
}

/** Largest |a − b|. */
export function largestChange(count: number, a: Float64Array, b: Float64Array): number {
  let most = 0;
  for (let j = 0; j < count; j++) {
    const change = Math.abs(a[j] - b[j]);
    if (change > most) most = change;
  }
  return most;
}

/** kernel = weight · second · response and source = weight · first: the coefficients of the memory integrals. */
export function loadCoefficients(
  count: number,
  weight: Float64Array,
  first: Float64Array,
  second: Float64Array,
  response: Float64Array,
  kernel: Float64Array,
  source: Float64Array,
): void {
  for (let k = 0; k < count; k++) {
    kernel[k] = weight[k] * second[k] * response[k];
    source[k] = weight[k] * first[k];
  }
}
