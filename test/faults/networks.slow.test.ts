import { expect, it } from "vitest";
import { runCase } from "./run-case";

const persistent = {
  sampleRatio: 3,
  algorithm: "persistent-sgd",
  batchFraction: 0.5,
  persistence: 1,
  initialOverlap: 0.2,
  learningRate: 0.02,
};

it("phase-retrieval-t2: the damped iteration settles, at the overlap of finite systems", async () => {
  const { exit, message, rows } = await runCase("solve", {
    system: "phase-retrieval",
    parameters: persistent,
    method: { kind: "damped", until: 2 },
    report: { times: [2], quantities: ["overlap", "trainingLoss"] },
  });
  expect(exit, message).toBe(0);
  const [{ value, standardError }] = rows.filter(({ quantity }) => quantity === "overlap");
  // 81 data sets at N = 1000: 0.408 ± 0.007.
  expect(Math.abs((value as number) - 0.408)).toBeLessThan(3 * Math.hypot(0.007, standardError!));
  expect(standardError).toBeLessThan(0.02);
  expect(rows.map(({ quantity }) => quantity)).toContain("trainingLoss");
});

it("learning-rate-of-figure-4: on the sphere a run stays finite, with a note", async () => {
  const { exit, message, rows, notes } = await runCase("simulate", {
    system: "phase-retrieval",
    parameters: { ...persistent, batchFraction: 0.01, learningRate: 0.0025 },
    simulation: { size: 1000, samples: 1, until: 0.1 },
    report: { times: [0.1], quantities: ["overlap", "trainingLoss"] },
  });
  expect(exit, message).toBe(0);
  const values = rows.filter(({ statistic }) => statistic === "mean").map(({ value }) => value);
  expect(values).toHaveLength(2);
  for (const value of values) expect(Number.isFinite(value)).toBe(true);
  expect(notes.join()).toMatch(/the learning rate 0.0025 is not below/);
});
