import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { loadFields } from "../../../src/run/fields-file";
import { computePoint } from "../../../src/run/sweep/compute-point";
import { parsePlan } from "../../../src/run/sweep/plan";
import { createPoints } from "../../../src/run/sweep/points";
import { runSweep } from "../../../src/run/sweep/run-sweep";
import { solveConfig } from "../../../src/systems/calls";
import { newFolder, thisThread } from "./this-thread";

const base = {
  system: "p-spin",
  parameters: { p: 3, temperature: 0.5 },
  method: { kind: "aging", until: 1e3, tolerance: 1e-3 },
  report: { times: [10, 1e3], quantities: ["loss"] },
};

async function jobOf(verb: "solve" | "simulate", config: object) {
  const { hashes } = await createPoints(parsePlan({ verb, base: config }));
  return { hash: hashes[0], verb, config: config as Readonly<Record<string, unknown>> };
}

/** Stops a point at a part of its progress, and computes it again. @returns how far it was then */
async function goneOn(job: Awaited<ReturnType<typeof jobOf>>, states: string, spoil = (_: string) => {}) {
  const stop = new AbortController();
  const stopped = await computePoint(
    job,
    { states },
    {
      signal: stop.signal,
      onProgress: ({ done, total }) => done > total / 2 && stop.abort(),
    },
  );
  expect(stopped).toMatchObject({ status: "failed", rows: [] });
  for (const name of readdirSync(join(states, job.hash))) spoil(join(states, job.hash, name));
  let first: number | undefined;
  const onProgress = ({ done, total }: { done: number; total: number }) => (first ??= done / total);
  const result = await computePoint(job, { states }, { onProgress });
  expect(readdirSync(states)).toEqual([]);
  return { first, result };
}

describe("a point that was stopped", () => {
  it.each([
    ["solve", base],
    ["simulate", { ...base, method: undefined, simulation: { size: 64, samples: 40, until: 1, step: 0.02 } }],
  ] as const)(
    "goes on with %s where it was, to the same numbers, and leaves no state",
    async (verb, config) => {
      const { method, ...rest } = config;
      const job = await jobOf(verb, {
        ...rest,
        ...(method ? { method } : { report: { ...rest.report, times: [1] } }),
      });
      const straight = await computePoint(job);
      const { first, result } = await goneOn(job, newFolder());
      expect(first).toBeGreaterThan(0.4);
      expect(straight.status).toBe("done");
      expect(result.rows).toEqual(straight.rows);
    },
  );

  it("begins anew where its state is damaged", async () => {
    const job = await jobOf("solve", base);
    const { first, result } = await goneOn(job, newFolder(), (file) => {
      const bytes = readFileSync(file);
      bytes[bytes.length >> 1] ^= 1;
      writeFileSync(file, bytes);
    });
    expect(first).toBeLessThan(0.4);
    expect(result.rows).toEqual((await computePoint(job)).rows);
  });

  it("loses nothing but its state where that cannot be written", async () => {
    const job = await jobOf("solve", base);
    const states = join(newFolder(), "a file");
    writeFileSync(states, "");
    expect(await computePoint(job, { states })).toMatchObject({ status: "done" });
  });
});

it("two-time functions of the points are in the folder, and a table tells where", async () => {
  const method = { kind: "uniform", until: 1, points: 20 };
  const report = { times: [1], quantities: ["loss"], fields: { points: 3 } };
  const plan = parsePlan({
    verb: "solve",
    base: { ...base, method, report },
    vary: { "parameters.temperature": [0.1, 0.2] },
  });
  const folder = newFolder();
  expect(await runSweep({ plan, folder, engine: thisThread })).toMatchObject({ status: "done" });
  expect(existsSync(join(folder, "state"))).toBe(false);
  const [head, ...lines] = readFileSync(join(folder, "fields.csv"), "utf8").trimEnd().split("\n");
  expect(head).toBe("point,parameters.temperature,file");
  expect(lines).toHaveLength(2);
  for (const [point, line] of lines.entries()) {
    const [number, temperature, file] = line.split(",");
    expect([number, temperature]).toEqual([String(point), ["0.1", "0.2"][point]]);
    const { time, functions, attributes } = await loadFields(join(folder, file));
    expect(JSON.parse(String(attributes.parameters)).temperature).toBe(Number(temperature));
    expect([...time]).toEqual([0, 0.5, 1]);
    const parameters = { ...base.parameters, temperature: Number(temperature) };
    const solution = await solveConfig({ system: "p-spin", parameters, method });
    const { correlation } = solution as unknown as { correlation(t: number, tPrime: number): number };
    expect(functions.correlation.value[3 * 2 + 1]).toBe(correlation(1, 0.5));
  }
  await expect(loadFields(join(folder, "fields", "none.h5"))).rejects.toMatchObject({ parameter: "file" });
});
