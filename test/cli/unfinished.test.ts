import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { loadRun } from "../../src/run/run-folder";
import { fileWith, launcher, newFolder, twotime, UNDER_WAY } from "./spawn";

beforeAll(async () => void (await twotime(["--version"])));

const blowUp = fileWith("blow-up.json", {
  system: "p-spin",
  parameters: { p: 6 },
  method: { until: 50, points: 70, extrapolate: false },
  report: { pairs: [[40, 1]] },
});
const long = fileWith("long.json", {
  system: "p-spin",
  parameters: { p: 3, temperature: 1, schedule: 0.5 },
  method: { until: 100, points: 6000, extrapolate: false },
});

describe("a run that does not finish", () => {
  it("keeps what was good before a blow-up, and says so", async () => {
    const folder = newFolder();
    const { status, stdout, stderr } = await twotime(["solve", blowUp, "--out", folder, "--quiet"]);
    expect(status).toBe(1);
    expect(stderr).toMatch(/^error: [^\n]*\|C\| exceeded 1[^\n]*more points[^\n]*\n$/);
    const { rows, status: said } = JSON.parse(stdout);
    expect(said).toBe("failed");
    const times = rows.map(({ time }: { time: number }) => time);
    expect(Math.max(...times)).toBeGreaterThan(1);
    expect(Math.max(...times)).toBeLessThan(10);
    const run = await loadRun(folder);
    expect(run.manifest).toMatchObject({ status: "failed", message: expect.stringContaining("exceeded 1") });
    expect(run.rows).toEqual(rows);
  });

  it("stops at Ctrl-C long before its end, prints and keeps the rows so far", async () => {
    const folder = newFolder();
    const ended = await twotime(["solve", long, "--out", folder], { interruptAt: UNDER_WAY });
    expect(ended.status).toBe(1);
    expect(ended.stderr).toMatch(/^error: interrupted; finished: up to t = [\d.]+\n$/m);
    const { rows } = JSON.parse(ended.stdout);
    expect(rows.length).toBeGreaterThan(0);
    expect(Math.max(...rows.map(({ time }: { time: number }) => time))).toBeLessThan(100);
    const run = await loadRun(folder);
    expect(run.manifest.status).toBe("interrupted");
    expect(run.rows).toEqual(rows);
  });

  it("goes on with the same numbers after a SIGKILL", async () => {
    const folder = newFolder();
    const config = fileWith("killed.json", {
      system: "phase-retrieval",
      parameters: { sampleRatio: 2, initialOverlap: 0.5 },
      method: { kind: "damped", until: 0.2, trajectories: 256, iterations: 40, runs: 1, seed: 20261122 },
    });
    const args = [launcher, "solve", config, "--threads", "1", "--checkpoint", folder];
    const child = spawn(process.execPath, args);
    const ended = new Promise((resolve) => child.on("close", (_, signal) => resolve(signal)));
    while (!existsSync(join(folder, "checkpoint.json"))) await new Promise((next) => setTimeout(next, 5));
    child.kill("SIGKILL");
    expect(await ended).toBe("SIGKILL");
    const { stdout } = await twotime(args.slice(1));
    const straight = await twotime(["solve", config, "--threads", "1"]);
    expect(JSON.parse(stdout).rows).toEqual(JSON.parse(straight.stdout).rows);
  });

  it("refuses the checkpoint of another problem in one line", async () => {
    const folder = newFolder();
    const config = (sampleRatio: number) =>
      fileWith("damped.json", {
        system: "phase-retrieval",
        parameters: { sampleRatio },
        method: { kind: "damped", until: 0.05, trajectories: 64, iterations: 8, runs: 1, seed: 20261122 },
      });
    expect((await twotime(["solve", config(2), "--checkpoint", folder])).status).toBe(0);
    const { status, stdout, stderr } = await twotime(["solve", config(3), "--checkpoint", folder]);
    expect([status, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(
      /^error: --checkpoint \S+ holds states of phase-retrieval \(damped\) with other[^\n]*\n$/,
    );
  });

  it("is silent when the reader of its output stops", async () => {
    const child = spawn(process.execPath, [launcher, "list", "p-spin"]);
    let stderr = "";
    child.stderr.on("data", (piece) => (stderr += piece));
    child.stdout.destroy();
    const status = await new Promise((resolve) => child.on("close", resolve));
    expect([status, stderr]).toEqual([0, ""]);
  });
});
