import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { hashOf } from "../../src/run/manifest";
import { loadRun, openRun, type RunFiles } from "../../src/run/run-folder";
import { writeRun } from "./write-run";

const newFolder = () => mkdtempSync(join(tmpdir(), "twotime-"));

const run: RunFiles = {
  config: { system: "p-spin", parameters: { p: 3 }, report: { times: [0.1, 1 / 3] } },
  manifest: {
    version: "0.1.0",
    verb: "solve",
    status: "done",
    seed: "a text",
    times: { started: "2026-01-01T00:00:00.000Z" },
    parametersHash: hashOf({ p: 3 }),
  },
  rows: [
    { quantity: "loss", time: 1 / 3, value: -Math.PI, error: 5e-324 },
    { quantity: "multiplier", time: 0, value: "infinity" },
    { quantity: "overlap", index: [0, 1], sample: 3, statistic: "mean", value: 1e300, standardError: 0.1 },
  ],
  plots: { "loss.svg": "<svg/>" },
};

describe("a run folder", () => {
  it("gives back what was written", async () => {
    const folder = join(newFolder(), "new", "run");
    await writeRun(folder, run);
    const { config, manifest, rows } = await loadRun(folder);
    expect(config).toEqual(run.config);
    expect(rows).toEqual(run.rows);
    expect(manifest).toEqual({
      ...run.manifest,
      times: { ...run.manifest.times, finished: expect.stringMatching(/^\d{4}-.*Z$/) },
    });
    expect(readFileSync(join(folder, "loss.svg"), "utf8")).toBe("<svg/>");
  });

  it("that is damaged is told from a whole one", async () => {
    const folder = newFolder();
    await writeRun(folder, run);
    const rows = readFileSync(join(folder, "rows.csv"), "utf8");
    const refused = { name: "InvalidParameterError", parameter: "folder" };
    for (const damaged of [
      rows.replace(/,5e-324\n/, ",5e-324,1\n"),
      rows.replace(/,5e-324\n/, ",5e-324y\n"),
      rows.replace("multiplier", ""),
      rows.slice(0, rows.lastIndexOf(",") - 20),
    ]) {
      expect(damaged).not.toBe(rows);
      writeFileSync(join(folder, "rows.csv"), damaged);
      await expect(loadRun(folder), damaged).rejects.toMatchObject(refused);
    }
    writeFileSync(join(folder, "rows.csv"), rows);
    writeFileSync(join(folder, "manifest.json"), "{");
    await expect(loadRun(folder)).rejects.toMatchObject(refused);
  });

  it("says running from the start on, so that a killed run is told", async () => {
    const folder = newFolder();
    await openRun(folder, run);
    const killed = await loadRun(folder);
    expect(killed.manifest.status).toBe("running");
    expect(killed.rows).toEqual([]);
  });

  it("is taken back as if nothing had been, where a run never began", async () => {
    const parent = newFolder();
    const open = await openRun(join(parent, "deep", "run"), run);
    await open.discard();
    expect(readdirSync(parent)).toEqual([]);
  });

  it("that was there before stays when a run is taken back", async () => {
    const folder = newFolder();
    await (await openRun(folder, run)).discard();
    expect(readdirSync(folder)).toEqual([]);
    expect(existsSync(folder)).toBe(true);
  });

  it("with a whole run keeps it until the next one is whole", async () => {
    const folder = newFolder();
    await writeRun(folder, run);
    const again = await openRun(folder, run);
    expect((await loadRun(folder)).manifest.status).toBe("done");
    await again.finish({ status: "interrupted", rows: [] });
    expect((await loadRun(folder)).rows).toEqual(run.rows);
    const [row] = run.rows;
    await again.finish({ status: "done", rows: [row] });
    expect((await loadRun(folder)).rows).toEqual([row]);
  });

  it("with something else in it is refused, and left alone", async () => {
    const refused = { name: "InvalidParameterError", parameter: "--out" };
    const folder = newFolder();
    writeFileSync(join(folder, "notes.txt"), "mine");
    await expect(openRun(folder, run)).rejects.toMatchObject(refused);
    expect(readdirSync(folder)).toEqual(["notes.txt"]);

    const other = newFolder();
    await writeRun(other, run);
    const config = { ...run.config, parameters: { p: 4 } };
    await expect(openRun(other, { ...run, config })).rejects.toMatchObject(refused);
    const manifest = { ...run.manifest, verb: "compare" as const };
    await expect(openRun(other, { ...run, manifest })).rejects.toMatchObject(refused);
    expect((await loadRun(other)).config).toEqual(run.config);
  });

  it("that cannot be made is refused", async () => {
    const file = join(newFolder(), "file");
    writeFileSync(file, "");
    for (const folder of [file, join(file, "run")]) {
      await expect(openRun(folder, run)).rejects.toMatchObject({ parameter: "--out" });
    }
  });

  it("without a run is an error to load", async () => {
    const folder = newFolder();
    mkdirSync(join(folder, "manifest.json"));
    await expect(loadRun(folder)).rejects.toMatchObject({ parameter: "folder" });
  });
});

describe("the hash of parameters", () => {
  it("does not depend on the order of keys, but on every number", () => {
    const hash = hashOf({ p: 3, schedule: { rate: 0.5, exponent: 0.4 } });
    expect(hashOf({ schedule: { exponent: 0.4, rate: 0.5 }, p: 3 })).toBe(hash);
    expect(hashOf({ p: 3, schedule: { rate: 0.5, exponent: 0.4 + 2 ** -54 } })).not.toBe(hash);
  });
});
