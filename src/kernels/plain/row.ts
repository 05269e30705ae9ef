import type { TwoTimeKernels } from "../two-time";

export const polynomial: TwoTimeKernels["polynomial"] = (count, degree, coefficients, x, out) => {
  const top = coefficients[degree];
  for (let j = 0; j < count; j++) {
    let sum = top;
    for (let k = degree - 1; k >= 0; k--) sum = sum * x[j] + coefficients[k];
    out[j] = sum;
  }
};

export const extrapolateRow: TwoTimeKernels["extrapolateRow"] = (
  count,
  base,
  w1,
  f1,
  w2,
  f2,
  w3,
  f3,
  w4,
  f4,
  out,
) => {
  for (let j = 0; j < count; j++) {
    out[j] = base[j] + (w1 * f1[j] + w2 * f2[j] + (w3 * f3[j] + w4 * f4[j]));
  }
};

export const stepRow: TwoTimeKernels["stepRow"] = (count, scale, base, half, before, now, out) => {
  for (let j = 0; j < count; j++) out[j] = scale * (base[j] + half * (before[j] + now[j]));
};

export const slopeOfRow: TwoTimeKernels["slopeOfRow"] = (count, pull, decay, row, out) => {
  for (let j = 0; j < count; j++) out[j] = pull[j] - decay * row[j];
};

export const pullOnCorrelation: TwoTimeKernels["pullOnCorrelation"] = (
  count,
  speed,
  memory,
  forcing,
  starting,
  first,
  field,
  overlap,
  out,
) => {
  for (let j = 0; j < count; j++) {
    out[j] = speed * (memory[j] + (forcing[j] - starting[j] * first[j]) + field * overlap[j]);
  }
};

export const pullOnResponse: TwoTimeKernels["pullOnResponse"] = (
  count,
  speed,
  delayed,
  ending,
  second,
  response,
  out,
) => {
  for (let j = 0; j < count; j++) out[j] = speed * (delayed[j] - ending[j] * second[j] * response[j]);
};

export const memoryCoefficients: TwoTimeKernels["memoryCoefficients"] = (
  count,
  weight,
  first,
  second,
  response,
  kernel,
  source,
) => {
  for (let j = 0; j < count; j++) {
    kernel[j] = weight[j] * second[j] * response[j];
    source[j] = weight[j] * first[j];
  }
};

export const driveOfRow: TwoTimeKernels["driveOfRow"] = (
  count,
  weight,
  response,
  first,
  second,
  correlation,
) => {
  let sum = 0;
  for (let j = 0; j < count; j++) sum += weight[j] * response[j] * (first[j] + second[j] * correlation[j]);
  return sum;
};

export const weightedProduct: TwoTimeKernels["weightedProduct"] = (count, weight, a, b) => {
  let sum = 0;
  for (let j = 0; j < count; j++) sum += weight[j] * a[j] * b[j];
  return sum;
};

export const largestDifference: TwoTimeKernels["largestDifference"] = (count, a, b) => {
  let most = 0;
  for (let j = 0; j < count; j++) most = Math.max(most, Math.abs(a[j] - b[j]));
  return most;
};
