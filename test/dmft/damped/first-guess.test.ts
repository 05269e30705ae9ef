import { describe, expect, it } from "vitest";
import { firstGuess } from "../../../src/dmft/damped/first-guess";
import { createSetup } from "../../../src/dmft/process/setup";
import { startAverages } from "../../../src/dmft/process/start-averages";
import { phaseRetrieval } from "../../../src/models/phase-retrieval/problem";
import { startValues } from "../../../src/models/phase-retrieval/start";

const method = { until: 0.05, seed: 20261122 };

describe("averages at the start", () => {
  it.each([
    phaseRetrieval({ sampleRatio: 2, initialOverlap: 0.5 }),
    phaseRetrieval({ sampleRatio: 3, algorithm: "sgd", batchFraction: 0.5 }),
    phaseRetrieval({ sampleRatio: 3, constraint: { ridge: 0.5 }, initialOverlap: 0.4 }),
    phaseRetrieval({
      sampleRatio: 3,
      algorithm: "sgd",
      batchFraction: 0.3,
      rescaleGradient: false,
      constraint: { ridge: 1 },
    }),
  ])("are the closed forms ($sampleRatio, $batchFraction, $constraint)", (problem) => {
    const averages = startAverages(createSetup(problem, method, 64));
    const expected = startValues(problem);
    expect(averages.noise).toBeCloseTo(expected.noiseKernel, 9);
    expect(averages.memory).toBeCloseTo(expected.responseKernel, 9);
    expect(averages.curvature).toBeCloseTo(expected.curvature, 10);
    expect(averages.drive).toBeCloseTo(expected.drive, 10);
    expect(-averages.radial).toBeCloseTo(expected.multiplier, 10);
    expect(averages.loss).toBeCloseTo(expected.trainingLoss, 10);
  });

  it("guess all later times from the start", () => {
    const guess = firstGuess(
      createSetup(phaseRetrieval({ sampleRatio: 2, initialOverlap: 0.5 }), method, 64),
    );
    expect(guess.nodes).toBe(6);
    expect(guess.noise[6 * 5 + 5]).toBeCloseTo(18, 9);
    expect(guess.noise[6 * 5 + 1]).toBeCloseTo(1.8, 9);
    expect(guess.memory.every((x) => x === 0)).toBe(true);
    expect(guess.curvature[5]).toBeCloseTo(4, 10);
  });
});
