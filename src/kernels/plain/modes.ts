import type { ModeKernels } from "../modes";

/*
 * Two modes an iteration, with sums of their own, because an addition has to wait for the one before it; the last mode of an
 * odd number joins the first ones. The other layer adds in the same order.
 */

export const stepMoments: ModeKernels["stepMoments"] = (count, rate, spread, kick, vectors, sums) => {
  const { eigenvalue, noiseWeight, before, row } = vectors;
  let [first, second, noise, total] = [0, 0, 0, 0];
  let [first1, second1, noise1, total1] = [0, 0, 0, 0];
  let k = 0;
  for (; k + 1 < count; k += 2) {
    const l = eigenvalue[k];
    const w = noiseWeight[k];
    const s = rate * l;
    const x = (1 - s * (2 - s * spread)) * before[k] + kick * w;
    const y = row[k];
    row[k] = x;
    const product = l * y * x;
    first += product;
    second += l * product;
    noise += w * y;
    total += x;

    const l1 = eigenvalue[k + 1];
    const w1 = noiseWeight[k + 1];
    const s1 = rate * l1;
    const x1 = (1 - s1 * (2 - s1 * spread)) * before[k + 1] + kick * w1;
    const y1 = row[k + 1];
    row[k + 1] = x1;
    const product1 = l1 * y1 * x1;
    first1 += product1;
    second1 += l1 * product1;
    noise1 += w1 * y1;
    total1 += x1;
  }
  if (k < count) {
    const l = eigenvalue[k];
    const s = rate * l;
    const x = (1 - s * (2 - s * spread)) * before[k] + kick * noiseWeight[k];
    const y = row[k];
    row[k] = x;
    const product = l * y * x;
    first += product;
    second += l * product;
    noise += noiseWeight[k] * y;
    total += x;
  }
  sums[0] = first + first1;
  sums[1] = second + second1;
  sums[2] = noise + noise1;
  sums[3] = total + total1;
};

export const stepAdjoints: ModeKernels["stepAdjoints"] = (count, rate, spread, kick, vectors, sums) => {
  const { eigenvalue, noiseWeight, before, row } = vectors;
  let [first, second, noise, total] = [0, 0, 0, 0];
  let [first1, second1, noise1, total1] = [0, 0, 0, 0];
  let k = 0;
  for (; k + 1 < count; k += 2) {
    const l = eigenvalue[k];
    const s = rate * l;
    const x = (1 - s * (2 - s * spread)) * before[k] + kick;
    const product = l * row[k] * x;
    row[k] = x;
    first += product;
    second += l * product;
    noise += noiseWeight[k] * x;
    total += x;

    const l1 = eigenvalue[k + 1];
    const s1 = rate * l1;
    const x1 = (1 - s1 * (2 - s1 * spread)) * before[k + 1] + kick;
    const product1 = l1 * row[k + 1] * x1;
    row[k + 1] = x1;
    first1 += product1;
    second1 += l1 * product1;
    noise1 += noiseWeight[k + 1] * x1;
    total1 += x1;
  }
  if (k < count) {
    const l = eigenvalue[k];
    const s = rate * l;
    const x = (1 - s * (2 - s * spread)) * before[k] + kick;
    const product = l * row[k] * x;
    row[k] = x;
    first += product;
    second += l * product;
    noise += noiseWeight[k] * x;
    total += x;
  }
  sums[0] = first + first1;
  sums[1] = second + second1;
  sums[2] = noise + noise1;
  sums[3] = total + total1;
};
