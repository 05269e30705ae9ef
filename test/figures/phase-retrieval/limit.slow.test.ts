import { expect, it } from "vitest";
import { solveParticles } from "../../../src/dmft";
import { type PhaseRetrieval, phaseRetrieval } from "../../../src/models/phase-retrieval/problem";

/** Last losses and overlaps of single runs at α = 3, m0 = 0.2 in the limit N → ∞. */
async function ends(change: Partial<PhaseRetrieval>, until: number) {
  const problem = phaseRetrieval({ sampleRatio: 3, learningRate: 0.02, ...change });
  const { curves } = await solveParticles(problem, { until, particles: 8192, runs: 3, seed: 20261122 });
  const last = (name: string) => curves[name].map((run) => run[run.length - 1]);
  return { losses: last("trainingLoss"), overlaps: last("overlap") };
}

it("in the limit persistent SGD recovers the signal exactly, and gradient descent stays on a plateau", async () => {
  for (const persistence of [1, 2]) {
    const persistent = { algorithm: "persistent-sgd", batchFraction: 0.5, persistence } as const;
    const { losses } = await ends(persistent, 150);
    for (const loss of losses) expect(loss, `τ = ${persistence}`).toBeLessThan(1e-7);
  }
  const descent = await ends({}, 400);
  for (const loss of descent.losses) expect(loss).toBeGreaterThan(0.06);
  for (const overlap of descent.overlaps) {
    expect(overlap).toBeGreaterThan(0.45);
    expect(overlap).toBeLessThan(0.75);
  }
});
