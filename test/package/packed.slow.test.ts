import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { systems } from "../../src/systems/registry";
import { fileWith } from "../cli/spawn";
import { bundles } from "./bundles";
import { createProject, type Project, pack, root } from "./project";
import { readme } from "./readme";

let tarball: string;
let project: Project;
beforeAll(() => {
  tarball = pack();
  project = createProject(tarball);
});

const config = {
  system: "p-spin",
  parameters: { p: 3, temperature: 0.5 },
  method: { kind: "uniform", until: 1, points: 16 },
  report: { times: [1], quantities: ["loss"] },
};

describe("the packed package in an empty project", () => {
  it("has no queue, says how to get it, and needs none", () => {
    expect(existsSync(join(project.folder, "node_modules/bullmq"))).toBe(false);
    expect(existsSync(join(project.folder, "node_modules/ioredis"))).toBe(false);
    const { status, stderr } = project.twotime("worker", "--redis", "redis://127.0.0.1:1", "--quiet");
    expect(status).toBe(2);
    expect(stderr).toMatch(/^error: --engine is "bullmq"; allowed: .*npm install bullmq ioredis\n$/);
    const sweep = { verb: "solve", base: config, vary: { "parameters.temperature": [0.4, 0.6] } };
    const swept = project.twotime("sweep", fileWith("sweep.json", sweep), "--out", "sweep", "--quiet");
    expect(swept).toMatchObject({ status: 0, stderr: "" });
    expect(existsSync(join(project.folder, "sweep/table.csv"))).toBe(true);
  });

  it("writes fields, and a script reads them", () => {
    const file = fileWith("config.json", config);
    expect(project.twotime("solve", file, "--out", "run", "--fields", "--quiet")).toMatchObject({
      status: 0,
      stderr: "",
    });
    const script = project.script(`import { solve } from "twotime";
import { loadRun } from "twotime/node";
const { fields, config } = await loadRun("run");
const { correlation } = await solve({ system: config.system, parameters: config.parameters }, config.method);
const { time, shape, functions } = fields;
console.log(functions.correlation.value[10 * shape[1] + 5] === correlation(time[10], time[5]));`);
    expect(script).toMatchObject({ status: 0, stdout: "true\n", stderr: "" });
  });

  it("has the schema of configs as a file, the same that it prints", () => {
    const { status, stdout } =
      project.script(`import schema from "twotime/config.schema.json" with { type: "json" };
import { configSchema } from "twotime";
console.log(JSON.stringify(schema) === JSON.stringify(configSchema()));`);
    expect([status, stdout]).toEqual([0, "true\n"]);
    expect(project.twotime("schema").stdout).toContain("http://json-schema.org/draft-07/schema#");
    const sweep = project.script(`import schema from "twotime/sweep.schema.json" with { type: "json" };
console.log(schema.title);`);
    expect([sweep.status, sweep.stdout]).toEqual([0, "sweep of twotime\n"]);
  });
});

it("has what its README links to", () => {
  const there = join(project.folder, "node_modules/twotime");
  const links = [...readFileSync(join(there, "README.md"), "utf8").matchAll(/\]\((?!https?:|#)([^)#]+)/g)];
  expect(links.length).toBeGreaterThan(10);
  const lost = links.map(([, path]) => path).filter((path) => !existsSync(join(there, path)));
  expect(lost).toEqual([]);
});

describe("the package, as checked by tools", () => {
  it("has no fault for publint", async () => {
    const { publint } = await import("publint");
    const { messages } = await publint({
      pkgDir: join(project.folder, "node_modules/twotime"),
      strict: true,
    });
    expect(messages).toEqual([]);
  });

  it("has types for every import, by attw", () => {
    const attw = join(root, "node_modules/.bin/attw");
    const also = systems.flatMap(({ name }) => ["--include-entrypoints", `./${name}`]);
    const words = [
      tarball,
      "--profile",
      "esm-only",
      "--format",
      "ascii",
      "--no-color",
      "--no-emoji",
      ...also,
    ];
    const { status, stdout } = spawnSync(attw, words, { encoding: "utf8" });
    expect(status, stdout).toBe(0);
    expect(stdout).toContain("twotime/p-spin");
  });
});

bundles(() => project);
readme(() => project);
