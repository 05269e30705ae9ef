/** Σ λPq, Σ λ²Pq, Σ nλ²P and Σ q of one step: see {@link stepForward} and {@link stepBackward}. */
export interface StepSums {
  first: number;
  second: number;
  noise: number;
  excess: number;
}

/**
 * One step of a pass forward: q(t) from q(t−1) by (RF.2), with η and 1 + 1/m of step t − 1 and `kick` = η²L/m. The row of the
 * store gives P(t+1) to the sums and takes q(t).
 *
 * An iteration takes two modes with sums of their own, because an addition has to wait for the one before it.
 */
export function stepForward(
  lambda: Float64Array,
  weight: Float64Array,
  q: Float64Array,
  row: Float64Array,
  eta: number,
  spread: number,
  kick: number,
  sums: StepSums,
): void {
  const count = q.length;
  let first = 0;
  let second = 0;
  let noise = 0;
  let excess = 0;
  let first1 = 0;
  let second1 = 0;
  let noise1 = 0;
  let excess1 = 0;
  let k = 0;
  for (; k + 1 < count; k += 2) {
    const l = lambda[k];
    const w = weight[k];
    const s = eta * l;
    const x = (1 - s * (2 - s * spread)) * q[k] + kick * w;
    const p = row[k];
    q[k] = x;
    row[k] = x;
    const product = l * p * x;
    first += product;
    second += l * product;
    noise += w * p;
    excess += x;

    const l1 = lambda[k + 1];
    const w1 = weight[k + 1];
    const s1 = eta * l1;
    const x1 = (1 - s1 * (2 - s1 * spread)) * q[k + 1] + kick * w1;
    const p1 = row[k + 1];
    q[k + 1] = x1;
    row[k + 1] = x1;
    const product1 = l1 * p1 * x1;
    first1 += product1;
    second1 += l1 * product1;
    noise1 += w1 * p1;
    excess1 += x1;
  }
  if (k < count) {
    const l = lambda[k];
    const s = eta * l;
    const x = (1 - s * (2 - s * spread)) * q[k] + kick * weight[k];
    const p = row[k];
    q[k] = x;
    row[k] = x;
    first += l * p * x;
    second += l * l * p * x;
    noise += weight[k] * p;
    excess += x;
  }
  sums.first = first + first1;
  sums.second = second + second1;
  sums.noise = noise + noise1;
  sums.excess = excess + excess1;
}

/**
 * One step of a pass backward: P(t+1) from P(t+2) by (RF.8), with η and 1 + 1/m of step t + 1 and `kick` = η²G/m. The row of
 * the store gives q(t) to the sums and takes P(t+1).
 */
export function stepBackward(
  lambda: Float64Array,
  weight: Float64Array,
  p: Float64Array,
  row: Float64Array,
  eta: number,
  spread: number,
  kick: number,
  sums: StepSums,
): void {
  const count = p.length;
  let first = 0;
  let second = 0;
  let noise = 0;
  let first1 = 0;
  let second1 = 0;
  let noise1 = 0;
  let k = 0;
  for (; k + 1 < count; k += 2) {
    const l = lambda[k];
    const s = eta * l;
    const x = (1 - s * (2 - s * spread)) * p[k] + kick;
    const q = row[k];
    p[k] = x;
    row[k] = x;
    const product = l * q * x;
    first += product;
    second += l * product;
    noise += weight[k] * x;

    const l1 = lambda[k + 1];
    const s1 = eta * l1;
    const x1 = (1 - s1 * (2 - s1 * spread)) * p[k + 1] + kick;
    const q1 = row[k + 1];
    p[k + 1] = x1;
    row[k + 1] = x1;
    const product1 = l1 * q1 * x1;
    first1 += product1;
    second1 += l1 * product1;
    noise1 += weight[k + 1] * x1;
  }
  if (k < count) {
    const l = lambda[k];
    const s = eta * l;
    const x = (1 - s * (2 - s * spread)) * p[k] + kick;
    const q = row[k];
    p[k] = x;
    row[k] = x;
    first += l * q * x;
    second += l * l * q * x;
    noise += weight[k] * x;
  }
  sums.first = first + first1;
  sums.second = second + second1;
  sums.noise = noise + noise1;
}
