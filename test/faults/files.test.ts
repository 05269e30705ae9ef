import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { InterruptedError } from "../../src/core/errors";
import type { Figure, FigureResult } from "../../src/figures";
import { type Atlas, runAtlas } from "../../src/run/atlas";
import { openCheckpoint } from "../../src/run/checkpoint";
import { openFolder } from "../../src/run/open-folder";
import { readConfig } from "../../src/run/read-config";
import { loadRun, openRun, type RunFiles } from "../../src/run/run-folder";

const newFolder = () => mkdtempSync(join(tmpdir(), "twotime-"));
const read = (...path: string[]) => readFileSync(join(...path), "utf8");

const run: RunFiles = {
  config: { system: "p-spin", parameters: { p: 3 } },
  manifest: {
    version: "0.1.0",
    verb: "simulate",
    status: "done",
    times: { started: "2026-01-01T00:00:00.000Z" },
    parametersHash: "0",
  },
  rows: [{ quantity: "loss", time: 1, value: -0.5 }],
};

describe("the folder of a run", () => {
  it.each(["", " "])("needs a name: %j is none", async (folder) => {
    const before = readdirSync(".");
    await expect(openRun(folder, run)).rejects.toMatchObject({ parameter: "--out", value: folder });
    await expect(openCheckpoint(folder)).rejects.toMatchObject({ parameter: "--checkpoint" });
    expect(readdirSync(".")).toEqual(before);
  });

  it.skipIf(!existsSync("/proc/self"))("is refused where the system makes none, without end", async () => {
    await expect(openFolder("/proc/nope/deeper", "--out")).rejects.toMatchObject({ parameter: "--out" });
  });

  it("keeps the rows of what is finished for a run that is killed", async () => {
    const folder = newFolder();
    const open = await openRun(folder, run);
    await open.keep(run.rows, "so far: means over 3 samples");
    const killed = await loadRun(folder);
    expect(killed.rows).toEqual(run.rows);
    expect(killed.manifest).toMatchObject({ status: "running", message: "so far: means over 3 samples" });
    await open.finish({ status: "done", rows: [] });
    const { manifest, rows } = await loadRun(folder);
    expect([manifest.status, manifest.message, rows]).toEqual(["done", undefined, []]);
  });

  it("with a whole run is left alone by what is not whole", async () => {
    const folder = newFolder();
    await (await openRun(folder, run)).finish({ status: "done", rows: run.rows });
    await (await openRun(folder, run)).keep([], "so far: nothing");
    expect((await loadRun(folder)).rows).toEqual(run.rows);
  });

  it("says failed where the disk is full at the end", async () => {
    const folder = newFolder();
    let isFull = false;
    const fillingDisk: typeof openFolder = async (...where) => {
      const files = await openFolder(...where);
      return {
        ...files,
        write: (name, text) => (isFull ? Promise.reject(new Error("ENOSPC")) : files.write(name, text)),
      };
    };
    const open = await openRun(folder, run, fillingDisk);
    isFull = true;
    await expect(open.finish({ status: "done", rows: run.rows })).rejects.toThrow("ENOSPC");
    expect((await loadRun(folder)).manifest).toMatchObject({ status: "failed", message: "ENOSPC" });
  });
});

describe("a config file", () => {
  const fileWith = (text: string) => {
    const path = join(newFolder(), "config");
    writeFileSync(path, text);
    return path;
  };
  const line = /^config file is [^\n]{1,300}$/;

  it.each([
    ["a key twice", '{ "system": "p-spin", "method": { "until": 1, "until": 2 } }', /"until" is there twice/],
    ["a key twice, once in other letters", '{ "a": 1, "\\u0061": 2 }', /"a" is there twice/],
    ["a key twice in YAML", "system: p-spin\nsystem: convex", /unique/],
    ["lists without end", "[".repeat(200_000), /at most 64/],
    ["whole lists without end", "[".repeat(200_000) + "]".repeat(200_000), /at most 64/],
    ["a key of 10 MB", `{ "${"k".repeat(1e7)}": 1 }`, /at most 4 MB/],
  ])("with %s is refused in one line", async (_, text, reason) => {
    const error = await readConfig(fileWith(text)).catch((error: Error) => error);
    expect(error).toMatchObject({ name: "InvalidParameterError", parameter: "config file" });
    expect((error as Error).message).toMatch(line);
    expect((error as Error).message).toMatch(reason);
  });

  it.skipIf(!existsSync("/dev/zero"))("without end is refused", async () => {
    await expect(readConfig("/dev/zero")).rejects.toMatchObject({ parameter: "config file" });
  });

  it("may have a key in two records, brackets in texts, and some depth", async () => {
    const config = { a: { b: 1 }, c: { b: '{[":' }, d: JSON.parse("[".repeat(60) + "]".repeat(60)) };
    expect(await readConfig(fileWith(JSON.stringify(config)))).toEqual(config);
  });
});

describe("the folder of the atlas", () => {
  const figure = (id: string, make: () => Promise<void>): Figure => {
    const words = { id, title: id, paper: "A paper" };
    const result = { ...words, panels: [], data: {}, caption: "", notes: [], recipes: [], citations: [] };
    const run = async () => {
      await make();
      return result as FigureResult;
    };
    return { ...words, cost: { quick: 1, standard: 1, paper: 1 }, make: run, run } as unknown as Figure;
  };
  const atlasOf = (first: () => Promise<void>, second: () => Promise<void>): Atlas => ({
    figures: [figure("one", first), figure("two", second)],
    renderReport: (results) => results.map(({ id }) => id).join(" "),
  });
  const fine = async () => {};
  const stop = async () => {
    throw new InterruptedError();
  };
  const request = (folder: string) => ({ preset: "quick" as const, folder, options: {} });

  it("is refused where it has a page of something else", async () => {
    const folder = newFolder();
    writeFileSync(join(folder, "index.html"), "mine");
    await expect(runAtlas(atlasOf(fine, fine), request(folder))).rejects.toMatchObject({
      parameter: "--out",
    });
    expect(readdirSync(folder)).toEqual(["index.html"]);
    expect(read(folder, "index.html")).toBe("mine");
  });

  it("may have other things in it, and is used again", async () => {
    const folder = newFolder();
    mkdirSync(join(folder, "notes"));
    for (const _ of [1, 2]) {
      expect((await runAtlas(atlasOf(fine, fine), request(folder))).status).toBe("done");
    }
    expect(read(folder, "index.html")).toBe("one two");
  });

  it("keeps its page when a second run is stopped before the first figure", async () => {
    const folder = newFolder();
    await runAtlas(atlasOf(fine, fine), request(folder));
    expect((await runAtlas(atlasOf(stop, fine), request(folder))).status).toBe("interrupted");
    expect(read(folder, "index.html")).toBe("one two");
  });

  it("keeps a page of another preset as long as there is nothing new", async () => {
    const folder = newFolder();
    await runAtlas(atlasOf(fine, fine), request(folder));
    const paper = { ...request(folder), preset: "paper" as const };
    await runAtlas(atlasOf(stop, fine), paper);
    expect(read(folder, "index.html")).toBe("one two");
    await runAtlas(atlasOf(fine, stop), paper);
    expect(read(folder, "index.html")).toBe("one");
  });

  it("shows what it has when a second run is stopped later, or a figure fails", async () => {
    const folder = newFolder();
    await runAtlas(atlasOf(fine, fine), request(folder));
    await runAtlas(atlasOf(fine, stop), request(folder));
    expect(read(folder, "index.html")).toBe("one two");
    const fail = () => Promise.reject(new Error("no"));
    await runAtlas(atlasOf(fine, fail), request(folder));
    expect(read(folder, "index.html")).toBe("one");
  });
});
