import type { TwoTimeKernels } from "../two-time";

export const polynomial: TwoTimeKernels["polynomial"] = (count, degree, coefficients, x, out) => {
  const top = coefficients[degree];
  for (let j = 0; j < count; j++) {
    let sum = top;
    for (let k = degree - 1; k >= 0; k--) sum = sum * x[j] + coefficients[k];
    out[j] = sum;
  }
};

export const predictRow: TwoTimeKernels["predictRow"] = (count, step, { base, slopes, out }) => {
  const [f1, f2, f3, f4] = slopes;
  const [w1, w2, w3, w4] = [2.5 * step, -3 * step, 2 * step, -0.5 * step];
  for (let j = 0; j < count; j++) {
    out[j] = base[j] + (w1 * f1[j] + w2 * f2[j] + (w3 * f3[j] + w4 * f4[j]));
  }
};

export const stepRow: TwoTimeKernels["stepRow"] = (count, scale, half, { base, before, now, out }) => {
  for (let j = 0; j < count; j++) out[j] = scale * (base[j] + half * (before[j] + now[j]));
};

export const slopeOfRow: TwoTimeKernels["slopeOfRow"] = (count, decay, { rightSide, row, out }) => {
  for (let j = 0; j < count; j++) out[j] = rightSide[j] - decay * row[j];
};

export const rightSideOfCorrelation: TwoTimeKernels["rightSideOfCorrelation"] = (
  count,
  speed,
  field,
  { memory, forcing, starting, first, overlap, out },
) => {
  for (let j = 0; j < count; j++) {
    out[j] = speed * (memory[j] + (forcing[j] - starting[j] * first[j]) + field * overlap[j]);
  }
};

export const rightSideOfResponse: TwoTimeKernels["rightSideOfResponse"] = (
  count,
  speed,
  { memory, ending, second, response, out },
) => {
  for (let j = 0; j < count; j++) out[j] = speed * (memory[j] - ending[j] * second[j] * response[j]);
};

export const memoryCoefficients: TwoTimeKernels["memoryCoefficients"] = (
  count,
  { weight, first, second, response, kernel, source },
) => {
  for (let j = 0; j < count; j++) {
    kernel[j] = weight[j] * second[j] * response[j];
    source[j] = weight[j] * first[j];
  }
};

export const multiplierIntegral: TwoTimeKernels["multiplierIntegral"] = (
  count,
  { weight, response, first, second, correlation },
) => {
  let sum = 0;
  for (let j = 0; j < count; j++) sum += weight[j] * response[j] * (first[j] + second[j] * correlation[j]);
  return sum;
};

export const weightedProduct: TwoTimeKernels["weightedProduct"] = (count, { weight, a, b }) => {
  let sum = 0;
  for (let j = 0; j < count; j++) sum += weight[j] * a[j] * b[j];
  return sum;
};

export const largestDifference: TwoTimeKernels["largestDifference"] = (count, a, b) => {
  let most = 0;
  for (let j = 0; j < count; j++) most = Math.max(most, Math.abs(a[j] - b[j]));
  return most;
};
