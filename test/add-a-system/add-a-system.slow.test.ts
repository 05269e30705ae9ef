import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { copyWithSystems } from "./copy";

const { folder, remove } = copyWithSystems(["harmonic-well", "clockwork"]);
afterAll(remove);

const bin = (name: string) => join(folder, "node_modules/.bin", name);
const run = (...words: string[]) =>
  spawnSync(bin("tsx"), ["src/cli/main.ts", ...words], { cwd: folder, encoding: "utf8" });

function rowsOf(verb: string, config: object): Record<string, unknown>[] {
  writeFileSync(join(folder, "config.json"), JSON.stringify(config));
  const { stdout, stderr, status } = run(verb, "config.json", "--format", "json", "--quiet");
  expect(stderr).toBe("");
  expect(status).toBe(0);
  return JSON.parse(stdout).rows;
}

describe("a system that is added by a folder a floor and a line in the registry", () => {
  it("has types, and walls like the others", () => {
    execFileSync(bin("tsc"), ["--noEmit", "-p", "."], { cwd: folder });
    execFileSync(bin("depcruise"), ["src", "--config", ".dependency-cruiser.cjs"], { cwd: folder });
  });

  it("stands in the list with symbols and units", () => {
    expect(run("list").stdout).toContain("harmonic-well");
    const info = JSON.parse(run("list", "clockwork", "--format", "json").stdout);
    expect(info.parameters[0]).toMatchObject({ name: "angle", symbol: "φ", unit: "rad", default: 0.1 });
    expect(info.simulation).toEqual({ absent: "as it is deterministic" });
    expect(info.example).toEqual({ system: "clockwork", parameters: { angle: 0.2 } });
    expect(run("list", "clockwork", "--format", "table").stdout).toContain("none: as it is deterministic");
  });

  it("is solved, predicted, simulated on workers and compared", () => {
    const config = { system: "harmonic-well", parameters: { temperature: 0.5 }, report: { times: [1] } };
    const expected = 0.5 * (4 * Math.exp(-2) + 0.5 * (1 - Math.exp(-2)));
    expect(rowsOf("solve", config)).toEqual([{ quantity: "energy", time: 1, value: expected, error: 0 }]);
    expect(rowsOf("predict", config)).toEqual([{ quantity: "equilibriumEnergy", value: 0.25 }]);
    const compared = rowsOf("compare", { ...config, simulation: { samples: 4000 } });
    expect(compared[0]).toMatchObject({ quantity: "energy", theory: expected });
    expect(Math.abs(compared[0].deviation as number)).toBeLessThan(4);
    expect(compared[0].standardError as number).toBeLessThan(0.02);
  });

  it("has its figures in the atlas", () => {
    const { stdout, status } = run("atlas", "--only", "harmonic-well-energy", "--out", "report", "--quiet");
    expect(stdout).toContain("harmonic-well-energy");
    expect(status).toBe(0);
    expect(readFileSync(join(folder, "report/index.html"), "utf8")).toContain("Energy in a harmonic well");
    expect(existsSync(join(folder, "report/harmonic-well-energy/data.json"))).toBe(true);
  });

  it("may count steps, have methods without an end and quantities of the whole", () => {
    const rows = rowsOf("solve", { system: "clockwork" });
    const times = rows.filter(({ quantity }) => quantity === "height").map(({ time }) => time as number);
    expect(times.at(-1)).toBe(100);
    expect(times.every(Number.isInteger)).toBe(true);
    expect(new Set(times).size).toBe(times.length);
    expect(rows.at(-1)).toEqual({ quantity: "turns", value: 10 / (2 * Math.PI), error: 0 });
  });

  it("may predict vectors, matrices and complex values", () => {
    const rows = rowsOf("predict", { system: "clockwork" });
    expect(rows.slice(0, 2)).toEqual([
      { quantity: "positions", index: [0], statistic: "real", value: 0.9 * Math.cos(0.1) },
      { quantity: "positions", index: [0], statistic: "imaginary", value: 0.9 * Math.sin(0.1) },
    ]);
    expect(rows[5]).toEqual({ quantity: "turnMatrix", index: [0, 1], value: -Math.sin(0.1) });
    expect(rows).toHaveLength(8);
  });

  it("may search in its own way", () => {
    const rows = rowsOf("optimise", {
      system: "clockwork",
      optimise: { steps: 5 },
      report: { times: [1, 5] },
    });
    expect(rows).toEqual([
      { quantity: "phase", time: 1, value: -0.1 * Math.PI },
      { quantity: "phase", time: 5, value: 5 * (-0.1 * Math.PI) },
      { quantity: "angle", value: -0.1 * Math.PI },
    ]);
  });

  it("says why there is no simulation", () => {
    writeFileSync(join(folder, "config.json"), JSON.stringify({ system: "clockwork" }));
    const { stderr, status } = run("simulate", "config.json");
    expect(status).toBe(2);
    expect(stderr).toContain('"clockwork" has no simulation, as it is deterministic');
  });
});
