import { describe, expect, it } from "vitest";
import { type DmftSolution, solveCausal, solveDamped } from "../../src/dmft";
import type { Cost } from "../../src/models/cost";
import { phaseRetrieval } from "../../src/models/phase-retrieval/problem";

/** Linear regression: everything follows from the moments of the Marchenko-Pastur law. */
const squares: Cost = {
  value: (h, h0) => (h - h0) ** 2 / 2,
  first: (h, h0) => h - h0,
  second: () => 1,
};
const ALPHA = 2;
const ETA = 0.1;
const START = 0.3;
const problem = phaseRetrieval({
  sampleRatio: ALPHA,
  initialOverlap: START,
  learningRate: ETA,
  constraint: { ridge: 0 },
});

/** Moments E xᵏ of the eigenvalues of XᵀX/N, M = αN: Σ_r N(k, r) αʳ with the Narayana numbers. */
function moment(k: number): number {
  let sum = k === 0 ? 1 : 0;
  for (let r = 1; r <= k; r++) sum += (choose(k, r) * choose(k, r - 1) * ALPHA ** r) / k;
  return sum;
}

function choose(n: number, k: number): number {
  return k === 0 ? 1 : (choose(n, k - 1) * (n - k + 1)) / k;
}

/** E (1 − ηx)ᵏ */
function decay(k: number): number {
  let sum = 0;
  for (let i = 0; i <= k; i++) sum += choose(k, i) * (-ETA) ** i * moment(i);
  return sum;
}

const STEPS = 8;
const method = { until: STEPS * ETA, seed: 20261122, cost: squares, precision: "float64" as const };

function expectLaw(solution: DmftSolution): void {
  for (let k = 1; k <= STEPS; k++) {
    // All trajectories have the same responses, so these are free of sampling errors.
    for (let j = 0; j < k; j++) {
      expect(solution.response(k * ETA, j * ETA)).toBeCloseTo(decay(k - j - 1), 10);
    }
    // w − w0 = (1 − ηX)ᵏ (w(0) − w0), and |w(0) − w0|²/N = (m0 − 1)² + 1.
    const squared = (START - 1) ** 2 + 1;
    const expected = {
      overlap: 1 + (START - 1) * decay(k),
      norm: 1 + 2 * (START - 1) * decay(k) + squared * decay(2 * k),
    };
    for (const name of ["overlap", "norm"] as const) {
      const error = solution.standardError[name][k];
      expect(error).toBeLessThan(0.02);
      expect(Math.abs(solution.series[name][k] - expected[name]), `${name} ${k}`).toBeLessThan(5 * error);
    }
    // α ⟨v⟩ = (w − w0)·X (w − w0)/(2N)
    const excess = (squared * (decay(2 * k) - decay(2 * k + 1))) / ETA / 2 / ALPHA;
    const error = solution.standardError.trainingLoss[k];
    expect(Math.abs(solution.series.trainingLoss[k] - excess), `loss ${k}`).toBeLessThan(5 * error);
  }
}

describe("effective process of linear regression", () => {
  it("has the moments of the Marchenko-Pastur law by iteration", async () => {
    expectLaw(
      await solveDamped(problem, { ...method, trajectories: 256, iterations: 30, runs: 8, guess: "paper" }),
    );
  });

  it("has the moments of the Marchenko-Pastur law step by step", async () => {
    expectLaw(await solveCausal(problem, { ...method, trajectories: 1024, runs: 8 }));
  });

  it("has the same responses by probes, within their noise", async () => {
    const probed = {
      trajectories: 512,
      iterations: 30,
      runs: 8,
      guess: "paper",
      response: { probes: 2 },
    } as const;
    const solution = await solveDamped(problem, { ...method, ...probed });
    for (let k = 1; k <= STEPS; k++) {
      const { value, standardError } = solution.kernel("response", k * ETA, 0);
      expect(Math.abs(value - decay(k - 1))).toBeLessThan(5 * standardError + 1e-12);
    }
  });
});
