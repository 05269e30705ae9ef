import { describe, expect, it } from "vitest";
import { createFunctions, type OrderFunctions } from "../../../src/dmft/process/functions";
import { createRecursion } from "../../../src/dmft/process/recursion";
import { createSetup } from "../../../src/dmft/process/setup";
import { type PhaseRetrieval, phaseRetrieval } from "../../../src/models/phase-retrieval/problem";

const SEED = 20261122;

function solve(
  problem: PhaseRetrieval,
  steps: number,
  fill: (functions: OrderFunctions) => void,
  sphere: "projection" | "multiplier" = "projection",
) {
  const method = { until: steps * problem.learningRate, seed: SEED, sphere };
  const setup = createSetup(problem, method, 64);
  const functions = createFunctions(setup.nodes);
  fill(functions);
  const recursion = createRecursion(setup, functions);
  for (let k = 0; k <= steps; k++) recursion.advance(k);
  return { ...recursion, functions, nodes: setup.nodes };
}

/** Any positive definite noise, a memory, and one-time functions. */
function fillAny({ nodes, noise, memory, curvature, drive }: OrderFunctions): void {
  for (let k = 0; k < nodes; k++) {
    for (let j = 0; j < nodes; j++)
      noise[k * nodes + j] = 8 * Math.exp(-0.3 * Math.abs(k - j) - 0.02 * (k + j));
    for (let j = 0; j < k; j++) memory[k * nodes + j] = 20 * Math.cos(0.2 * k + 0.1 * j);
    curvature[k] = 3 + 0.1 * k;
    drive[k] = -0.5 + 0.02 * k;
  }
}

describe("deterministic recursion", () => {
  it("is Brownian motion on the sphere without forces", () => {
    const problem = phaseRetrieval({
      sampleRatio: 2,
      algorithm: "langevin",
      temperature: 0.7,
      initialOverlap: 0.4,
    });
    const { overlap, correlation, response, nodes } = solve(problem, 12, () => {});
    const a = 1 / Math.sqrt(1 + 2 * 0.7 * 0.01);
    for (let k = 0; k < nodes; k++) {
      expect(overlap[k]).toBeCloseTo(0.4 * a ** k, 13);
      for (let j = 0; j < k; j++) {
        expect(correlation[k * nodes + j] + overlap[k] * overlap[j]).toBeCloseTo(a ** (k - j), 13);
        expect(response[k * nodes + j]).toBeCloseTo(a ** (k - j), 13);
      }
    }
  });

  it("is an Ornstein-Uhlenbeck process with ridge and without forces", () => {
    const problem = phaseRetrieval({
      sampleRatio: 2,
      algorithm: "langevin",
      temperature: 0.7,
      constraint: { ridge: 2 },
    });
    const { correlation, nodes } = solve(problem, 12, () => {});
    const decay = 1 - 0.01 * 2;
    for (let k = 0; k < nodes; k++) {
      const heat = (2 * 0.7 * 0.01 * (1 - decay ** (2 * k))) / (1 - decay ** 2);
      expect(correlation[k * (nodes + 1)]).toBeCloseTo(decay ** (2 * k) + heat, 13);
    }
  });

  // C = x x′ c0 + R (η² M_C + 2Tη) Rᵀ, with the propagator R of kicks and that of the start, x, made column by column.
  it.each(["projection", "multiplier", "ridge"] as const)(
    "has the covariance of its linear process: %s",
    (kind) => {
      const problem = phaseRetrieval({
        sampleRatio: 2,
        algorithm: "langevin",
        temperature: 0.5,
        initialOverlap: 0.3,
        ...(kind === "ridge" && { constraint: { ridge: 0.8 } }),
      });
      const steps = 15;
      const eta = problem.learningRate;
      const found = solve(problem, steps, fillAny, kind === "multiplier" ? kind : "projection");
      const { nodes, scale, decay, correlation, response, functions } = found;
      /** Answer at all nodes to a field 1 at a node that stems from nothing before. */
      const propagate = (from: number) => {
        const x = new Float64Array(nodes);
        x[from] = 1;
        for (let k = from; k < steps; k++) {
          x[k + 1] = decay[k] * x[k];
          for (let i = from; i < k; i++) x[k + 1] += eta ** 2 * functions.memory[k * nodes + i] * x[i];
          x[k + 1] *= scale[k];
        }
        return x;
      };
      const kicks = Array.from({ length: steps }, (_, i) => propagate(i + 1).map((x) => x * scale[i]));
      const start = propagate(0);
      const variance = kind === "ridge" ? 1 : 1 - 0.3 ** 2;
      for (let k = 0; k < nodes; k++) {
        for (let l = 0; l <= k; l++) {
          let sum = variance * start[k] * start[l];
          for (let i = 0; i < steps; i++) {
            if (i < k) expect(response[k * nodes + i]).toBeCloseTo(kicks[i][k], 12);
            for (let j = 0; j < steps; j++) {
              const noise = eta ** 2 * functions.noise[i * nodes + j] + (i === j ? 2 * 0.5 * eta : 0);
              sum += kicks[i][k] * noise * kicks[j][l];
            }
          }
          expect(correlation[k * nodes + l]).toBeCloseTo(sum, 11);
        }
      }
    },
  );

  it("stays on the sphere to rounding by projection, and to the first order in the step by the multiplier", () => {
    const distance = (sphere: "projection" | "multiplier", learningRate: number) => {
      const problem = phaseRetrieval({ sampleRatio: 2, initialOverlap: 0.3, learningRate });
      const fill = (functions: OrderFunctions) => {
        const { nodes, noise, memory, curvature, drive } = functions;
        for (let k = 0; k < nodes; k++) {
          const t = k * learningRate;
          for (let j = 0; j < nodes; j++) noise[k * nodes + j] = 4 * Math.exp(-(t + j * learningRate));
          for (let j = 0; j < k; j++) memory[k * nodes + j] = 5 * Math.exp(-t);
          curvature[k] = 2;
          drive[k] = -0.4;
        }
      };
      const { overlap, correlation, nodes } = solve(problem, Math.round(0.2 / learningRate), fill, sphere);
      return Math.abs(correlation[nodes * nodes - 1] + overlap[nodes - 1] ** 2 - 1);
    };
    expect(distance("projection", 0.02)).toBeLessThan(1e-14);
    const [coarse, fine] = [distance("multiplier", 0.02), distance("multiplier", 0.01)];
    expect(coarse).toBeGreaterThan(1e-4);
    expect(coarse / fine).toBeGreaterThan(1.8);
    expect(coarse / fine).toBeLessThan(2.2);
  });
});
