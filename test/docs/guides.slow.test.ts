import { execFile } from "node:child_process";
import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { launcher, newFolder, twotime } from "../cli/spawn";

const run = promisify(execFile);
const root = fileURLToPath(new URL("../..", import.meta.url));
const docs = join(root, "docs");

/** The code of a page, block by block. */
function blocks(page: string): { language: string; code: string }[] {
  const text = readFileSync(join(docs, page), "utf8");
  return [...text.matchAll(/^```(\w+)\n(.*?)^```/gms)].map(([, language, code]) => ({ language, code }));
}

/** A folder in which `npx twotime` is this checkout's. */
function project(): string {
  const folder = newFolder();
  const commands = join(folder, "node_modules/.bin");
  mkdirSync(commands, { recursive: true });
  writeFileSync(join(commands, "twotime"), `#!/bin/sh\nexec "${process.execPath}" "${launcher}" "$@"\n`);
  chmodSync(join(commands, "twotime"), 0o755);
  writeFileSync(join(folder, "package.json"), JSON.stringify({ type: "module" }));
  return folder;
}

interface Row {
  quantity: string;
  value: unknown;
  error?: number;
  standardError?: number;
}

describe("the pages of the systems", () => {
  const pages = readdirSync(join(docs, "systems"));

  it.each(pages)(
    "%s: every config is solved, and each quantity asked for is there with its error",
    async (page) => {
      const configs = blocks(`systems/${page}`).filter(({ language }) => language === "yaml");
      expect(configs.length).toBeGreaterThan(0);
      for (const { code } of configs) {
        const { report } = parse(code) as { report: { quantities?: string[] } };
        const answer = await twotime(["solve", "-", "--format", "json", "--quiet"], { input: code });
        expect(answer).toMatchObject({ status: 0, stderr: "" });
        const rows: Row[] = JSON.parse(answer.stdout).rows;
        const known = new Set(rows.map(({ quantity }) => quantity));
        for (const quantity of report.quantities ?? []) expect(known).toContain(quantity);
        for (const { value } of rows) expect(typeof value === "string" || Number.isFinite(value)).toBe(true);
      }
    },
  );

  it("random-features.md: the search gives the schedule that it is for", async () => {
    const [{ code }] = blocks("systems/random-features.md").filter(({ language }) => language === "yaml");
    const { stdout } = await twotime(["optimise", "-", "--format", "json", "--quiet"], { input: code });
    const rows: Row[] = JSON.parse(stdout).rows;
    expect([...new Set(rows.map(({ quantity }) => quantity))]).toEqual([
      "learningRate",
      "batchSize",
      "excessLoss",
    ]);
  });

  it("convex.md: the finite system is on the theory", async () => {
    const [{ code }] = blocks("systems/convex.md").filter(({ language }) => language === "yaml");
    const { stdout } = await twotime(["compare", "-", "--format", "json", "--quiet"], { input: code });
    const curve = JSON.parse(stdout).rows.find(({ pValue }: { pValue?: number }) => pValue !== undefined);
    expect(curve.pValue).toBeGreaterThan(0.001);
  });

  it.each(pages)("%s: numbers that readers of YAML 1.1, too, take for numbers", (page) => {
    for (const { language, code } of blocks(`systems/${page}`)) {
      if (language === "yaml") expect(code).not.toMatch(/[ [:]\d+e-?\d/);
    }
  });

  it("there is one for every system", async () => {
    const { stdout } = await twotime(["list", "--format", "json"]);
    const names = JSON.parse(stdout).systems.map(({ name }: { name: string }) => `${name}.md`);
    expect([...pages].sort()).toEqual(names.sort());
  });
});

it("start.md: by copy and paste, line by line", async () => {
  const folder = project();
  const names = ["first.yaml", "second.yaml"];
  const printed: string[] = [];
  for (const { language, code } of blocks("start.md")) {
    if (language === "yaml") writeFileSync(join(folder, names.shift()!), code);
    for (const line of language === "sh" ? code.split("\n") : []) {
      if (!line.startsWith("npx ")) continue;
      printed.push((await run("bash", ["-c", line], { cwd: folder })).stdout);
    }
    if (language === "ts") {
      writeFileSync(join(folder, "script.ts"), code);
      const script = ["tsx", "--tsconfig", join(root, "tsconfig.json"), join(folder, "script.ts")];
      printed.push((await run("npx", script, { cwd: root })).stdout);
    }
  }
  expect(printed[0]).toContain("p-spin");
  expect(printed.at(-1)).toMatch(/-0\.\d+/);
  const drawn = readdirSync(join(folder, "runs/second"));
  expect(drawn).toEqual(expect.arrayContaining(["config.json", "manifest.json", "rows.csv"]));
  expect(drawn.some((name) => name.endsWith(".svg"))).toBe(true);
});

it("other-languages.md: Python reads rows and fields, the shell a value for each temperature", async () => {
  const folder = project();
  const code = (wanted: string) =>
    blocks("other-languages.md")
      .filter(({ language }) => language === wanted)
      .map((block) => block.code);
  const [call, fields] = code("python");
  const config = { system: "p-spin", parameters: { p: 3, temperature: 0.5 }, method: { until: 10 } };
  writeFileSync(join(folder, "config.json"), JSON.stringify(config));
  await run("npx", ["twotime", "solve", "config.json", "--out", "run", "--fields", "--quiet"], {
    cwd: folder,
  });
  writeFileSync(join(folder, "script.py"), `${call}\n${fields}`);
  const python = await run("/usr/bin/python3", ["script.py"], { cwd: folder });
  const lines = python.stdout.trim().split("\n");
  expect(lines).toHaveLength(4);
  for (const line of lines.slice(0, 3)) {
    const [time, loss, error] = line.split(" ").map(Number);
    expect([1, 3, 10]).toContain(time);
    expect(loss).toBeLessThan(0);
    expect(error).toBeLessThan(1e-4);
  }
  expect(lines[3]).toMatch(/^\(\d+, \d+\) /);
  const shell = await run("bash", ["-c", code("sh")[0]], { cwd: folder });
  const losses = shell.stdout
    .trim()
    .split("\n")
    .map((line) => Number(line.split(",")[6]));
  expect(losses).toHaveLength(3);
  for (const loss of losses) expect(loss).toBeLessThan(0);
});

it("conventions.md: with the couplings of Crisanti and Sommers the known temperatures and energies come out", async () => {
  const config = { system: "p-spin", parameters: { couplings: [{ p: 3, variance: 1.5 }], temperature: 0 } };
  const { stdout } = await twotime(["predict", "-", "--format", "json"], { input: JSON.stringify(config) });
  const rows: Row[] = JSON.parse(stdout).rows;
  const value = (name: string) => rows.find(({ quantity }) => quantity === name)?.value as number;
  expect(value("thresholdLossZero")).toBeCloseTo(-Math.sqrt(4 / 3), 12);
  expect(value("ergodicityTemperature")).toBeCloseTo(Math.sqrt(3 / 8), 12);
  expect(value("groundStateLoss")).toBeCloseTo(-1.17167, 5);
});

it("no page links to what is not there", () => {
  const pages = ["", "systems/"].flatMap((room) =>
    readdirSync(join(docs, room))
      .filter((name) => name.endsWith(".md"))
      .map((name) => `${room}${name}`),
  );
  for (const page of pages) {
    const folder = page.includes("/") ? "systems" : "";
    const text = readFileSync(join(docs, page), "utf8").replaceAll(/^ {4}.*$/gm, "");
    for (const [, target] of text.matchAll(/\]\((?!https?:)([^)#]+)(?:#[^)]*)?\)/g)) {
      expect(() => readdirSync(join(docs, folder, target, "..")), `${page}: ${target}`).not.toThrow();
      const parts = join(docs, folder, target).split("/");
      const name = parts.pop()!;
      expect(readdirSync(parts.join("/")), `${page}: ${target}`).toContain(name);
    }
  }
});
