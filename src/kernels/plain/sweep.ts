import type { MemoryCoefficients, MemoryIntegrals, TwoTimeKernels, TwoTimeTriangles } from "../two-time";

/** Rows taken together: their dot products and additions share the loads of the vectors. */
const BAND = 4;

/** Bands of four rows left of their diagonal block, then that block. */
export const sweepTwoTime: TwoTimeKernels["sweepTwoTime"] = (
  from,
  to,
  triangles,
  coefficients,
  integrals,
) => {
  const { correlation, response } = triangles;
  const { kernel, source } = coefficients;
  let k = from;
  for (; k + BAND <= to; k += BAND) {
    sweepBand(k, correlation, kernel, kernel, integrals.correlation, integrals.correlation);
    sweepBand(k, response, kernel, source, integrals.response, integrals.forcing);
    sweepRows(k, k + BAND, k, triangles, coefficients, integrals);
  }
  integrals.correlation.fill(0, k, to);
  integrals.forcing.fill(0, k, to);
  sweepRows(k, to, 0, triangles, coefficients, integrals);
};

/**
 * Rows k to k + 3 of one packed triangle, columns j < k: adds Σ_q weight[q] row_q[j] to sums[j], and leaves
 * row_q · along in dots[q]. `sums` and `dots` may be the same vector.
 *
 * The shape is for the compiler: it repeats its checks of every array once an iteration, so an iteration takes
 * 4 × 4 entries; `| 0` keeps offsets in integer registers; scalars are read here, since numbers that come as
 * arguments stay boxed in the loop.
 */
function sweepBand(
  k: number,
  rows: Float64Array,
  weight: Float64Array,
  along: Float64Array,
  sums: Float64Array,
  dots: Float64Array,
): void {
  const first = ((k * (k + 1)) / 2) | 0;
  const second = (first + k + 1) | 0;
  const third = (second + k + 2) | 0;
  const fourth = (third + k + 3) | 0;
  const w0 = weight[k];
  const w1 = weight[k + 1];
  const w2 = weight[k + 2];
  const w3 = weight[k + 3];
  let dot0 = 0;
  let dot1 = 0;
  let dot2 = 0;
  let dot3 = 0;
  const whole = (k & ~3) | 0;
  let j = 0;
  for (; j < whole; j = (j + 4) | 0) {
    const x = along[j];
    const p0 = rows[(first + j) | 0];
    const p1 = rows[(second + j) | 0];
    const p2 = rows[(third + j) | 0];
    const p3 = rows[(fourth + j) | 0];
    dot0 += x * p0;
    dot1 += x * p1;
    dot2 += x * p2;
    dot3 += x * p3;
    sums[j] += w0 * p0 + w1 * p1 + (w2 * p2 + w3 * p3);

    const j1 = (j + 1) | 0;
    const x1 = along[j1];
    const q0 = rows[(first + j1) | 0];
    const q1 = rows[(second + j1) | 0];
    const q2 = rows[(third + j1) | 0];
    const q3 = rows[(fourth + j1) | 0];
    dot0 += x1 * q0;
    dot1 += x1 * q1;
    dot2 += x1 * q2;
    dot3 += x1 * q3;
    sums[j1] += w0 * q0 + w1 * q1 + (w2 * q2 + w3 * q3);

    const j2 = (j + 2) | 0;
    const x2 = along[j2];
    const r0 = rows[(first + j2) | 0];
    const r1 = rows[(second + j2) | 0];
    const r2 = rows[(third + j2) | 0];
    const r3 = rows[(fourth + j2) | 0];
    dot0 += x2 * r0;
    dot1 += x2 * r1;
    dot2 += x2 * r2;
    dot3 += x2 * r3;
    sums[j2] += w0 * r0 + w1 * r1 + (w2 * r2 + w3 * r3);

    const j3 = (j + 3) | 0;
    const x3 = along[j3];
    const s0 = rows[(first + j3) | 0];
    const s1 = rows[(second + j3) | 0];
    const s2 = rows[(third + j3) | 0];
    const s3 = rows[(fourth + j3) | 0];
    dot0 += x3 * s0;
    dot1 += x3 * s1;
    dot2 += x3 * s2;
    dot3 += x3 * s3;
    sums[j3] += w0 * s0 + w1 * s1 + (w2 * s2 + w3 * s3);
  }
  for (; j < k; j = (j + 1) | 0) {
    const x = along[j];
    const p0 = rows[(first + j) | 0];
    const p1 = rows[(second + j) | 0];
    const p2 = rows[(third + j) | 0];
    const p3 = rows[(fourth + j) | 0];
    dot0 += x * p0;
    dot1 += x * p1;
    dot2 += x * p2;
    dot3 += x * p3;
    sums[j] += w0 * p0 + w1 * p1 + (w2 * p2 + w3 * p3);
  }
  dots[k] = dot0;
  dots[k + 1] = dot1;
  dots[k + 2] = dot2;
  dots[k + 3] = dot3;
}

/** Rows `from` ≤ k < `to` from column `left` to the unit diagonal; the dot products go on from what stands. */
function sweepRows(
  from: number,
  to: number,
  left: number,
  { correlation, response }: TwoTimeTriangles,
  { kernel, source }: MemoryCoefficients,
  { correlation: memory, forcing, response: delayed }: MemoryIntegrals,
): void {
  for (let k = from; k < to; k++) {
    const row = ((k * (k + 1)) / 2) | 0;
    const weight = kernel[k];
    let memoryDot = 0;
    let forcingDot = 0;
    for (let j = left; j < k; j++) {
      const c = correlation[(row + j) | 0];
      const r = response[(row + j) | 0];
      memoryDot += kernel[j] * c;
      forcingDot += source[j] * r;
      memory[j] += weight * c;
      delayed[j] += weight * r;
    }
    memory[k] += memoryDot + weight;
    forcing[k] += forcingDot + source[k];
    delayed[k] = weight;
  }
}
