import { beforeAll, describe, expect, it } from "vitest";
import { fileWith, newFolder, twotime, UNDER_WAY } from "./spawn";

beforeAll(async () => void (await twotime(["--version"])));

const config = {
  system: "p-spin",
  parameters: { p: 3, temperature: 1, schedule: 0.5 },
  simulation: { size: 40, samples: 40, seed: 20261122, step: 0.02, until: 4 },
  report: { times: [1, 4], pairs: [[4, 1]] },
};
const file = fileWith("config.json", config);
const long = fileWith("long.json", {
  ...config,
  simulation: { ...config.simulation, samples: 20_000 },
});

describe("--threads", () => {
  it("changes nothing in the numbers", async () => {
    const runs = await Promise.all(
      ["1", "2", "3"].map((threads) => twotime(["simulate", file, "--threads", threads, "--quiet"])),
    );
    const rows = runs.map(({ status, stdout, stderr }) => {
      expect([status, stderr]).toEqual([0, ""]);
      return JSON.parse(stdout).rows;
    });
    expect(rows[0].length).toBeGreaterThan(4);
    expect(rows[1]).toEqual(rows[0]);
    expect(rows[2]).toEqual(rows[0]);
  });

  it("leaves Ctrl-C its answer long before the end, and keeps the samples that workers have finished", async () => {
    const words = ["simulate", long, "--threads", "2", "--out", newFolder()];
    const ended = await twotime(words, { interruptAt: UNDER_WAY });
    expect(ended.status).toBe(1);
    const [, finished] = ended.stderr.match(/^error: interrupted; finished: (\d+) samples\n/m)!;
    expect(Number(finished)).toBeLessThan(20_000);
    const { status, rows } = JSON.parse(ended.stdout);
    expect(status).toBe("interrupted");
    expect(rows.length).toBeGreaterThan(0);
  });
});
