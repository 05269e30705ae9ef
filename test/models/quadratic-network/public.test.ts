import { describe, expect, it } from "vitest";
import {
  createDrift,
  createNoiseCovariance,
  type NetworkState,
  packState,
  quadraticNetwork,
  sphereHessianEigenvalues,
} from "../../../src/systems/quadratic-network";
import { casesOf, type ReferenceCase } from "../../reference/quadratic-cases";

function problemOf({ params }: ReferenceCase) {
  const { p, m, Q, q, gamma, Delta, d } = params as Record<string, unknown>;
  const overlap = Float64Array.from([m].flat() as number[]);
  const state: NetworkState = {
    overlap,
    correlation: Float64Array.from(((Q as number[][]) ?? [[q]]).flat()),
    secondLayer: overlap.map(() => 1),
  };
  const network = quadraticNetwork({
    width: p as number,
    learningRate: gamma as number,
    labelNoise: Delta as number,
    constraint: "none",
    dimension: (d as number) ?? Infinity,
  });
  return { network, state };
}

function near(found: readonly number[], { value, tolerance }: ReferenceCase): void {
  expect(found.length).toBe((value as number[]).length);
  for (const [i, x] of found.entries()) expect(Math.abs(x - (value as number[])[i])).toBeLessThan(tolerance);
}

describe("reference cases of the order parameters, from the package entry", () => {
  it.each(casesOf("drift-"))("$id", (one) => {
    const { network, state } = problemOf(one);
    const y = packState(state);
    const rate = new Float64Array(y.length);
    createDrift(network, network.dimension < Infinity)(y, rate);
    near([...rate.subarray(0, y.length - network.width)], one);
  });

  it.each(casesOf("cov-"))("$id", (one) => {
    const { network, state } = problemOf(one);
    const noise = createNoiseCovariance(network);
    noise.load(packState(state));
    const places = Array.from({ length: noise.size }, (_, i) => i);
    near(
      places.flatMap((i) => places.slice(i).map((k) => noise.entry(i, k))),
      one,
    );
  });

  it.each(casesOf("shess-"))("$id", (one) => {
    near(sphereHessianEigenvalues((one.params as Record<string, number>).m), one);
  });

  it("refuses what makes no sense by name", () => {
    const { network, state } = problemOf(casesOf("cov-2-1-")[0]);
    const wrong = { ...network, learningRate: -1 };
    expect(() => createDrift(wrong)).toThrow(expect.objectContaining({ parameter: "learningRate" }));
    expect(() => createNoiseCovariance(wrong)).toThrow(
      expect.objectContaining({ parameter: "learningRate" }),
    );
    expect(() => packState({ ...state, correlation: Float64Array.of(1) })).toThrow(
      expect.objectContaining({ parameter: "correlation" }),
    );
  });
});
