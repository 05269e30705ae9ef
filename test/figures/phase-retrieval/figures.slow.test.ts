import { expect, it } from "vitest";
import { descentRatio } from "../../../src/figures/phase-retrieval/descent-ratio";
import { noise } from "../../../src/figures/phase-retrieval/noise";
import { type PhaseRuns, recoveredShare } from "../../../src/figures/phase-retrieval/runs";
import { expectSound } from "../sound";
import { createTools } from "../tools";

it("gradient descent from random starts recovers more often with more measurements, from few to nearly all", async () => {
  const ratios = [1.5, 2, 3, 4, 5, 6, 7, 9];
  const sizes = { sizes: [20, 30, 40], ratios, samples: 16, until: 20, learningRate: 0.02 };
  const result = await descentRatio.make(sizes, createTools());
  expectSound(result);
  const [, { shares }] = (result.data as { curves: { shares: { share: number }[] }[] }).curves;
  expect(shares[0].share).toBeLessThan(0.2);
  expect(shares[4].share).toBeGreaterThan(shares[0].share);
  expect(shares[7].share).toBeGreaterThan(0.8);
  expect(result.notes[1]).toMatch(/^N = 30: half of the runs recover at α = [2-5]\.\d\.$/);
});

it("an intermediate temperature recovers more than none and than a high one, by three standard errors", async () => {
  const sizes = {
    batches: [],
    persistences: [1],
    vanilla: false,
    temperatures: [1, 10],
    learningRate: 0.02,
    size: 100,
    samples: 32,
    until: 40,
    coldFrom: 25,
  };
  const { data, notes } = await noise.make(sizes, createTools());
  const [descent, , middle, hot] = (data as { runs: PhaseRuns[] }).runs.map(recoveredShare);
  for (const end of [descent, hot]) {
    expect(middle.share - end.share).toBeGreaterThan(3 * Math.hypot(middle.error, end.error));
  }
  expect(notes.join(" ")).toMatch(/Temperature: most runs recover at T = 1 /);
});
