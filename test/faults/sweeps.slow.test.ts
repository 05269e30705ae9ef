import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createLocalEngine } from "../../src/run/sweep/local";
import { parsePlan } from "../../src/run/sweep/plan";
import { readLine } from "../../src/run/sweep/point-journal";
import { runSweep, type SweepRequest } from "../../src/run/sweep/run-sweep";
import { fileWith, launcher, newFolder, twotime } from "../cli/spawn";
import { thisThread } from "../run/sweep/this-thread";

/** 200 points of some hundredths of a second. */
const source = {
  verb: "simulate",
  base: {
    system: "p-spin",
    parameters: { p: 3 },
    simulation: { size: 32, samples: 2, until: 1, step: 0.02 },
    report: { times: [1], quantities: ["loss"] },
  },
  vary: { "parameters.temperature": { from: 0, to: 0.95, points: 20 } },
  seeds: 10,
};
const plan = parsePlan(source);
const engine = createLocalEngine({ workers: 2 });
afterAll(() => engine.close());

const text = (folder: string, name: string) => readFileSync(join(folder, name), "utf8");
const run = (folder: string, more: Partial<SweepRequest> = {}) => runSweep({ plan, folder, engine, ...more });
const journals = (folder: string) =>
  readdirSync(join(folder, "points")).map((name) => join(folder, "points", name));
/** The hashes in the journals of lines that are whole. */
const hashesIn = (folder: string) =>
  journals(folder).flatMap((path) =>
    readFileSync(path, "utf8")
      .split("\n")
      .flatMap((line) => readLine(line)?.hash ?? []),
  );
const ALL = { total: 200, done: 200, failed: 0 };

let whole = "";
beforeAll(async () => {
  const folder = newFolder();
  expect((await run(folder, { engine: thisThread })).points).toEqual(ALL);
  whole = text(folder, "table.csv");
});

/** Processes that this one has started and that compute points. */
function workers(): number[] {
  const children = execFileSync("ps", ["-o", "pid=,args=", "--ppid", String(process.pid)], {
    encoding: "utf8",
  });
  return children.split("\n").flatMap((line) => (/point-worker/.test(line) ? Number.parseInt(line, 10) : []));
}

describe("a sweep of 200 points", () => {
  it("loses none and counts none twice when its workers are killed 20 times", async () => {
    const folder = newFolder();
    let [results, kills] = [0, 0];
    const outcome = await run(folder, {
      onResult() {
        if (++results % 9 !== 0 || kills >= 20) return;
        const pids = workers();
        process.kill(pids[kills % pids.length], "SIGKILL");
        kills++;
      },
    });
    expect(kills).toBe(20);
    expect(outcome).toEqual({ status: "done", points: ALL, isGathered: true });
    expect(text(folder, "table.csv")).toBe(whole);
    const hashes = hashesIn(folder);
    expect([hashes.length, new Set(hashes).size]).toEqual([200, 200]);
  });

  it("goes on after its disk was full, and after lines were cut off and changed", async () => {
    const folder = newFolder();
    let writes = 0;
    const full = await run(folder, {
      engine: thisThread,
      async write(file, bytes, offset) {
        const isFull = ++writes > 2;
        await file.write(bytes, 0, isFull ? 10 : bytes.length, offset);
        if (isFull) throw new Error("ENOSPC: no space left on device");
      },
    });
    expect(full.status).toBe("failed");
    expect(full.message).toMatch(/^the folder takes no more: ENOSPC.*; \d+ of 200 points are done and kept$/);
    expect(JSON.parse(text(folder, "manifest.json"))).toMatchObject({
      status: "failed",
      message: full.message,
    });
    const [path] = journals(folder);
    const bytes = readFileSync(path);
    bytes[Math.floor(bytes.length / 3)] ^= 4;
    writeFileSync(path, bytes);
    const notices: string[] = [];
    const onNotice = (notice: string) => notices.push(notice);
    expect(await run(folder, { options: { onNotice } })).toEqual({
      status: "done",
      points: ALL,
      isGathered: true,
    });
    expect(notices.join()).toMatch(/^2 damaged lines among the points/);
    expect(text(folder, "table.csv")).toBe(whole);
    expect(new Set(hashesIn(folder)).size).toBe(200);
  });

  it("ends a point that hangs, names it, and computes the others", async () => {
    const folder = newFolder();
    const hanging = parsePlan({
      ...source,
      vary: { "simulation.until": [1, 100_000, 2] },
      seeds: 1,
      timeLimit: 3,
    });
    const outcome = await run(folder, { plan: hanging });
    expect(outcome).toEqual({
      status: "failed",
      message: "1 of 3 points failed, see failures.csv",
      points: { total: 3, done: 2, failed: 1 },
      isGathered: true,
    });
    expect(text(folder, "failures.csv")).toBe(
      "point,simulation.until,message\n1,100000,stopped after its time limit of 3 s\n",
    );
  });
});

it("the command line goes on after SIGKILL and Ctrl-C, and leaves no process behind", async () => {
  const file = fileWith("sweep.json", source);
  const folder = join(newFolder(), "sweep");
  mkdirSync(folder);
  let done = 0;
  for (const signal of ["SIGKILL", "SIGKILL", "SIGINT"] as const) {
    const child = spawn(process.execPath, [launcher, "sweep", file, "--out", folder, "--threads", "2"], {
      stdio: "ignore",
    });
    const ended = new Promise((resolve) => child.on("close", (code, by) => resolve(by ?? code)));
    const known = () => {
      try {
        return new Set(hashesIn(folder)).size;
      } catch {
        return 0;
      }
    };
    while (known() < done + 20 && child.exitCode === null) await new Promise((next) => setTimeout(next, 50));
    child.kill(signal);
    expect(await ended).toBe(signal === "SIGKILL" ? signal : 1);
    done = known();
    const { stdout } = await twotime(["status", folder]);
    expect(JSON.parse(stdout)).toMatchObject({
      status: signal === "SIGKILL" ? "killed" : "interrupted",
      points: { total: 200, done, failed: 0 },
    });
  }
  const { status, stdout } = await twotime(["resume", folder, "--threads", "2", "--quiet"]);
  expect([status, stdout]).toEqual([0, `200 of 200 points done, 0 failed: ${folder}/table.csv\n`]);
  expect(text(folder, "table.csv")).toBe(whole);
  const hashes = hashesIn(folder);
  expect([hashes.length, new Set(hashes).size]).toEqual([200, 200]);
  const verified = await twotime(["verify", folder, "--points", "5", "--quiet"]);
  expect([verified.status, verified.stdout]).toEqual([
    0,
    "5 points computed again, 5 the same to the last bit\n",
  ]);
});
