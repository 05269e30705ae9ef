import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parseShard, shareOf, slurmScript } from "../../../src/run/sweep/shard";

describe("a share of the points", () => {
  it.each(["0/4", "5/4", "1/0", "1", "1/2/3", "-1/4", "1.5/4", "a/4", " 1/4", "1/99999999"])(
    "%j is none",
    (text) => {
      expect(() => parseShard(text)).toThrow(
        expect.objectContaining({ parameter: "--shard", message: expect.stringContaining("I/N") }),
      );
    },
  );

  it("has every point once among all shares, which exclude nobody but themselves", () => {
    const shares = [1, 2, 3].map((index) => shareOf(parseShard(`${index}/3`)));
    for (let point = 0; point < 20; point++)
      expect(shares.filter(({ isMine }) => isMine(point))).toHaveLength(1);
    expect(new Set(shares.map(({ lock }) => lock)).size).toBe(3);
  });
});

describe("the job array of Slurm", () => {
  it("gives each task its share, whatever stands in the path", () => {
    const parent = mkdtempSync(join(tmpdir(), "twotime-"));
    const folder = join(parent, "it's $(touch harmed) `here`");
    mkdirSync(folder);
    const program = [process.execPath, "-e", "console.log(JSON.stringify(process.argv.slice(1)))", "--"];
    const script = join(parent, "slurm.sh");
    writeFileSync(script, slurmScript({ tasks: 16, threads: 2, folder, program }));
    const run = spawnSync("sh", [script], {
      encoding: "utf8",
      cwd: parent,
      env: { ...process.env, SLURM_ARRAY_TASK_ID: "7" },
    });
    expect(run.stderr).toBe("");
    const words = ["resume", folder, "--shard", "7/16", "--threads", "2", "--quiet"];
    expect(JSON.parse(run.stdout)).toEqual(words);
  });

  it("has no more tasks than Slurm takes", () => {
    const request = { threads: 1, folder: "/x", program: ["twotime"] };
    expect(slurmScript({ ...request, tasks: 1_000 })).toContain("#SBATCH --array=1-1000\n");
    expect(() => slurmScript({ ...request, tasks: 1_001 })).toThrow(
      expect.objectContaining({ parameter: "--slurm" }),
    );
  });
});
