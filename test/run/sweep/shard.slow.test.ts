import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { fileWith, launcher, newFolder, twotime } from "../../cli/spawn";
import { haveProgram } from "../../debian/install";
import { haveSlurm, startCluster } from "../../debian/slurm";

beforeAll(async () => void (await twotime(["--version"])));

const sweep = fileWith("sweep.json", {
  verb: "solve",
  base: {
    system: "p-spin",
    parameters: { p: 3 },
    method: { kind: "uniform", until: 1, points: 20 },
    report: { times: [1], quantities: ["loss"] },
  },
  vary: { "parameters.temperature": { from: 0.1, to: 1, points: 11 } },
});
const tableOf = (folder: string) => readFileSync(join(folder, "table.csv"), "utf8");

describe("the shares of a sweep", () => {
  it("at once in one folder make the table of one process, which the last of them gathers", async () => {
    const [alone, shared] = [newFolder(), newFolder()];
    expect((await twotime(["sweep", sweep, "--out", alone, "--quiet"])).status).toBe(0);
    const first = ["sweep", sweep, "--out", shared, "--threads", "1", "--quiet"];
    const told = (await twotime([...first, "--shard", "3/3"])).stdout;
    expect(told).toBe(`3 of 11 points done, 0 failed: ${shared}, without a table yet\n`);
    expect(existsSync(join(shared, "table.csv"))).toBe(false);
    const others = ["1/3", "2/3"].map((shard) => twotime([...first, "--shard", shard]));
    expect((await Promise.all(others)).map(({ status }) => status)).toEqual([0, 0]);
    expect(tableOf(shared)).toBe(tableOf(alone));
    const { stdout } = await twotime(["status", shared, "--format", "json"]);
    expect(JSON.parse(stdout)).toMatchObject({ status: "done", points: { total: 11, done: 11 } });
  });

  it("are computed by GNU parallel, and by an indexed job, whose indices begin at 0", async ({ skip }) => {
    const [alone, indexed, inParallel] = [newFolder(), newFolder(), newFolder()];
    const call = ["sweep", sweep, "--threads", "1", "--quiet", "--out"];
    expect((await twotime([...call, alone])).status).toBe(0);
    for (const index of ["0", "1", "2"]) {
      const env = { ...process.env, JOB_COMPLETION_INDEX: index };
      const words = `"${process.execPath}" "${launcher}" ${[...call, indexed].join(" ")}`;
      execFileSync("sh", ["-c", `${words} --shard $((JOB_COMPLETION_INDEX + 1))/3`], { env });
    }
    expect(tableOf(indexed)).toBe(tableOf(alone));
    if (!haveProgram(["parallel", "--version"], "parallel")) return skip("there is no GNU parallel");
    const words = [process.execPath, launcher, ...call, inParallel, "--shard", "{}/4"];
    execFileSync("parallel", ["-j", "2", ...words, ":::", "1", "2", "3", "4"], { stdio: "ignore" });
    expect(tableOf(inParallel)).toBe(tableOf(alone));
  });

  it("are a job array that is written, and tells where it is when there is nobody to give it to", async () => {
    const folder = newFolder();
    const planned = await twotime(["sweep", sweep, "--out", folder, "--slurm", "4", "--plan"]);
    expect(planned).toMatchObject({ status: 0, stderr: "" });
    const script = readFileSync(join(folder, "slurm.sh"), "utf8");
    expect(script).toContain("#SBATCH --array=1-4\n");
    expect(JSON.parse(readFileSync(join(folder, "sweep.json"), "utf8")).verb).toBe("solve");
    // A stand-in for sbatch, which runs the tasks of the array one after the other.
    const bin = join(newFolder(), "bin");
    mkdirSync(bin);
    const runAll = `#!/bin/sh\nfor i in 1 2 3 4; do SLURM_ARRAY_TASK_ID=$i sh "$3" || exit 1; done >&2\necho 17\n`;
    writeFileSync(join(bin, "sbatch"), runAll, { mode: 0o755 });
    const path = process.env.PATH;
    process.env.PATH = `${bin}:${path}`;
    const submitted = await twotime(["sweep", sweep, "--out", folder, "--slurm", "4"]);
    process.env.PATH = path;
    expect(submitted).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/^job 17 computes 11 points/),
    });
    expect(tableOf(folder).trim().split("\n")).toHaveLength(12);
  });

  it("are computed by a real Slurm, on one machine", async ({ skip }) => {
    const cluster = haveSlurm() ? await startCluster() : undefined;
    if (!cluster) return skip("there is no Slurm");
    try {
      const [alone, folder] = [newFolder(), newFolder()];
      expect((await twotime(["sweep", sweep, "--out", alone, "--quiet"])).status).toBe(0);
      Object.assign(process.env, cluster.environment);
      const submitted = await twotime(["sweep", sweep, "--out", folder, "--slurm", "3"]);
      expect(submitted).toMatchObject({
        status: 0,
        stdout: expect.stringMatching(/^job \d+ computes 11 points/),
      });
      for (let look = 0; look < 120 && cluster.jobs() !== ""; look++)
        await new Promise((next) => setTimeout(next, 500));
      expect(tableOf(folder)).toBe(tableOf(alone));
    } finally {
      delete process.env.SLURM_CONF;
      await cluster.remove();
    }
  });

  it.each([
    [["--shard", "0/3"], "--shard"],
    [["--shard", "1/3", "--engine", "bullmq"], "--shard"],
    [["--redis", "redis://:s3cret@x"], "--redis"],
    [["--engine", "bullmq", "--redis", "s3cret"], "--redis"],
  ])("%j is a wrong call", async (flags, parameter) => {
    const { status, stderr, stdout } = await twotime(["sweep", sweep, "--out", newFolder(), ...flags]);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toMatch(new RegExp(`^error: ${parameter} is .*; allowed: [^\\n]*\\n$`));
    expect(stderr).not.toContain("s3cret");
  });
});
