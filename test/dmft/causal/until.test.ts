import { expect, it } from "vitest";
import { solveCausal } from "../../../src/dmft";
import { phaseRetrieval } from "../../../src/models/phase-retrieval/problem";

// 96 trajectories are plenty for 12 steps of matched noise, and not for the 20 of the longer run.
it("marching does not depend on its end", async () => {
  const problem = phaseRetrieval({ sampleRatio: 2, initialOverlap: 0.5 });
  const march = (until: number) =>
    solveCausal(problem, { until, trajectories: 96, runs: 1, seed: 20261122, precision: "float64" });
  const [short, long] = [await march(0.1), await march(0.2)];
  for (const [name, curve] of Object.entries(short.series)) {
    for (const [k, value] of curve.entries()) expect(long.series[name][k], name).toBeCloseTo(value, 11);
  }
});
