import { EVD, Matrix } from "ml-matrix";
import { integerAtLeast, list } from "../../core/check";
import { InvalidParameterError } from "../../core/errors";
import { createStreams } from "../../numerics/streams";
import type { Modes } from "./modes";
import { checkFeatures, type PowerLawFeatures } from "./problem";

/** The matrices that ml-matrix decomposes in seconds. */
const MOST_FEATURES = 500;

/** Student features Gψ: one row of `modes` numbers a feature. */
export type Projection = readonly Float64Array[];

/**
 * A Gaussian projection G, N × M with independent entries of variance 1/N, from the disorder stream of a seed.
 * @throws InvalidParameterError for infinitely many modes or too many features.
 */
export function randomProjection(problem: PowerLawFeatures, seed: number | string): Projection {
  checkFeatures(problem);
  const { features } = problem;
  const columns = finiteModes(problem);
  const stream = createStreams(seed).stream("disorder", 0);
  return Array.from({ length: features }, () => {
    const row = new Float64Array(columns);
    stream.fillNormal(row);
    return row.map((entry) => entry / Math.sqrt(features));
  });
}

/**
 * Modes of a student with features Gψ (RF.4): eigenpairs (μ, u) of GΛGᵀ, q(0) = (u·GΛw*)²/μ with λ_k w*_k = k^{−(a+b)/2};
 * what they leave of the target is independent noise and counts in the floor.
 * @throws InvalidParameterError
 */
export function projectedModes(problem: PowerLawFeatures, projection: Projection): Modes {
  checkFeatures(problem);
  const { targetExponent: a, spectrumExponent: b, features, labelNoise } = problem;
  const columns = finiteModes(problem);
  if (
    list("projection", projection).length !== features ||
    projection.some((row) => row.length !== columns)
  ) {
    const size = `${projection.length} x ${projection[0]?.length}`;
    throw new InvalidParameterError("projection", size, `a matrix of ${features} rows of ${columns} numbers`);
  }
  const overlap = Matrix.zeros(features, features);
  const target = Matrix.zeros(features, 1);
  let variance = 0;
  for (let k = 0; k < columns; k++) variance += (k + 1) ** -a;
  for (let i = 0; i < features; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let k = 0; k < columns; k++) sum += projection[i][k] * projection[j][k] * (k + 1) ** -b;
      overlap.set(i, j, sum);
      overlap.set(j, i, sum);
    }
    let sum = 0;
    for (let k = 0; k < columns; k++) sum += projection[i][k] * (k + 1) ** (-(a + b) / 2);
    target.set(i, 0, sum);
  }
  const { realEigenvalues, eigenvectorMatrix } = new EVD(overlap, { assumeSymmetric: true });
  const along = eigenvectorMatrix.transpose().mmul(target);
  const eigenvalue = Float64Array.from(realEigenvalues, (mu) => Math.max(mu, 0));
  const start = eigenvalue.map((mu, j) => (mu > 0 ? along.get(j, 0) ** 2 / mu : 0));
  const explained = start.reduce((sum, q) => sum + q, 0);
  return {
    eigenvalue,
    multiplicity: eigenvalue.map(() => 1),
    noiseWeight: eigenvalue.map((mu) => mu * mu),
    start,
    floor: labelNoise + Math.max(0, variance - explained),
  };
}

function finiteModes(problem: PowerLawFeatures): number {
  checkFeatures(problem);
  if (problem.modes === null) {
    throw new InvalidParameterError("modes", null, "a number of modes where the projection is random");
  }
  if (problem.features > MOST_FEATURES) {
    const allowed = `at most ${MOST_FEATURES} where the projection is random`;
    throw new InvalidParameterError("features", problem.features, allowed);
  }
  return integerAtLeast("modes", problem.modes, problem.features);
}
