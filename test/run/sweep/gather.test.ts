import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Dataset } from "h5wasm";
import { asyncBufferFromFile, parquetReadObjects } from "hyparquet";
import { describe, expect, it } from "vitest";
import { InterruptedError } from "../../../src/core/errors";
import { inMemory } from "../../../src/run/hdf5";
import type { Estimate } from "../../../src/run/sweep/compute";
import type { Engine, PointResult } from "../../../src/run/sweep/engine";
import { exportSweep } from "../../../src/run/sweep/gather";
import { parsePlan } from "../../../src/run/sweep/plan";
import { printLine, readLine } from "../../../src/run/sweep/point-journal";
import { runSweep } from "../../../src/run/sweep/run-sweep";
import { shareOf } from "../../../src/run/sweep/shard";
import { sweepStatus } from "../../../src/run/sweep/status";
import { verifySweep } from "../../../src/run/sweep/verify";
import { newFolder, thisThread } from "./this-thread";

const text = (folder: string, name: string) => readFileSync(join(folder, name), "utf8");
const run = (source: object, folder = newFolder(), more = {}) =>
  runSweep({ plan: parsePlan(source), folder, engine: thisThread, ...more }).then((outcome) => ({
    ...outcome,
    folder,
  }));

const predictions = {
  verb: "predict",
  base: { system: "p-spin", parameters: { p: 3 }, report: { quantities: ["plateau", "thresholdLoss"] } },
  vary: {
    "parameters.temperature": [0.1, 0.2, 5],
    "parameters.schedule": [1, { kind: "constant", rate: 2 }],
  },
};

describe("the tables of a sweep", () => {
  it("hold keys of any kind and the rows, once as text and once with types", async () => {
    const { folder, status } = await run(predictions);
    expect(status).toBe("done");
    const lines = text(folder, "table.csv").trimEnd().split("\n");
    expect(lines[3]).toMatch(
      /^0\.1,"\{""kind"":""constant"",""rate"":2\}",(plateau|thresholdLoss),,,,,,-?0\.\d+,,$/,
    );
    const table = await parquetReadObjects({
      file: await asyncBufferFromFile(join(folder, "table.parquet")),
    });
    expect(table).toHaveLength(lines.length - 1);
    for (const [k, row] of table.entries()) {
      expect(row["parameters.temperature"]).toBe([0.1, 0.2, 5][Math.floor((6 * k) / table.length / 2)]);
      const value = row.word ?? row.value;
      const cells = lines[k + 1].split(",");
      expect(String(value)).toBe(cells.at(-3));
    }
    expect(text(folder, "failures.csv")).toBe("point,parameters.temperature,parameters.schedule,message\n");
    await exportSweep(folder, "hdf5");
    const stored = await inMemory(async ({ File, FS }, path) => {
      FS.writeFile(path, readFileSync(join(folder, "table.h5")));
      const file = new File(path, "r");
      const columns = ["parameters.temperature", "quantity"].map((name) =>
        (file.get(name) as Dataset).to_array(),
      );
      file.close();
      return columns;
    });
    expect(stored).toEqual(
      ["parameters.temperature", "quantity"].map((name) => table.map((row) => row[name])),
    );
  });

  it("name the points that failed, which are tried again", async () => {
    const failing = {
      verb: "simulate",
      base: {
        system: "p-spin",
        parameters: { p: 3 },
        simulation: { samples: 2, until: 0.1 },
        report: { times: [0.1], quantities: ["loss"] },
      },
      // The second fits into no memory, as only the simulator can tell.
      vary: { "simulation.size": [16, 1e7] },
    };
    const { folder, status, message, points } = await run(failing);
    expect({ status, message, points }).toEqual({
      status: "failed",
      message: "1 of 2 points failed, see failures.csv",
      points: { total: 2, done: 1, failed: 1 },
    });
    expect(text(folder, "failures.csv")).toMatch(
      /^point,simulation.size,message\n1,10000000,.*of memory.*\n$/,
    );
    expect(text(folder, "table.csv")).toMatch(/^.*\n16,loss,0\.1,.*\n$/);
    const computed: string[] = [];
    await run(failing, folder, { onResult: ({ status }: { status: string }) => computed.push(status) });
    expect(computed).toEqual(["failed"]);
    expect(await sweepStatus(folder)).toMatchObject({
      status: "failed",
      points: { total: 2, done: 1, failed: 1 },
    });
  });

  it("hold what is finished after an abort, and all of it once the sweep has gone on", async () => {
    const whole = text((await run(predictions)).folder, "table.csv");
    const controller = new AbortController();
    const stopped = await run(predictions, newFolder(), {
      options: { signal: controller.signal },
      onResult: () => controller.abort(),
    });
    expect(stopped.status).toBe("interrupted");
    expect(stopped.points).toEqual({ total: 6, done: 1, failed: 0 });
    const { folder } = stopped;
    expect(whole.startsWith(text(folder, "table.csv"))).toBe(true);
    await run(predictions, folder);
    expect(text(folder, "table.csv")).toBe(whole);
    writeFileSync(join(folder, "table.csv"), "");
    expect(await exportSweep(folder, "csv")).toEqual({ total: 6, done: 6, failed: 0 });
    expect(text(folder, "table.csv")).toBe(whole);
  });

  it("are planned without what is known, equal to others, or another share's", async () => {
    const plans: Pick<Estimate, "points" | "known" | "missing" | "pointSeconds">[] = [];
    const onEstimate = (estimate: Estimate) => plans.push(estimate) > 0;
    const jobs: string[] = [];
    const more = { onEstimate, onResult: ({ hash }: PointResult) => jobs.push(hash) };
    const twice = { ...predictions, vary: { "parameters.temperature": [0.1, 0.2, 0.3, 0.1] } };
    const shares = [1, 2].map((index) => ({ ...more, ...shareOf({ index, count: 2 }) }));
    const { folder, isGathered } = await run(twice, newFolder(), shares[0]);
    expect(plans[0]).toMatchObject({ points: 4, known: 0, missing: 2 });
    // The last point is equal to one of the other share's.
    expect([isGathered, readdirSync(folder).includes("table.csv")]).toEqual([false, false]);
    expect((await sweepStatus(folder)).status).toBe("incomplete");
    expect(await run(twice, folder, shares[1])).toMatchObject({ status: "done", isGathered: true });
    expect(plans[1]).toMatchObject({ points: 4, known: 3, missing: 1 });
    expect(await run(twice, folder, more)).toMatchObject({ status: "done", isGathered: true });
    expect(plans[2]).toEqual({ points: 4, known: 4, missing: 0, workers: 1 });
    expect(new Set(jobs).size).toBe(jobs.length);
    expect(jobs).toHaveLength(3);
    expect((await sweepStatus(folder)).damaged).toBe(0);
  });

  it("are complete where the sweep ended with its plan", async () => {
    const { status, points } = await run(predictions, newFolder(), { onEstimate: () => false });
    expect(status).toBe("interrupted");
    expect(points.done).toBe(3);
  });
});

describe("a folder in use", () => {
  it("is refused to a second sweep, and free after the first", async () => {
    const folder = newFolder();
    let second: Promise<unknown> = Promise.resolve();
    await run(predictions, folder, {
      async onEstimate() {
        second = run(predictions, folder);
        await expect(second).rejects.toThrow(/is in use by process \d+ on /);
        return true;
      },
    });
    expect((await run(predictions, folder)).status).toBe("done");
  });

  it("is free where the process that had it is gone", async () => {
    const { folder } = await run(predictions);
    const gone = { pid: 2 ** 22 + 1, host: (await import("node:os")).hostname(), token: "a" };
    writeFileSync(join(folder, "lock"), JSON.stringify(gone));
    expect((await run(predictions, folder)).status).toBe("done");
    expect(readdirSync(folder)).not.toContain("lock");
  });
});

describe("verification", () => {
  it("says that all is the same, or which point is not", async () => {
    const { folder } = await run(predictions);
    expect(await verifySweep(folder, thisThread, 4)).toEqual({
      points: 4,
      same: 4,
      difference: 0,
      wrong: [],
      faults: [],
    });
    const [journal] = readdirSync(join(folder, "points"));
    const lines = text(folder, `points/${journal}`).trimEnd().split("\n");
    const changed = readLine(lines[0])!;
    const [row, ...rows] = changed.rows as { value: number; quantity: string }[];
    lines[0] = printLine({ ...changed, rows: [{ ...row, value: row.value * 1.01 }, ...rows] });
    writeFileSync(join(folder, "points", journal), `${lines.join("\n")}\n`);
    const found = await verifySweep(folder, thisThread, 100);
    expect(found).toMatchObject({ points: 6, same: 5, wrong: [{ point: 0 }] });
    expect(found.faults).toEqual(["table.csv is not what the points say: export makes it anew"]);
    expect(found.difference).toBeCloseTo(0.01 / 1.01, 6);
  });

  it("of a share alone says that the sweep is not whole, and finds no fault with that", async () => {
    const half = { isMine: (point: number) => point % 2 === 0 };
    const { folder, status, isGathered } = await run(predictions, newFolder(), half);
    expect([status, isGathered]).toEqual(["done", false]);
    expect(JSON.parse(text(folder, "manifest.json"))).toMatchObject({
      status: "incomplete",
      points: { total: 6, done: 3 },
    });
    expect(await verifySweep(folder, thisThread, 9)).toMatchObject({ points: 3, same: 3, faults: [] });
  });

  it("looks at other points each time, as many as are asked for, in all parts of the plan", async () => {
    const { folder } = await run(predictions);
    const [first, second] = [new Set<string>(), new Set<string>()];
    for (let look = 0; look < 40; look++) {
      const looked: string[] = [];
      const engine: Engine = {
        ...thisThread,
        compute: (jobs, options) => {
          const all = [...jobs];
          looked.push(...all.map(({ config }) => JSON.stringify(config.parameters)));
          return thisThread.compute(all, options);
        },
      };
      await verifySweep(folder, engine, 2);
      first.add(looked[0]);
      second.add(looked[1]);
    }
    expect([first.size, second.size]).toEqual([3, 3]);
    expect(new Set([...first, ...second]).size).toBe(6);
  });

  it("and status name points that are gone, and a table that was changed", async () => {
    const { folder } = await run(predictions);
    const [journal] = readdirSync(join(folder, "points"));
    const lines = text(folder, `points/${journal}`).split("\n");
    const table = text(folder, "table.csv");
    writeFileSync(join(folder, "table.csv"), table.replace(/,-0\.(\d)/, ",-0.9$1"));
    expect((await verifySweep(folder, thisThread, 1)).faults).toEqual([
      "table.csv is not what the points say: export makes it anew",
    ]);
    lines[1] = lines[1].replace(/"value":-?0\.\d/, '"value":0.7');
    writeFileSync(join(folder, "points", journal), lines.join("\n"));
    expect((await verifySweep(folder, thisThread, 100)).faults).toEqual([
      "1 of 6 points are missing (a damaged line): resume computes them",
    ]);
    // Of a sweep that was stopped points may be missing, but not lines that were written.
    const manifest = JSON.parse(text(folder, "manifest.json"));
    const stopped = JSON.stringify({ ...manifest, status: "interrupted" });
    writeFileSync(join(folder, "manifest.json"), stopped);
    expect((await verifySweep(folder, thisThread, 100)).faults).toHaveLength(1);
    writeFileSync(join(folder, "manifest.json"), JSON.stringify(manifest));
    expect(await sweepStatus(folder)).toMatchObject({ status: "incomplete", damaged: 1 });
    await run(predictions, folder);
    expect(await sweepStatus(folder)).toMatchObject({ status: "done", damaged: 1 });
    expect((await verifySweep(folder, thisThread, 1)).faults).toEqual([]);
    expect(text(folder, "table.csv")).toBe(table);
  });

  it("stops when it is told to", async () => {
    const { folder } = await run(predictions);
    const stopped = verifySweep(folder, thisThread, 4, { signal: AbortSignal.abort() });
    await expect(stopped).rejects.toThrow(InterruptedError);
  });
});
