import { beforeAll, describe, expect, it } from "vitest";
import { loadRun } from "../../src/run/run-folder";
import { fileWith, newFolder, twotime } from "./spawn";

const config = {
  system: "p-spin",
  parameters: { p: 3, temperature: 1, schedule: { kind: "power-law", rate: 0.5, exponent: 0.1 } },
  method: { points: 30 },
  optimise: {
    parameters: { "schedule.exponent": [0, 0.95] },
    minimise: { quantity: "loss", time: 10 },
  },
};
const file = fileWith("optimise.json", config);

interface Row {
  quantity: string;
  index?: number[];
  statistic?: string;
  value: number;
}

// The first start builds the command line.
beforeAll(async () => void (await twotime(["--version"])));

describe("optimise", () => {
  it("prints the best and then the landscape, and keeps both", async () => {
    const folder = newFolder();
    const { status, stdout, stderr } = await twotime(["optimise", file, "--out", folder]);
    // A slow machine also sees progress.
    expect([status, stderr.replace(/^search: .*\n/gm, "")]).toEqual([0, ""]);
    const result = JSON.parse(stdout);
    expect(result.method).toMatchObject({ kind: "auto", until: 10 });
    expect(result.optimise).toMatchObject({ ...config.optimise, evaluations: 40 });
    const rows: Row[] = result.rows;
    const landscape = rows.filter(({ statistic }) => statistic === "evaluation");
    const least = landscape.reduce((x, y) => (y.value < x.value ? y : x));
    const [exponent] = rows.filter(
      ({ quantity, index }) => quantity !== "loss" && index?.[0] === least.index?.[0],
    );
    expect(rows.slice(0, 2)).toEqual([
      { quantity: "schedule.exponent", statistic: "best", value: exponent.value },
      { quantity: "loss", time: 10, statistic: "best", value: least.value },
    ]);
    expect(landscape.length).toBeGreaterThan(12);
    expect(rows.length).toBe(2 + 2 * landscape.length);
    const run = await loadRun(folder);
    expect(run.manifest).toMatchObject({ verb: "optimise", status: "done" });
    expect(run.rows).toEqual(rows);
  });

  it("prints tables for people, with the problem at its best", async () => {
    const { stdout } = await twotime(["optimise", file, "--format", "table"]);
    const best = /^schedule\.exponent +([\d.]+)$/m.exec(stdout)?.[1];
    expect(stdout).toContain(`(1 + t)^-${best?.slice(0, 6)}`);
    expect(stdout).toMatch(/^loss at t = 10 +-[\d.]+$/m);
    expect(stdout).toMatch(
      /^evaluation +schedule\.exponent +loss at t = 10\n +0 +0 +-[\d.]+\n +1 +0\.11875 /m,
    );
  });

  it("refuses a wrong search in one line", async () => {
    const optimise = { ...config.optimise, parameters: { "schedule.exponents": [0, 1] } };
    const { status, stdout, stderr } = await twotime([
      "optimise",
      fileWith("x.json", { ...config, optimise }),
    ]);
    expect([status, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(
      /^error: optimise\.parameters\.schedule\.exponents [^\n]*"schedule\.exponent"[^\n]*\n$/,
    );
  });
});
