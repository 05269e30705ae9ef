import { describe, expect, it } from "vitest";
import { InterruptedError, InvalidParameterError } from "../../../src/core/errors";
import { type SweepPoint, sweep } from "../../../src/run/sweep/sweep";
import { newFolder } from "./this-thread";

const plan = {
  verb: "predict",
  base: { system: "p-spin", parameters: { p: 3 }, report: { quantities: ["thresholdLoss"] } },
  vary: { "parameters.temperature": Float64Array.of(0.1, 0.2, 0.1, 0.3) },
};

describe("a sweep from a script", () => {
  it("gives its points as they come and then its table, in memory and in a folder", async () => {
    const tables: unknown[] = [];
    for (const folder of [undefined, newFolder()]) {
      const run = sweep(plan, { workers: 2, ...(folder && { folder }) });
      const found: SweepPoint[] = [];
      for await (const point of run) found.push(point);
      expect(found.map(({ point }) => point).sort()).toEqual([0, 1, 2, 3]);
      expect(found.find(({ point }) => point === 2)!.values).toEqual({ "parameters.temperature": 0.1 });
      const table = await run.table();
      expect(table.map((row) => row["parameters.temperature"])).toEqual([0.1, 0.2, 0.1, 0.3]);
      expect(table[1]).toMatchObject({
        quantity: "thresholdLoss",
        value: found.find(({ point }) => point === 1)!.rows[0].value,
      });
      tables.push(table);
      if (!folder) continue;
      // All of it is known: no point comes, the table is there.
      const again = sweep(plan, { folder, workers: 1 });
      for await (const point of again) expect.fail(`computed ${point.point} again`);
      expect(await again.table()).toEqual(table);
    }
    expect(tables[1]).toEqual(tables[0]);
  });

  it("ends with the loop over its points, and says what is wrong", async () => {
    const run = sweep(plan, { workers: 1 });
    for await (const _ of run) break;
    await expect(run.table()).rejects.toThrow(InterruptedError);
    expect(() => sweep({ ...plan, verb: "guess" })).toThrow(InvalidParameterError);
    await expect(
      (async () => {
        for await (const _ of sweep({ ...plan, seeds: 2 })) expect.fail("a point");
      })(),
    ).rejects.toMatchObject({ parameter: "seeds" });
  });
});
