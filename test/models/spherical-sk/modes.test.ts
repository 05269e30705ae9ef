import { describe, expect, it } from "vitest";
import { criticalTemperature } from "../../../src/models/spherical-sk/critical-temperature";
import { createModes } from "../../../src/models/spherical-sk/modes";
import { groundStateLoss, outlierOf } from "../../../src/models/spherical-sk/outlier";
import { checkSphericalSk } from "../../../src/models/spherical-sk/problem";
import { scaledBesselI } from "../../../src/numerics/bessel";
import { mean } from "../../../src/numerics/statistics";
import { createStreams } from "../../../src/numerics/streams";
import { drawMatrix } from "../../../src/simulate/spherical-sk";
import { sphericalSk } from "../../volterra/spherical-sk/problem";

const sum = (values: Float64Array, of: (value: number, i: number) => number) =>
  values.reduce((total, value, i) => total + of(value, i), 0);

describe("createModes", () => {
  it.each([1, 100, 1e4, 1e8])("integrates e^{−2ks} to rounding for all s up to %d", (clock) => {
    const { below, weight } = createModes(sphericalSk(1), clock, 1);
    expect(sum(weight, (w) => w)).toBeCloseTo(1, 13);
    for (const s of [1e-3 * clock, 0.1 * clock, clock]) {
      const exact = scaledBesselI(1, 4 * s) / (2 * s);
      expect(sum(weight, (w, i) => w * Math.exp(-2 * below[i] * s)) / exact).toBeCloseTo(1, 11);
    }
  });

  it("takes twenty modes an octave of √s where equal angles take 8√s", () => {
    expect(createModes(sphericalSk(1), 1e8, 1).below.length).toBeLessThan(400);
  });

  it.each([0.25, 0.6, 0.999, 1, 1.5])("splits a macroscopic overlap over the modes, Δ = %d", (noise) => {
    const modes = createModes(sphericalSk(1, { noise, signal: 1, initialOverlap: 0.3 }), 10, 1);
    const { weight, start, overlap } = modes;
    expect(sum(weight, (w, i) => w * start[i])).toBeCloseTo(1, 11);
    expect(sum(overlap!, (m) => m)).toBeCloseTo(0.3, 11);
    expect(modes.outlier >= 0).toBe(noise < 1);
  });

  it("gives the outlier of a finite system the weight Z²/N", () => {
    const modes = createModes(sphericalSk(1, { noise: 0.5, signal: 1, size: 1000 }), 10, 0.455);
    expect(modes.weight[modes.outlier]).toBeCloseTo(0.455e-3, 15);
    expect(sum(modes.weight, (w) => w)).toBeCloseTo(1, 13);
    expect(modes.below[modes.outlier]).toBe(0);
    expect(Math.min(...modes.below.subarray(0, modes.outlier))).toBeGreaterThan(0.25);
  });
});

describe("the typical spectrum of a finite matrix without an outlier", () => {
  it("has its eigenvalues at the mean places of the edge, the rest as a density", () => {
    const size = 1e6;
    const { below, weight, share, outlier, topEigenvalue } = createModes(
      sphericalSk(1, { size }),
      1e4,
      0.455,
    );
    // Distances from the edge in units of N^−⅔: [3π(k − 3/4)/2]^⅔, for k = 2 the mean of the Tracy-Widom law, 3.2624.
    const scaled = (k: number) => (2 - topEigenvalue + below[k]) * size ** (2 / 3);
    expect(scaled(0)).toBeCloseTo((0.375 * Math.PI) ** (2 / 3), 3);
    expect(scaled(1)).toBeCloseTo(3.2624, 2);
    expect(outlier).toBe(0);
    expect(weight[0]).toBeCloseTo(0.455e-6, 15);
    expect(share[0]).toBe(1e-6);
    for (const all of [weight, share]) expect(sum(all, (w) => w)).toBeCloseTo(1, 12);
    for (let k = 1; k < 32; k++) expect(below[k]).toBeGreaterThan(below[k - 1]);
    expect(Math.min(...below.subarray(32))).toBeGreaterThan(below[31]);
    // Mean μ and μ² of the whole spectrum.
    expect(sum(share, (w, i) => w * (topEigenvalue - below[i]))).toBeCloseTo(0, 5);
    expect(sum(share, (w, i) => w * (topEigenvalue - below[i]) ** 2)).toBeCloseTo(1, 5);
  });

  it("is that of sampled matrices, to the width of their law", () => {
    const size = 400;
    const streams = createStreams(20261122);
    const law = { noise: 1, signal: 0, spectrum: "semicircle" } as const;
    const draws = Array.from({ length: 200 }, (_, k) => drawMatrix(law, size, "tridiagonal", streams, k));
    const gaps = draws.map(({ topEigenvalue, secondEigenvalue }) => topEigenvalue - secondEigenvalue);
    const { below } = createModes(sphericalSk(1, { size }), 100, 1);
    expect(Math.abs(mean(gaps) / below[1] - 1)).toBeLessThan(0.1);
  });
});

describe("outlierOf", () => {
  it("is the outlier of Baik, Ben Arous and Péché below Δ = 1, and none from there on", () => {
    const planted = { noise: 0.6, signal: 1, spectrum: "semicircle" } as const;
    const { topEigenvalue, gap, signalOverlapSquared } = outlierOf(planted);
    expect(topEigenvalue).toBeCloseTo(1.36, 14);
    expect(gap).toBeCloseTo(0.16, 14);
    expect(signalOverlapSquared).toBeCloseTo(0.64, 14);
    expect(groundStateLoss(planted)).toBeCloseTo(-0.68, 14);
    expect(outlierOf({ ...planted, noise: 1.2 })).toEqual({
      topEigenvalue: 2.4,
      gap: 0,
      signalOverlapSquared: 0,
    });
    expect(outlierOf({ ...planted, signal: 0 }).topEigenvalue).toBe(1.2);
  });
});

describe("criticalTemperature", () => {
  it.each([
    [{ noise: 0.7, signal: 0, spectrum: "semicircle" }],
    [{ noise: 0.7, signal: 0, spectrum: { kind: "marchenko-pastur", ratio: 0.4 } }],
    [{ noise: 0.7, signal: 1, spectrum: "semicircle" }],
    [{ noise: 1.3, signal: 1, spectrum: "semicircle" }],
  ] as const)("is 1/∫ρ/(λ1 − μ) of %j", (landscape) => {
    const { below, weight } = createModes(sphericalSk(1, landscape), 1e14, 1);
    const resolvent = sum(weight, (w, i) => w / below[i]);
    expect(criticalTemperature(landscape) * resolvent).toBeCloseTo(1, 6);
  });
});

describe("checkSphericalSk", () => {
  it.each([
    ["temperature", { temperature: -1 }],
    ["noise", { noise: 0 }],
    ["spectrum", { signal: 1, spectrum: { kind: "marchenko-pastur", ratio: 0.5 } }],
    ["spectrum.ratio", { spectrum: { kind: "marchenko-pastur", ratio: 2 } }],
    ["size", { size: 2.5 }],
    ["spikeWeight", { signal: 1, size: 10, spikeWeight: 20 }],
    ["initialOverlap", { initialOverlap: 0.1 }],
    ["initialOverlap", { signal: 1, initialOverlap: 0.1, size: 100 }],
    ["initialOverlap", { signal: 1, initialOverlap: 2 }],
  ] as const)("names %s in %j", (parameter, different) => {
    expect(() => checkSphericalSk(sphericalSk(1, different))).toThrow(expect.objectContaining({ parameter }));
  });
});
