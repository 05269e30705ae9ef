import { EigenvalueDecomposition, Matrix } from "ml-matrix";
import { describe, expect, it } from "vitest";
import type { Trajectory } from "../../../src/core/results";
import { type Covariance, createCovariance, pureCovariance } from "../../../src/models/covariance";
import { mean, standardError } from "../../../src/numerics/statistics";
import { createStreams } from "../../../src/numerics/streams";
import { createGaussianLoss, type GaussianLoss } from "../../../src/simulate/landscape/gaussian-loss";
import { createDescent, walkOnSphere } from "../../../src/simulate/landscape/langevin";
import { drawStart } from "../../../src/simulate/landscape/random-start";
import { dot } from "../../../src/simulate/sphere";
import { solveConfig } from "../../../src/systems/calls";
import { withHessianEdge } from "../../../src/systems/parts/hessian-edge";

const STEP = 0.05;
const cubic = pureCovariance(3);
const spiked = createCovariance([
  { p: 2, variance: 5 },
  { p: 3, variance: 1 / 6 },
]);

interface Run {
  readonly covariance: Covariance;
  readonly size: number;
  readonly temperature?: number;
  readonly until?: number;
  readonly overlap?: number;
}

/** Eigenvalues of ∇²L + z on the tangent space at x, ascending; a cubic loss has exact differences of any length. */
function hessianSpectrum(loss: GaussianLoss, x: Float64Array, z: number): number[] {
  const at = (i: number, shift: number) => {
    const gradient = new Float64Array(loss.size);
    loss.evaluate(
      x.map((xi, k) => (k === i ? xi + shift : xi)),
      gradient,
    );
    return gradient;
  };
  const rows = Array.from(x, (_, i) => {
    const [up, down] = [at(i, 1), at(i, -1)];
    return Array.from(up, (value, k) => (value - down[k]) / 2);
  });
  const unit = Matrix.columnVector(Array.from(x, (xi) => xi / Math.sqrt(loss.size)));
  const radial = unit.mmul(unit.transpose());
  const tangent = Matrix.eye(loss.size).sub(radial);
  // The direction out of the sphere is moved far above all others.
  const hessian = tangent.mmul(new Matrix(rows).add(Matrix.eye(loss.size).mul(z))).mmul(tangent);
  const { realEigenvalues } = new EigenvalueDecomposition(hessian.add(radial.mul(1e3)), {
    assumeSymmetric: true,
  });
  return realEigenvalues.sort((a, b) => a - b).slice(0, -1);
}

/** At the ends of Langevin runs: smallest eigenvalues, the edge that their multiplier tells, and the distance of the two. */
function endsOf({ covariance, size, temperature = 0, until = 0, overlap }: Run) {
  const streams = createStreams(20261122);
  const loss = createGaussianLoss(covariance, size, { signal: overlap === undefined ? 0 : 1 });
  const descend = createDescent(loss);
  const ends = Array.from({ length: 24 }, (_, sample) => {
    for (const _ of loss.draw(streams, sample));
    const x = drawStart(streams.stream("start", sample), size, overlap).state;
    const random = streams.stream("noise", sample);
    const noise = new Float64Array(size);
    const walk = () => {
      random.fillNormal(noise);
      walkOnSphere(x, (temperature * STEP) / 2, noise);
    };
    for (let k = 0; k < until / STEP; k++) {
      walk();
      descend([x], STEP);
      walk();
    }
    const gradient = new Float64Array(size);
    loss.evaluate(x, gradient);
    const multiplier = temperature - dot(x, gradient) / size;
    const trajectory: Trajectory = {
      time: Float64Array.of(until),
      series: { multiplier: Float64Array.of(multiplier) },
    };
    const [edge] = withHessianEdge(covariance, trajectory).series.hessianLeftEdge;
    const [lowest, second] = hessianSpectrum(loss, x, multiplier);
    return { edge, lowest, second };
  });
  const of = (pick: (end: (typeof ends)[number]) => number) => ends.map(pick);
  const distances = of(({ lowest, edge }) => lowest - edge);
  return {
    edges: of(({ edge }) => edge),
    lowest: of(({ lowest }) => lowest),
    second: of(({ second }) => second),
    distance: mean(distances),
    error: standardError(distances),
  };
}

/** Mean distance of the lowest eigenvalue of a Gaussian matrix from the edge of its density (Tracy-Widom, β = 1). */
const tracyWidom = (covariance: Covariance, size: number) =>
  1.2065 * Math.sqrt(covariance.second(1)) * size ** (-2 / 3);

describe("z − 2√Q″(1) is the lower edge of the Hessian on the sphere", () => {
  it("of a random point, where its matrix is Gaussian", () => {
    const { distance, error } = endsOf({ covariance: cubic, size: 60 });
    expect(error).toBeLessThan(0.03);
    expect(Math.abs(distance - tracyWidom(cubic, 60))).toBeLessThan(3 * error);
  });

  it.each([0, 0.2])("after a descent at T = %f, up to a distance that vanishes as N^−2/3", (temperature) => {
    const [small, large] = [30, 90].map((size) => {
      const run = { covariance: cubic, size, temperature, until: 20 };
      return { ...endsOf(run), place: size ** (-2 / 3) };
    });
    // a + b N^−2/3 through both; a must be 0.
    const share = large.place / (small.place - large.place);
    const limit = large.distance - share * (small.distance - large.distance);
    const error = Math.hypot((1 + share) * large.error, share * small.error);
    expect(error).toBeLessThan(0.06);
    expect(Math.abs(limit)).toBeLessThan(3 * error);
    expect(small.distance / large.distance).toBeGreaterThan(1.5);
    if (temperature > 0) expect(mean(large.lowest)).toBeLessThan(-0.05);
  });

  it("leaves the signal's outlier apart, which lies below a bulk that is not changed", () => {
    const { edges, lowest, second } = endsOf({ covariance: spiked, size: 60, overlap: 0.1 });
    expect(mean(lowest.map((value, k) => value - edges[k]))).toBeLessThan(-1);
    const bulk = mean(second.map((value, k) => value - edges[k]));
    expect(bulk).toBeGreaterThan(0);
    expect(bulk).toBeLessThan(2 * tracyWidom(spiked, 60));
  });

  it("is above 0 in every sample where the signal is found", () => {
    const found = endsOf({ covariance: spiked, size: 60, until: 10, overlap: 0.3 });
    expect(Math.min(...found.edges)).toBeGreaterThan(0);
    expect(Math.min(...found.lowest)).toBeGreaterThan(0);
    expect(found.distance).toBeLessThan(2 * tracyWidom(spiked, 60));
  });
});

it("the edge of theory rises above 0 where the signal is found", async () => {
  const noises = { matrixNoise: 0.2, tensorNoise: 6, temperature: 1, initialOverlap: 1e-3 };
  const { sample } = await solveConfig({
    system: "spiked-matrix-tensor",
    parameters: noises,
    method: { until: 12 },
  });
  const [early, plateau, late] = sample([1, 2, 12]).series.hessianLeftEdge;
  expect(early).toBeLessThan(0);
  expect(plateau).toBeLessThan(0);
  // Equilibrium at T = 1: z = T + Q′(1) for q = m, here 1 + 5 + 1/6; Q″(1) = 5 + 1/3.
  expect(late).toBeCloseTo(1 + 5 + 1 / 6 - 2 * Math.sqrt(5 + 1 / 3), 3);
});
