import { execFileSync, spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createLocalEngine } from "../../src/run/sweep/local";
import { parsePlan } from "../../src/run/sweep/plan";
import { readLine } from "../../src/run/sweep/point-journal";
import { createPoints } from "../../src/run/sweep/points";
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
    const kept = new Set(hashesIn(folder)).size;
    expect(full.message).toBe(
      `the folder takes no more: ENOSPC: no space left on device; ${kept} of 200 points are done and kept`,
    );
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

it("the command line ends in order on a disk that is really full, and goes on once there is room", async ({
  skip,
}) => {
  const disk = newFolder();
  const mounted = spawnSync("mount", ["-t", "tmpfs", "-o", "size=300k", "tmpfs", disk]).status === 0;
  if (!mounted) return skip("nothing can be mounted here");
  try {
    const cheap = {
      verb: "predict",
      base: { system: "p-spin", parameters: { p: 3 }, report: { quantities: ["thresholdLoss"] } },
      vary: { "parameters.temperature": { from: 0.1, to: 0.5, points: 2_000 } },
    };
    const [file, folder, alone] = [fileWith("cheap.json", cheap), join(disk, "scan"), newFolder()];
    const full = await twotime(["sweep", file, "--out", folder, "--quiet"]);
    expect(full.status).toBe(1);
    const { status, points, message } = JSON.parse((await twotime(["status", folder])).stdout);
    const reason = "the folder takes no more: ENOSPC: no space left on device, write";
    expect(message).toBe(`${reason}; ${points.done} of 2000 points are done and kept`);
    expect([status, full.stderr]).toEqual(["failed", `error: ${message}\n`]);
    expect(points.done).toBeGreaterThan(500);
    expect(spawnSync("mount", ["-o", "remount,size=20m", disk]).status).toBe(0);
    expect((await twotime(["resume", folder, "--quiet"])).status).toBe(0);
    expect((await twotime(["sweep", file, "--out", alone, "--quiet"])).status).toBe(0);
    expect(text(folder, "table.csv")).toBe(text(alone, "table.csv"));
  } finally {
    execFileSync("umount", [disk]);
  }
});

it("a point of hours goes on from its state, whenever the process that computes it is killed", async () => {
  const aging = parsePlan({
    verb: "solve",
    base: {
      system: "p-spin",
      parameters: { p: 3, temperature: 0.2 },
      method: { kind: "aging", until: 1e5 },
      report: { times: [1, 1e5], quantities: ["loss"] },
    },
  });
  const alone = newFolder();
  expect(await run(alone, { plan: aging })).toMatchObject({ status: "done" });
  const folder = newFolder();
  const { hashes } = await createPoints(aging);
  const state = join(folder, "state", hashes[0]);
  const sizes: number[] = [];
  let isOver = false;
  // Killed as often as a point may be, each time after its state has been saved anew.
  const killing = (async () => {
    for (let kill = 0; kill < 4; kill++) {
      const before = Date.now();
      const saved = () => statSync(join(state, "checkpoint.json"), { throwIfNoEntry: false });
      while (!isOver && !((saved()?.mtimeMs ?? 0) > before))
        await new Promise((next) => setTimeout(next, 20));
      if (isOver) return;
      sizes.push(saved()!.size);
      for (const pid of workers()) process.kill(pid, "SIGKILL");
    }
  })();
  const outcome = await run(folder, { plan: aging }).finally(() => (isOver = true));
  await killing;
  expect(outcome).toMatchObject({ status: "done", points: { total: 1, done: 1 } });
  expect(text(folder, "table.csv")).toBe(text(alone, "table.csv"));
  expect(existsSync(join(folder, "state"))).toBe(false);
  // It never had to begin anew.
  expect(sizes.length).toBeGreaterThan(0);
  expect(sizes).toEqual([...sizes].sort((a, b) => a - b));
  expect(new Set(sizes).size).toBe(sizes.length);
});
