import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { loadRun } from "../../src/run/run-folder";
import { fileWith, launcher, newFolder, twotime } from "../cli/spawn";

it("finished samples are kept now and then, and there after a SIGKILL", async () => {
  await twotime(["--version"]);
  // So many that they do not end before they are killed.
  const endless = fileWith("simulated.json", {
    system: "p-spin",
    parameters: { p: 3, temperature: 1 },
    simulation: { size: 20, samples: 20_000, step: 0.01, until: 20, seed: 20261122 },
    report: { times: [20], quantities: ["loss"] },
  });
  const folder = newFolder();
  const child = spawn(process.execPath, [launcher, "simulate", endless, "--out", folder, "--threads", "1"]);
  const ended = new Promise((resolve) => child.on("close", (_, signal) => resolve(signal)));
  while (!existsSync(join(folder, "rows.csv"))) await new Promise((next) => setTimeout(next, 20));
  child.kill("SIGKILL");
  expect(await ended).toBe("SIGKILL");
  const { manifest, rows } = await loadRun(folder);
  expect(manifest.status).toBe("running");
  expect(rows).toEqual([expect.objectContaining({ quantity: "loss", time: 20, statistic: "mean" })]);
});
