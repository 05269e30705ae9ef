import { describe, expect, it } from "vitest";
import { InvalidParameterError } from "../../../src/core/errors";
import { createCovariance, pureCovariance } from "../../../src/models/covariance";
import { createStreams } from "../../../src/numerics/streams";
import { createGaussianLoss } from "../../../src/simulate/landscape/gaussian-loss";
import { projectOnSphere } from "../../../src/simulate/sphere";

const SEED = 20261122;

describe("Gaussian loss", () => {
  const mixture = [
    { p: 2, variance: 2 },
    { p: 4, variance: 0.5 },
  ];
  const field = [
    { p: 1, variance: 0.7 },
    { p: 3, variance: 1 },
  ];
  const cases = [2, 3, 4]
    .map((p) => pureCovariance(p))
    .concat([mixture, field, field.slice(0, 1)].map((terms) => createCovariance(terms)));

  it.each(cases)("has covariance N·Q over the disorder: $label", (covariance) => {
    const size = 6;
    const draws = 20000;
    const streams = createStreams(SEED);
    const loss = createGaussianLoss(covariance, size);
    const x = new Float64Array(size);
    const y = new Float64Array(size);
    streams.stream("start", 0, 0).fillNormal(x);
    streams.stream("start", 0, 1).fillNormal(y);
    for (let i = 0; i < size; i++) y[i] += 2 * x[i];
    projectOnSphere(x);
    projectOnSphere(y);
    const overlap = x.reduce((sum, xi, i) => sum + (xi * y[i]) / size, 0);
    expect(overlap).toBeGreaterThan(0.5);

    const gradient = new Float64Array(size);
    const products = { same: new Float64Array(draws), apart: new Float64Array(draws) };
    for (let sample = 0; sample < draws; sample++) {
      for (const _ of loss.draw(streams, sample));
      const atX = loss.evaluate(x, gradient);
      products.same[sample] = (atX * atX) / size;
      products.apart[sample] = (atX * loss.evaluate(y, gradient)) / size;
    }
    const mean = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / draws;
    // Standard error of the mean product of two normals with these variances, from Wick's theorem.
    const [Q1, Q] = [covariance.value(1), covariance.value(overlap)];
    expect(Math.abs(mean(products.same) - Q1)).toBeLessThan(4 * Q1 * Math.sqrt(2 / draws));
    expect(Math.abs(mean(products.apart) - Q)).toBeLessThan(4 * Math.sqrt((Q1 * Q1 + Q * Q) / draws));
  });

  it("gives every channel its own couplings, and every sample others", () => {
    const streams = createStreams(SEED);
    const value = (variance: number, sample: number) => {
      const loss = createGaussianLoss(
        createCovariance([
          { p: 3, variance: 1 },
          { p: 2, variance },
        ]),
        8,
      );
      for (const _ of loss.draw(streams, sample));
      return loss.evaluate(new Float64Array(8).fill(1), new Float64Array(8));
    };
    const [none, one, four] = [1e-30, 1, 4].map((variance) => value(variance, 0));
    expect(four - none).toBeCloseTo(2 * (one - none), 10);
    expect(value(1, 1)).not.toBe(one);
    expect(value(1, 0)).toBe(one);
  });

  it("says how large a system fits into memory", () => {
    const create = () => createGaussianLoss(pureCovariance(3), 2000);
    expect(create).toThrow(InvalidParameterError);
    expect(create).toThrow(
      "simulation.size is 2000; allowed: at most 1171 for p = 3, where the couplings take 2.15 GB of memory",
    );
    expect(() => createGaussianLoss(pureCovariance(1000), 50)).toThrow(InvalidParameterError);
  });

  it.each([20, 150])("is the same for many states at once as for one, N = %i", (size) => {
    const covariance = createCovariance([
      { p: 2, variance: 1 },
      { p: 3, variance: 2 },
    ]);
    const streams = createStreams(SEED);
    const [one, many] = [1, 5].map((states) => {
      const loss = createGaussianLoss(covariance, size, { signal: 1, states });
      for (const _ of loss.draw(streams, 0));
      return loss;
    });
    const states = [0, 1, 2, 3, 4].map((sample) => {
      const x = new Float64Array(size);
      streams.stream("start", sample).fillNormal(x);
      projectOnSphere(x);
      return x;
    });
    const gradients = states.map((x) => new Float64Array(x.length));
    const losses = states.map(() => new Float64Array(2));
    many.evaluateAll(states, gradients, losses);
    for (const [r, x] of states.entries()) {
      const gradient = new Float64Array(size);
      const channels = new Float64Array(2);
      const total = one.evaluate(x, gradient, channels);
      expect(losses[r][0] + losses[r][1]).toBeCloseTo(total, 9);
      for (const [k, loss] of channels.entries()) expect(losses[r][k]).toBeCloseTo(loss, 9);
      for (let i = 0; i < size; i++) expect(gradients[r][i]).toBeCloseTo(gradient[i], 10);
    }
  });
});
