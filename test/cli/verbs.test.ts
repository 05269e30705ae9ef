import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { loadRun } from "../../src/run/run-folder";
import { findSystem } from "../../src/systems/registry";
import { fileWith, newFolder, twotime } from "./spawn";

const config = {
  system: "p-spin",
  parameters: { p: 3, temperature: 1, schedule: { kind: "power-law", rate: 0.5, exponent: 0.4 } },
  method: { kind: "uniform", until: 2, points: 40 },
  simulation: { size: 12, samples: 4, seed: 7, step: 0.05, until: 2 },
  report: { times: [0.5, 2], pairs: [[2, 1]] },
};
const yaml = `
system: p-spin
parameters:
  p: 3
  temperature: 1
  schedule: { kind: power-law, rate: 0.5, exponent: 0.4 }
method: { kind: uniform, until: 2, points: 40 }
report:
  times: [0.5, 2]
  pairs: [[2, 1]]
`;
const json = fileWith("config.json", config);

interface Row {
  quantity: string;
  time?: number;
  timePrime?: number;
  statistic?: string;
  value: number;
  [key: string]: unknown;
}

const rowsOf = (stdout: string): Row[] => JSON.parse(stdout).rows;

// The first start builds the command line.
beforeAll(async () => void (await twotime(["--version"])));

describe("solve", () => {
  it("prints the library's own numbers, to the last bit", async () => {
    const { status, stdout, stderr } = await twotime(["solve", json]);
    expect([status, stderr]).toEqual([0, ""]);
    const code = await findSystem("p-spin").load();
    const parameters = {
      ...config.parameters,
      schedule: { ...config.parameters.schedule, offset: 1 },
    };
    const solution = await code.solve(parameters, config.method);
    const { series } = solution.sample([0.5, 2]);
    const rows = rowsOf(stdout);
    for (const [quantity, values] of Object.entries(series)) {
      const printed = rows.filter((row) => row.quantity === quantity);
      expect(printed.map(({ time, value }) => [time, value])).toEqual([
        [0.5, values[0]],
        [2, values[1]],
      ]);
    }
    const field = solution as unknown as Record<string, (t: number, tPrime: number) => number>;
    for (const quantity of ["correlation", "response"]) {
      const [row] = rows.filter((each) => each.quantity === quantity);
      expect([row.time, row.timePrime, row.value]).toEqual([2, 1, field[quantity](2, 1)]);
    }
  });

  it("fills the defaults in what it prints", async () => {
    const printed = JSON.parse((await twotime(["solve", json])).stdout);
    expect(Object.keys(printed)).toEqual(["system", "parameters", "method", "rows", "seconds"]);
    expect(printed.parameters.schedule).toEqual({ ...config.parameters.schedule, offset: 1 });
    expect(printed.method).toMatchObject({ kind: "uniform", variable: "clock", extrapolate: true });
  });

  it("reads YAML, JSON and standard input alike", async () => {
    const runs = await Promise.all([
      twotime(["solve", json]),
      twotime(["solve", fileWith("config.yaml", yaml)]),
      twotime(["solve", "-"], { input: yaml }),
    ]);
    const [first, ...others] = runs.map(({ stdout }) => rowsOf(stdout));
    expect(first.length).toBe(13);
    for (const rows of others) expect(rows).toEqual(first);
  });

  it("prints the same numbers as CSV, with the columns of the contract", async () => {
    const [csv, plain] = await Promise.all([
      twotime(["solve", json, "--format", "csv"]),
      twotime(["solve", json]),
    ]);
    const [header, ...lines] = csv.stdout.trimEnd().split("\n");
    expect(header).toBe("quantity,time,time_prime,index,sample,statistic,value,standard_error,error");
    expect(lines.map((line) => Number(line.split(",")[6]))).toEqual(
      rowsOf(plain.stdout).map(({ value }) => value),
    );
  });
});

describe("the other verbs", () => {
  it("compare: theory and simulation are those of the single verbs", async () => {
    const runs = await Promise.all(["solve", "simulate", "compare"].map((verb) => twotime([verb, json])));
    const [theory, simulation, comparison] = runs.map(({ stdout }) => rowsOf(stdout));
    const points = comparison.filter(({ statistic }) => statistic === undefined);
    const find = (rows: Row[], { quantity, time }: Row) =>
      rows.find((row) => row.quantity === quantity && row.time === time);
    expect(points.length).toBeGreaterThan(6);
    for (const point of points) {
      const mean = find(simulation, point);
      expect(point.theory).toBe(find(theory, point)?.value);
      expect(point.simulation).toBe(mean?.value);
      expect(point.standardError).toBe(mean?.standardError);
      const distance = Number(point.theory) - Number(point.simulation);
      expect(point.deviation).toBeCloseTo(distance / Number(point.standardError), 10);
    }
    for (const { quantity, value, pValue } of comparison.filter(({ statistic }) => statistic === "curve")) {
      const deviations = points.filter((point) => point.quantity === quantity).map((row) => row.deviation);
      expect(value).toBe(Math.max(...deviations.map((deviation) => Math.abs(Number(deviation)))));
      expect(pValue).toBeGreaterThan(0);
      expect(pValue).toBeLessThanOrEqual(1);
    }
  });

  it("predict: the threshold of the 3-spin in closed form", async () => {
    const { stdout } = await twotime(["predict", json]);
    const printed = JSON.parse(stdout);
    expect(Object.keys(printed)).toEqual(["system", "parameters", "method", "rows", "seconds", "notes"]);
    expect(printed.notes[0]).toMatch(/those of rate 1/);
    const values = Object.fromEntries(rowsOf(stdout).map(({ quantity, value }) => [quantity, value]));
    // −2√(p − 1)/p for Q = q^p/p; and γ/(1 + γ) with γ = 2/3.
    expect(values.thresholdLossZero).toBeCloseTo((-2 * Math.SQRT2) / 3, 12);
    expect(values.optimalExponent).toBeCloseTo(0.4, 12);
  });

  it("--seed stands in place of the config's seed, in the numbers and in the run folder", async () => {
    const folder = newFolder();
    const [other, again] = await Promise.all([
      twotime(["simulate", json, "--seed", "8", "--out", folder]),
      twotime(["simulate", "-"], {
        input: JSON.stringify({ ...config, simulation: { ...config.simulation, seed: 8 } }),
      }),
    ]);
    expect(rowsOf(other.stdout)).toEqual(rowsOf(again.stdout));
    expect(JSON.parse(other.stdout).method).toMatchObject({ kind: "uniform", points: 40 });
    const run = await loadRun(folder);
    expect(run.manifest.seed).toBe(8);
    expect(run.config).toMatchObject({ simulation: { seed: 8 } });
    expect(run.rows).toEqual(rowsOf(other.stdout));
  });

  it("list: names every system, and its parameters, methods and quantities", async () => {
    const [all, one] = await Promise.all([twotime(["list"]), twotime(["list", "p-spin"])]);
    expect(JSON.parse(all.stdout).systems).toContainEqual({ name: "p-spin", title: expect.any(String) });
    const system = JSON.parse(one.stdout);
    expect(system.parameters).toContainEqual(
      expect.objectContaining({ name: "temperature", default: 0, allowed: "a number of at least 0" }),
    );
    expect(Object.keys(system.methods)).toEqual(["auto", "uniform", "aging"]);
    expect(system.quantities).toContainEqual(expect.objectContaining({ name: "excessLoss" }));
  });
});

describe("--out", () => {
  it("keeps a comparison with its plot, and takes the folder again for the same config only", async () => {
    const folder = join(newFolder(), "deep", "run");
    const first = await twotime(["compare", json, "--out", folder, "--quiet"]);
    expect([first.status, first.stderr]).toEqual([0, ""]);
    expect(readdirSync(folder).sort()).toEqual([
      "comparison.png",
      "comparison.svg",
      "config.json",
      "manifest.json",
      "rows.csv",
    ]);
    expect(readFileSync(join(folder, "comparison.svg"), "utf8")).toMatch(/^<svg/);
    const run = await loadRun(folder);
    expect(run.manifest.status).toBe("done");
    expect(run.rows).toEqual(rowsOf(first.stdout));

    const [again, other] = await Promise.all([
      twotime(["compare", json, "--out", folder]),
      twotime(["solve", json, "--out", folder]),
    ]);
    expect(again.status).toBe(0);
    expect(other.status).toBe(2);
    expect(other.stderr).toMatch(/^error: --out is .*"compare"\n$/);
    expect((await loadRun(folder)).rows).toEqual(run.rows);
  });
});
