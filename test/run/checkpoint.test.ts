import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
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

it("refuses what another problem has saved, and what is damaged (damaged-checkpoint), and leaves it there", async () => {
  const folder = newFolder();
  const file = join(folder, "checkpoint.json");
  const problem = phaseRetrieval({ sampleRatio: 2, initialOverlap: 0.5 });
  const method = { until: 0.05, trajectories: 64, iterations: 8, runs: 1, seed: 20261122 };
  await solveDamped(problem, method, { checkpoint: await openCheckpoint(folder) });
  const whole = readFileSync(file, "utf8");
  const refused = async (sampleRatio: number) => {
    const store = { checkpoint: await openCheckpoint(folder) };
    return solveDamped({ ...problem, sampleRatio }, method, store).catch((error: unknown) => error);
  };
  expect(await refused(3)).toMatchObject({
    name: "InvalidParameterError",
    parameter: "--checkpoint",
    message: `--checkpoint ${folder} holds states of phase-retrieval (damped) with other parameters or another method; allowed: one that is empty, or holds the same problem and method`,
  });
  expect(readFileSync(file, "utf8")).toBe(whole);
  const flipped = (at: number) => whole.slice(0, at) + (whole[at] === "A" ? "B" : "A") + whole.slice(at + 1);
  const places = Array.from({ length: 40 }, (_, k) => Math.floor((k + 0.5) * (whole.length / 40)));
  for (const text of ["", "{}", whole.slice(0, -20), ...places.map(flipped)]) {
    writeFileSync(file, text);
    expect(await refused(2), text.slice(0, 20)).toMatchObject({
      parameter: "--checkpoint",
      message: `--checkpoint ${folder} holds a damaged checkpoint.json; allowed: a folder without one, or with one that is whole`,
    });
    expect(readFileSync(file, "utf8")).toBe(text);
  }
  rmSync(file);
  mkdirSync(file);
  await expect(refused(2)).resolves.toMatchObject({ message: expect.stringContaining("EISDIR") });
});
