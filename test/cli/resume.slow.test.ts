import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { fileWith, launcher, newFolder, twotime } from "./spawn";

beforeAll(async () => void (await twotime(["--version"])));

const config = fileWith("long.json", {
  system: "p-spin",
  parameters: { p: 3, temperature: 0.3 },
  method: { kind: "uniform", until: 4, points: 100 },
  simulation: { size: 150, samples: 30, until: 4, step: 0.01, seed: 20261122 },
  report: { times: [1, 4], quantities: ["loss"] },
});
const search = fileWith("search.json", {
  system: "p-spin",
  parameters: { p: 3, schedule: { kind: "power-law", rate: 0.5, exponent: 0.4 } },
  method: { kind: "uniform", points: 250 },
  optimise: { parameters: { "schedule.exponent": [0, 0.9] }, minimise: { quantity: "loss", time: 50 } },
});

/** Kills a run with a signal once its folder has a state, @returns whether it had not ended before. */
async function killed(args: readonly string[], state: string, signal: NodeJS.Signals): Promise<boolean> {
  const child = spawn(process.execPath, [launcher, ...args]);
  const ended = new Promise((resolve) => child.on("close", (code, by) => resolve(by ?? code)));
  while (!existsSync(state) && child.exitCode === null) await new Promise((next) => setTimeout(next, 5));
  child.kill(signal);
  return (await ended) === (signal === "SIGKILL" ? "SIGKILL" : 1);
}

describe("a run that is stopped goes on with the same numbers", () => {
  it.each([
    ["simulate", config, "--out", "state/simulation.json", "SIGKILL"],
    ["simulate", config, "--checkpoint", "simulation.json", "SIGINT"],
    ["compare", config, "--out", "state/simulation.json", "SIGKILL"],
    ["optimise", search, "--checkpoint", "checkpoint.json", "SIGKILL"],
  ] as const)("%s of %s, %s, %s, %s", async (verb, file, flag, state, signal) => {
    const folder = newFolder();
    const args = [verb, file, flag, folder, "--threads", "2"];
    expect(await killed(args, join(folder, state), signal)).toBe(true);
    expect(existsSync(join(folder, state))).toBe(true);
    const resumed = await twotime(args);
    const straight = await twotime([verb, file, "--threads", "1"]);
    expect([resumed.status, straight.status]).toEqual([0, 0]);
    expect(JSON.parse(resumed.stdout).rows).toEqual(JSON.parse(straight.stdout).rows);
    // What is done needs no state in its folder.
    if (flag === "--out") expect(existsSync(join(folder, "state"))).toBe(false);
  });
});
