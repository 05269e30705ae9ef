import { describe, expect, it } from "vitest";
import {
  createDrift,
  createLayout,
  excessRisk,
  packState,
  type QuadraticNetwork,
} from "../../../src/models/quadratic-network";
import { normPlateau } from "../../../src/theory/quadratic-network";

const networkOf = (width: number, share: number, labelNoise: number): QuadraticNetwork => ({
  width,
  learningRate: share * width,
  labelNoise,
  constraint: "none",
  trainSecondLayer: false,
  secondLayerRate: "per-dimension",
  dimension: Infinity,
});

const stateOf = (p: number, norm: number, overlap: number) =>
  packState({
    overlap: new Float64Array(p).fill(overlap),
    correlation: Float64Array.from({ length: p * p }, (_, i) => (i % (p + 1) === 0 ? norm : 0)),
    secondLayer: new Float64Array(p).fill(1),
  });

describe("norm learning", () => {
  const cases = [
    [1, 0.08, 0],
    [2, 0.04, 0.5],
    [5, 0.08, 0.1],
    [20, 0.04, 1],
  ] as const;

  it.each(cases)("is at rest in the equations, and stable: p = %i, γ/p = %f, Δ = %f", (p, share, noise) => {
    const network = networkOf(p, share, noise);
    const { norm, excessRisk: risk, escapeRate } = normPlateau(network)!;
    const rate = new Float64Array(createLayout(p).length);
    const drift = createDrift(network);
    const normRate = (q: number) => {
      drift(stateOf(p, q, 0), rate);
      return rate[createLayout(p).correlation(0, 0)];
    };
    expect(normRate(norm)).toBeCloseTo(0, 12);
    expect(normRate(norm * 1.001)).toBeLessThan(0);
    expect(normRate(norm * 0.999)).toBeGreaterThan(0);
    expect(excessRisk(stateOf(p, norm, 0), p)).toBeCloseTo(risk, 12);
    const small = 1e-6;
    drift(stateOf(p, norm, small), rate);
    expect(rate[0] / small).toBeCloseTo(escapeRate, 6);
  });

  it("settles at p/(p+2) for a vanishing rate: the saddle q = 1/3 of one neuron, with the risk 4/3", () => {
    const { norm, excessRisk: risk } = normPlateau({ width: 1, learningRate: 1e-9, labelNoise: 0 })!;
    expect(norm).toBeCloseTo(1 / 3, 8);
    expect(risk).toBeCloseTo(4 / 3, 8);
  });

  it("is not there where the equations have no rest either", () => {
    expect(normPlateau({ width: 2, learningRate: 0.6, labelNoise: 0 })).toBeUndefined();
    const drift = createDrift(networkOf(2, 0.3, 0));
    const rate = new Float64Array(createLayout(2).length);
    for (let q = 0.1; q < 10; q *= 1.1) {
      drift(stateOf(2, q, 0), rate);
      expect(rate[createLayout(2).correlation(0, 0)]).toBeGreaterThan(0);
    }
    expect(() => normPlateau({ width: 2, learningRate: 0, labelNoise: 0 })).toThrow(/learningRate/);
  });
});
