import { EigenvalueDecomposition, Matrix } from "ml-matrix";
import { describe, expect, it } from "vitest";
import { createDraws } from "../../../src/numerics/draws";
import { mean, standardError } from "../../../src/numerics/statistics";
import { createStreams } from "../../../src/numerics/streams";
import { drawMatrix } from "../../../src/simulate/spherical-sk";
import { eigenvectorOf, largestEigenvalue } from "../../../src/simulate/spherical-sk/top-eigenvalues";
import {
  applyTridiagonal,
  drawGaussian,
  type Tridiagonal,
} from "../../../src/simulate/spherical-sk/tridiagonal";

const SEED = 20261122;
const streams = createStreams(SEED);
const drawsOf = (sample: number) =>
  createDraws(streams.stream("disorder", sample, 0), streams.stream("disorder", sample, 1));

function dense({ diagonal, off }: Tridiagonal): Matrix {
  const size = diagonal.length;
  const matrix = Matrix.zeros(size, size);
  for (let i = 0; i < size; i++) {
    matrix.set(i, i, diagonal[i]);
    if (i + 1 === size) continue;
    matrix.set(i, i + 1, off[i]);
    matrix.set(i + 1, i, off[i]);
  }
  return matrix;
}

describe("the top of a tridiagonal spectrum", () => {
  it.each([0, 1])("agrees with a dense decomposition, signal %d", (signal) => {
    const matrix = drawGaussian(120, 0.6, drawsOf(0));
    matrix.diagonal[0] += signal;
    const { realEigenvalues } = new EigenvalueDecomposition(dense(matrix), { assumeSymmetric: true });
    const order = [...realEigenvalues].sort((a, b) => b - a);
    expect(largestEigenvalue(matrix)).toBeCloseTo(order[0], 12);
    expect(largestEigenvalue(matrix, 1)).toBeCloseTo(order[1], 12);
    expect(largestEigenvalue(matrix, 119)).toBeCloseTo(order[119], 12);
    const vector = eigenvectorOf(matrix, largestEigenvalue(matrix));
    const image = new Float64Array(120);
    applyTridiagonal(matrix, vector, image);
    const residual = image.reduce((sum, value, i) => sum + (value - order[0] * vector[i]) ** 2, 0);
    expect(Math.sqrt(residual)).toBeLessThan(1e-12);
    expect(vector.reduce((sum, value) => sum + value * value, 0)).toBeCloseTo(1, 13);
  });
});

describe("matrices in both bases", () => {
  const moments = (
    basis: "tridiagonal" | "dense",
    spectrum: "semicircle" | { kind: "marchenko-pastur"; ratio: number },
  ) => {
    const all = Array.from({ length: 300 }, (_, sample) => {
      const matrix = drawMatrix({ noise: 0.8, signal: 0, spectrum }, 24, basis, streams, sample);
      const x = new Float64Array(24);
      const y = new Float64Array(24);
      // tr A² and λ1, of which the law is known to be the same.
      let square = 0;
      for (let i = 0; i < 24; i++) {
        x.fill(0);
        x[i] = 1;
        matrix.apply(x, y);
        square += y.reduce((sum, value) => sum + value * value, 0) / 24;
      }
      return [square, matrix.topEigenvalue, matrix.secondEigenvalue];
    });
    return [0, 1, 2].map((k) => all.map((values) => values[k]));
  };

  it.each(["semicircle", { kind: "marchenko-pastur", ratio: 0.5 }] as const)(
    "have the same law: %j",
    (spectrum) => {
      const [tridiagonal, full] = [moments("tridiagonal", spectrum), moments("dense", spectrum)];
      for (const k of [0, 1, 2]) {
        const error = Math.hypot(standardError(tridiagonal[k]), standardError(full[k]));
        expect(Math.abs(mean(tridiagonal[k]) - mean(full[k]))).toBeLessThan(3.5 * error);
      }
      if (spectrum !== "semicircle") return;
      // E tr A²/N = Δ²(N + 1)/N: the diagonal has the variance 2/N (with 1/N it would be Δ²).
      expect(Math.abs(mean(tridiagonal[0]) - (0.64 * 25) / 24)).toBeLessThan(
        3.5 * standardError(tridiagonal[0]),
      );
    },
  );
});
