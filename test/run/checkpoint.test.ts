import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { InterruptedError } from "../../src/core/errors";
import { solveDamped } from "../../src/dmft";
import { phaseRetrieval } from "../../src/models/phase-retrieval/problem";
import { openCheckpoint } from "../../src/run/checkpoint";

const newFolder = () => mkdtempSync(join(tmpdir(), "twotime-"));

it("gives back what was saved, to the last bit", async () => {
  const folder = newFolder();
  const saved = {
    system: "p-spin",
    parametersHash: "abc",
    solver: "uniform",
    version: "1",
    arrays: { odd: Float64Array.of(0.1, -0, Number.NaN, 5e-324, Infinity), none: new Float64Array(0) },
    scalars: { runs: 2 },
  };
  expect(await (await openCheckpoint(folder)).load()).toBeUndefined();
  await (await openCheckpoint(folder)).save(saved);
  expect(await (await openCheckpoint(folder)).load()).toEqual(saved);
});

it("lets a stopped iteration end with the same numbers", async () => {
  const folder = newFolder();
  const problem = phaseRetrieval({ sampleRatio: 2, initialOverlap: 0.5, learningRate: 0.02 });
  const method = { until: 0.2, trajectories: 256, iterations: 20, runs: 2, seed: 20261122 };
  const whole = await solveDamped(problem, method);
  const abort = new AbortController();
  const stopped = solveDamped(problem, method, {
    checkpoint: await openCheckpoint(folder),
    signal: abort.signal,
    onProgress: ({ done, total }) => done > 0.3 * total && abort.abort(),
  });
  await expect(stopped).rejects.toThrow(InterruptedError);
  const kept = (await (await openCheckpoint(folder)).load())!;
  expect(Object.keys(kept.arrays).length).toBeGreaterThan(0);
  const resumed = await solveDamped(problem, method, { checkpoint: await openCheckpoint(folder) });
  expect(resumed.series).toEqual(whole.series);
});
