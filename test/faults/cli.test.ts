import { existsSync, mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { loadRun } from "../../src/run/run-folder";
import { fileWith, newFolder, twotime } from "../cli/spawn";

beforeAll(async () => void (await twotime(["--version"])));

const simulated = (samples: number) =>
  fileWith("simulated.json", {
    system: "p-spin",
    parameters: { p: 3, temperature: 1 },
    simulation: { size: 20, samples, step: 0.01, until: 20, seed: 20261122 },
    report: { times: [20], quantities: ["loss"] },
  });
const until = async (isSo: () => boolean) => {
  while (!isSo()) await new Promise((next) => setTimeout(next, 20));
};

describe("nothing computed is lost", () => {
  it("the result is printed where the folder cannot take it, with status 1 and a failed manifest", async () => {
    const folder = newFolder();
    const started = twotime(["simulate", simulated(2), "--out", folder, "--threads", "1"]);
    await until(() => existsSync(join(folder, "manifest.json")));
    // A folder in the place of the file: as little can be written there as on a full disk.
    mkdirSync(join(folder, "rows.csv"));
    const { status, stdout, stderr } = await started;
    expect(JSON.parse(stdout).rows).toHaveLength(1);
    expect(stderr).toMatch(/^error: --out is [^\n]*\n$/m);
    expect(status).toBe(1);
    expect((await loadRun(folder)).manifest.status).toBe("failed");
  });
});

describe("one clean line, status 2, nothing written", () => {
  const pSpin = { system: "p-spin", parameters: { p: 3 }, method: { until: 1, points: 20 } };

  it.each([
    [
      "a checkpoint for a method without a state",
      { ...pSpin, method: { kind: "uniform", until: 1, points: 20 } },
      ["--checkpoint"],
      /--checkpoint .*a method that can go on/,
    ],
    ["a key with an escape and a newline", { ...pSpin, "a\u001b[31m\nb": 1 }, ["--out"], /a\\u\{1b\}\[31m b/],
    ["threads beyond all machines", pSpin, ["--threads"], /--threads.*at most 256/],
  ])("%s", async (_, config, [flag], line) => {
    const parent = newFolder();
    const value = flag === "--threads" ? "1000000000" : join(parent, "folder");
    const { status, stdout, stderr } = await twotime(["solve", fileWith("c.json", config), flag, value]);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what is looked for
    expect(stderr).toMatch(/^error: [^\u0000-\u001f]*\n$/);
    expect(stderr).toMatch(line);
    expect([status, stdout]).toEqual([2, ""]);
    expect(readdirSync(parent)).toEqual([]);
  });
});

it("the notes of CSV are on standard error", async () => {
  const config = fileWith("network.json", {
    system: "quadratic-network",
    parameters: { learningRate: 0.1, initial: { overlap: [0] } },
    method: { until: 1 },
    report: { times: [1], quantities: ["risk"] },
  });
  const { status, stdout, stderr } = await twotime(["solve", config, "--format", "csv"]);
  expect(status).toBe(0);
  expect(stdout.split("\n")).toHaveLength(3);
  expect(stderr).toMatch(/^note: no exit: /m);
});
