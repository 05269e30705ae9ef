import { spawn } from "node:child_process";
import { readdirSync, watch } from "node:fs";
import seedrandom from "seedrandom";
import { expect, it } from "vitest";
import { fileWith, launcher, newFolder, twotime, UNDER_WAY } from "./spawn";

const KILLS = 20;
const WRITES = 18;

/** A file that is being written: it has the name of the checkpoint, and more. */
const isBeingWritten = (name: string | null) => name?.startsWith("checkpoint.json.") ?? false;

it("goes on from the checkpoint of an aging run, whenever a SIGKILL hits its writes, to the same numbers", async () => {
  const config = fileWith("aging.json", {
    system: "p-spin",
    parameters: { p: 3 },
    method: { kind: "aging", until: 1e4, tolerance: 1e-3 },
    report: { times: [1, 100, 1e4], pairs: [[1e4, 5e3]] },
  });
  const straight = JSON.parse((await twotime(["solve", config])).stdout).rows;
  const random = seedrandom("20261122");
  let hits = 0;
  for (let kill = 0; kill < KILLS; kill++) {
    const folder = newFolder();
    const [nth, delay] = [1 + Math.floor(WRITES * random()), 5 * random()];
    const args = ["solve", config, "--checkpoint", folder];
    const child = spawn(process.execPath, [launcher, ...args], { stdio: "ignore" });
    const seen = new Set<string>();
    const watcher = watch(folder, (_, name) => {
      if (!isBeingWritten(name) || seen.has(name!)) return;
      seen.add(name!);
      if (seen.size === nth) setTimeout(() => child.kill("SIGKILL"), delay);
    });
    await new Promise((resolve) => child.on("close", resolve));
    watcher.close();
    if (readdirSync(folder).some(isBeingWritten)) hits++;
    const { status, stdout } = await twotime(args);
    expect(status, `kill ${kill}, at write ${nth}`).toBe(0);
    expect(JSON.parse(stdout).rows).toEqual(straight);
  }
  // Most kills leave a file half-written.
  expect(hits).toBeGreaterThan(0);
});

it("takes the two signals of one Ctrl-C under npm for one", async () => {
  const long = fileWith("long.json", {
    system: "p-spin",
    parameters: { p: 3, temperature: 1, schedule: 0.5 },
    method: { until: 100, points: 6000, extrapolate: false },
  });
  const child = spawn(process.execPath, [launcher, "solve", long]);
  let stdout = "";
  child.stdout.on("data", (piece) => (stdout += piece));
  await new Promise<void>((resolve) => child.stderr.on("data", (line) => UNDER_WAY.test(line) && resolve()));
  // Both wait at the door of the process before it looks at either.
  child.kill("SIGSTOP");
  child.kill("SIGINT");
  child.kill("SIGTERM");
  child.kill("SIGCONT");
  await new Promise((resolve) => child.on("close", resolve));
  expect(JSON.parse(stdout).status).toBe("interrupted");
});
