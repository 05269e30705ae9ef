import { describe, expect, it } from "vitest";
import { quadraticNetwork } from "../../../src/models/quadratic-network/network";
import { kolmogorovSmirnov } from "../../../src/numerics/kolmogorov";
import { mean, standardError } from "../../../src/numerics/statistics";
import { type NetworkProblem, simulateNetwork } from "../../../src/simulate/quadratic-network";
import { quenchedExitTime, shiftedExitTime } from "../../../src/theory/quadratic-network/exit";
import { casesOf } from "../../reference/quadratic-cases";

const SEED = 20261122;

async function exits(
  problem: NetworkProblem,
  process: "exact" | "vectors",
  samples: number,
): Promise<Float64Array> {
  const simulation = { process, samples, seed: SEED, until: 20 };
  return (await simulateNetwork(problem, simulation)).events.exitTime;
}

describe("vectors and the exact process have one law of exit times (Kolmogorov-Smirnov, 1500 runs each)", () => {
  it.each([
    { width: 1, dimension: 300, learningRate: 0.12, labelNoise: 0.3, threshold: 0.01 },
    { width: 2, dimension: 60, learningRate: 0.3, labelNoise: 0.1, threshold: 0.3 },
    { width: 3, dimension: 200, learningRate: 0.6, labelNoise: 0.1, threshold: 0.05 },
    { width: 5, dimension: 40, learningRate: 0.3, labelNoise: 0.4, threshold: 0.3, trainSecondLayer: true },
  ])("p = $width, d = $dimension", async ({ threshold, ...settings }) => {
    const network = quadraticNetwork(settings);
    const problem: NetworkProblem = { network, start: "random", exit: { on: "risk", threshold } };
    const vectors = await exits(problem, "vectors", 1500);
    const exact = await exits(problem, "exact", 1500);
    expect(kolmogorovSmirnov(vectors, exact).pValue).toBeGreaterThan(1e-3);
    // The test can tell: another dimension has another law.
    const other = { ...problem, network: { ...network, dimension: 1.5 * network.dimension } };
    expect(kolmogorovSmirnov(vectors, await exits(other, "exact", 1500)).pValue).toBeLessThan(1e-3);
  });
});

describe("mean exit times of direct SGD", () => {
  it.each([
    ["sgd-ks_direct_300_1", 600, "random"],
    ["sgd-ks2_direct_3", 1500, "random"],
    ["sgd-ks2_direct_5s", 1500, "random"],
    ["sgd-rand_2", 150, "random"],
    ["sgd-rand_5", 150, "random"],
    ["sgd-rand_20", 25, "random"],
    ["sgd-m0zero", 100, "zero"],
  ] as const)("reference %s", async (id, samples, start) => {
    const [{ params, value, se }] = casesOf(id);
    const { p, d, gamma, Delta, T } = params as Record<string, number>;
    const network = quadraticNetwork({
      width: p,
      dimension: d,
      learningRate: gamma,
      labelNoise: Delta,
      trainSecondLayer: id.endsWith("5s"),
    });
    const zero = {
      overlap: Float64Array.of(0),
      correlation: Float64Array.of(1),
      secondLayer: Float64Array.of(1),
    };
    const problem: NetworkProblem = {
      network,
      start: start === "zero" ? zero : "random",
      exit: { on: "risk", threshold: T },
    };
    const found = await exits(problem, "exact", samples);
    const error = Math.hypot(standardError(found), se!);
    expect(Math.abs(mean(found) - (value as number))).toBeLessThan(4 * error);
  });
});

it("SGD exits before the deterministic equations by the shift of the noise (p = 1)", async () => {
  const settings = { width: 1, learningRate: 0.08, labelNoise: 0, dimension: 500, threshold: 0.1 };
  const problem: NetworkProblem = {
    network: quadraticNetwork(settings),
    start: "random",
    exit: { on: "risk", threshold: 0.1 },
  };
  const found = await exits(problem, "exact", 800);
  const error = standardError(found);
  expect(Math.abs(mean(found) - shiftedExitTime(settings)!)).toBeLessThan(3.5 * error);
  expect((quenchedExitTime(settings)! - mean(found)) / error).toBeGreaterThan(4);
});
