import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createCovariance } from "../../../src/models/covariance";
import { createStreams } from "../../../src/numerics/streams";
import { createGaussianLoss } from "../../../src/simulate/landscape/gaussian-loss";
import { drawStart } from "../../../src/simulate/landscape/random-start";
import { projectOnSphere } from "../../../src/simulate/sphere";

const SEED = 20261122;
const streams = createStreams(SEED);
const covariance = createCovariance([
  { p: 2, variance: 2 },
  { p: 3, variance: 0.7 },
  { p: 4, variance: 1.5 },
]);

function drawnLoss(size: number, planted: boolean) {
  const loss = createGaussianLoss(covariance, size, { signal: planted ? 1 : 0 });
  for (const _ of loss.draw(streams, 0));
  return loss;
}

function pointOnSphere(size: number, sample: number): Float64Array {
  const x = new Float64Array(size);
  streams.stream("start", sample).fillNormal(x);
  projectOnSphere(x);
  return x;
}

describe("loss with a planted signal", () => {
  const size = 9;
  const planted = drawnLoss(size, true);
  const plain = drawnLoss(size, false);
  const signal = drawStart(streams.stream("start", 0), size, 1).state;

  it("adds −N·variance·m^p/p to each channel of the same couplings, at any point", () => {
    const [withSignal, without] = [new Float64Array(3), new Float64Array(3)];
    const gradient = new Float64Array(size);
    for (const sample of [1, 2, 3, 4]) {
      const x = pointOnSphere(size, sample);
      for (let i = 0; i < size; i++) x[i] += 0.5 * signal[i];
      const m = x.reduce((sum, xi, i) => sum + xi * signal[i], 0) / size;
      const total = planted.evaluate(x, gradient, withSignal);
      plain.evaluate(x, gradient, without);
      for (const [k, { p, variance }] of covariance.terms.entries()) {
        expect(withSignal[k] - without[k]).toBeCloseTo((-size * variance * m ** p) / p, 11);
      }
      expect(withSignal.reduce((sum, channel) => sum + channel)).toBeCloseTo(total, 12);
    }
  });

  it("has the gradient of finite differences, and x·∇L = Σ p·L_p", () => {
    const x = pointOnSphere(size, 1);
    const gradient = new Float64Array(size);
    const losses = new Float64Array(3);
    planted.evaluate(x, gradient, losses);
    const scratch = new Float64Array(size);
    const h = 1e-3;
    for (let i = 0; i < size; i++) {
      const at = (shift: number) => planted.evaluate(x.with(i, x[i] + shift), scratch);
      // Fourth-order differences: exact for a polynomial of degree 4, to rounding.
      const slope = (8 * (at(h) - at(-h)) - (at(2 * h) - at(-2 * h))) / (12 * h);
      expect(Math.abs(gradient[i] - slope)).toBeLessThan(1e-10 * (1 + Math.abs(slope)));
    }
    const radial = gradient.reduce((sum, g, i) => sum + g * x[i], 0);
    const expected = covariance.terms.reduce((sum, { p }, k) => sum + p * losses[k], 0);
    expect(radial).toBeCloseTo(expected, 11);
  });
});

describe("start with a given overlap", () => {
  const product = (a: Float64Array, b: Float64Array) =>
    a.reduce((sum, ai, i) => sum + ai * b[i], 0) / a.length;

  it("has it exactly, on the sphere, at every size", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 5, max: 60 }),
        fc.double({ min: -1, max: 1, noNaN: true }),
        fc.integer({ min: 0, max: 1000 }),
        (size, overlap, sample) => {
          const signal = drawStart(streams.stream("start", 0), size, 1).state;
          const { state, random, squaredLength } = drawStart(streams.stream("start", sample), size, overlap);
          expect(product(signal, signal)).toBeCloseTo(1, 14);
          expect(product(state, state)).toBeCloseTo(1, 14);
          expect(Math.abs(product(state, signal) - overlap)).toBeLessThan(1e-15 * Math.abs(overlap) + 1e-300);
          expect(product(random, signal)).toBeCloseTo(0, 14);
          expect(Math.abs(product(random, random) - squaredLength / size)).toBeLessThan(1e-14);
          for (let i = 0; i < size; i++) expect(state[i] - overlap * signal[i]).toBeCloseTo(random[i], 14);
        },
      ),
      { seed: SEED, numRuns: 200 },
    );
  });

  it("is uniform across the signal: the random part has mean 0 and covariance (1 − m0²) N/(N − 1)", () => {
    const [size, overlap, count] = [6, 0.4, 20000];
    const sums = new Float64Array(size);
    const squares = new Float64Array(size);
    for (let sample = 0; sample < count; sample++) {
      const { random } = drawStart(streams.stream("start", sample), size, overlap);
      for (let i = 0; i < size; i++) {
        sums[i] += random[i] / count;
        squares[i] += random[i] ** 2 / count;
      }
    }
    const variance = ((1 - overlap ** 2) * size) / (size - 1);
    for (let i = 1; i < size; i++) {
      expect(Math.abs(sums[i])).toBeLessThan(4 * Math.sqrt(variance / count));
      // The square of a component of a random vector has the variance of a normal's, or less.
      expect(Math.abs(squares[i] - variance)).toBeLessThan(4 * variance * Math.sqrt(2 / count));
    }
  });

  it("is uniform on the whole sphere without a signal", () => {
    const { state, random, squaredLength } = drawStart(streams.stream("start", 3), 12);
    expect(state).toEqual(pointOnSphere(12, 3));
    expect(random).toEqual(state);
    expect(squaredLength).toBe(12);
  });
});
