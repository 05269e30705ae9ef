import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, existsSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";
import { fileWith, newFolder } from "../cli/spawn";

const root = fileURLToPath(new URL("../..", import.meta.url));
const PACKED = ["package.json", "tsconfig.json", "tsdown.config.ts", "src", "docs", "README.md", "LICENSE"];

/** A project that has nothing but the packed package, without its optional ones. */
let project: string;

beforeAll(() => {
  const copy = newFolder();
  for (const name of PACKED) cpSync(join(root, name), join(copy, name), { recursive: true });
  symlinkSync(join(root, "node_modules"), join(copy, "node_modules"));
  const packed = newFolder();
  // Packing builds; in a copy, where nobody runs what is being built.
  execFileSync("npm", ["pack", "--pack-destination", packed], { cwd: copy, stdio: "pipe" });
  const [tarball] = readdirSync(packed);
  project = newFolder();
  writeFileSync(join(project, "package.json"), JSON.stringify({ type: "module", private: true }));
  const flags = ["--omit=optional", "--no-fund", "--no-audit"];
  execFileSync("npm", ["install", ...flags, join(packed, tarball)], { cwd: project, stdio: "pipe" });
});

const run = (...args: string[]) => {
  const command = join(project, "node_modules/.bin/twotime");
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: project, encoding: "utf8" });
  return { status, stdout, stderr };
};
const config = {
  system: "p-spin",
  parameters: { p: 3, temperature: 0.5 },
  method: { kind: "uniform", until: 1, points: 16 },
  report: { times: [1], quantities: ["loss"] },
};

describe("the packed package in an empty project", () => {
  it("has no queue, says how to get it, and needs none", () => {
    expect(existsSync(join(project, "node_modules/bullmq"))).toBe(false);
    expect(existsSync(join(project, "node_modules/ioredis"))).toBe(false);
    const { status, stderr } = run("worker", "--redis", "redis://127.0.0.1:1", "--quiet");
    expect(status).toBe(2);
    expect(stderr).toMatch(/^error: --engine is "bullmq"; allowed: .*npm install bullmq ioredis\n$/);
    const sweep = { verb: "solve", base: config, vary: { "parameters.temperature": [0.4, 0.6] } };
    const swept = run("sweep", fileWith("sweep.json", sweep), "--out", "sweep", "--quiet");
    expect(swept).toMatchObject({ status: 0, stderr: "" });
    expect(existsSync(join(project, "sweep/table.csv"))).toBe(true);
  });

  it("writes fields, and a script reads them", () => {
    const file = fileWith("config.json", config);
    expect(run("solve", file, "--out", "run", "--fields", "--quiet")).toMatchObject({
      status: 0,
      stderr: "",
    });
    writeFileSync(
      join(project, "script.mjs"),
      `import { solve } from "twotime";
import { loadRun } from "twotime/node";
const { fields, config } = await loadRun("run");
const { correlation } = await solve({ system: config.system, parameters: config.parameters }, config.method);
const { time, shape, functions } = fields;
console.log(functions.correlation.value[10 * shape[1] + 5] === correlation(time[10], time[5]));`,
    );
    const script = spawnSync(process.execPath, ["script.mjs"], { cwd: project, encoding: "utf8" });
    expect(script).toMatchObject({ status: 0, stdout: "true\n", stderr: "" });
  });
});
