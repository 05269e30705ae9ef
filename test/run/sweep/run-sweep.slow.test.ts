import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { columnsOf, rowCells } from "../../../src/run/csv";
import { runVerb } from "../../../src/run/execute";
import { createLocalEngine } from "../../../src/run/sweep/local";
import { parsePlan } from "../../../src/run/sweep/plan";
import { createPoints } from "../../../src/run/sweep/points";
import { runSweep } from "../../../src/run/sweep/run-sweep";
import { parseConfig } from "../../../src/systems/config/config";

const newFolder = () => mkdtempSync(join(tmpdir(), "twotime-sweep-"));
const engines = [1, 3].map((workers) => createLocalEngine({ workers }));
afterAll(() => Promise.all(engines.map((engine) => engine.close())));

const plan = parsePlan({
  verb: "simulate",
  base: {
    system: "p-spin",
    parameters: { p: 3 },
    simulation: { size: 24, samples: 2, until: 0.5, step: 0.05 },
    report: { times: [0.25, 0.5], quantities: ["loss"] },
  },
  vary: { "parameters.temperature": [0, 0.5, 1], "simulation.step": [0.05, 0.025] },
  seeds: 4,
});
const tableOf = (folder: string) => readFileSync(join(folder, "table.csv"), "utf8");

describe("a sweep in a folder", () => {
  it("gathers what the verb gives at each point, in the order of the plan, with any number of workers", async () => {
    const tables: string[] = [];
    for (const engine of engines) {
      const folder = newFolder();
      expect(await runSweep({ plan, folder, engine })).toEqual({
        status: "done",
        points: { total: 24, done: 24, failed: 0 },
        isGathered: true,
      });
      tables.push(tableOf(folder));
    }
    expect(tables[1]).toBe(tables[0]);
    const points = await createPoints(plan);
    const expected: string[] = [];
    for (let point = 0; point < points.size; point++) {
      const { rows } = await runVerb("simulate", parseConfig(points.configOf(point), "simulate"));
      for (const row of rows)
        expected.push([...points.valuesOf(point), ...rowCells(row, columnsOf(false))].join());
    }
    const lines = tables[0].trimEnd().split("\n");
    expect(lines[0]).toBe(
      "parameters.temperature,simulation.step,seed,quantity,time,time_prime,index,sample,statistic,value,standard_error,error",
    );
    expect(lines.slice(1)).toEqual(expected);
  });

  it("computes a point once ever: of an ended sweep, of a wider one, and of equal points", async () => {
    const folder = newFolder();
    const computed: string[] = [];
    const run = (source: object) =>
      runSweep({
        plan: parsePlan(source),
        folder,
        engine: engines[0],
        onResult: ({ hash }) => computed.push(hash),
      });
    const sweep = {
      verb: "predict",
      base: { system: "p-spin", parameters: { p: 3 } },
      vary: { "parameters.temperature": [0.1, 0.2, 0.1] },
    };
    await run(sweep);
    expect(computed).toHaveLength(2);
    await run(sweep);
    expect(computed).toHaveLength(2);
    await run({ ...sweep, vary: { "parameters.temperature": [0.1, 0.15, 0.2] } });
    expect(computed).toHaveLength(3);
    await expect(
      run({ ...sweep, verb: "solve", base: { ...sweep.base, method: { until: 1 } } }),
    ).rejects.toThrow('this one holds one of "predict"');
  });
});
