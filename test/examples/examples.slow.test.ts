import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));

const run = promisify(execFile);

/** Numbers that a script prints, line by line. */
async function numbersOf(name: string): Promise<number[][]> {
  const { stdout } = await run("npx", ["tsx", `examples/${name}.ts`]);
  return stdout
    .trim()
    .split("\n")
    .map((line) => (line.match(/-?\d+(\.\d+)?(e[+-]?\d+)?/g) ?? []).map(Number));
}

test("the loss of decays nears the threshold with the known local exponents", async () => {
  const lines = await numbersOf("exponent-against-decay");
  expect(lines.map(([beta]) => beta)).toEqual([0.2, 0.4, 0.6]);
  for (const [k, exponent] of [0.203, 0.4, 0.267].entries())
    expect(Math.abs(lines[k][3] - exponent)).toBeLessThan(0.003);
  expect(lines.map((line) => line.at(-1))).toEqual([0.2, 0.4, 0.267]);
});

test("a noisier matrix makes the crossing later and the overlap smaller", async () => {
  const lines = await numbersOf("crossing-time");
  const [ends, times] = [lines.map((line) => line[2]), lines.map((line) => line[3])];
  expect(ends).toEqual([...ends].sort((a, b) => b - a));
  expect(times).toEqual([...times].sort((a, b) => a - b));
});

test("theory and finite systems of phase retrieval agree", async () => {
  const lines = await numbersOf("theory-against-simulation");
  expect(lines.map(([size]) => size)).toEqual([250, 1000]);
  expect(lines[1][2]).toBeGreaterThan(0.001);
});

test("exits come later by the logarithm of the dimension", async () => {
  const lines = await numbersOf("exit-time-against-dimension");
  for (const [, mean, closed] of lines.slice(1)) expect(Math.abs(mean / closed - 1)).toBeLessThan(0.15);
});

test("a measured curve gives a schedule that ends lower than it starts", async () => {
  const { stdout } = await run("npx", ["tsx", "examples/schedule-from-loss-curve.ts"]);
  const rates = (stdout.match(/Float64Array\(4\) \[([^\]]*)\]/)?.[1] ?? "").split(",").map(Number);
  expect(rates).toHaveLength(4);
  expect(rates[3]).toBeLessThan(rates[0]);
});

test("the slower of relaxation and drift is fastest at two thirds", async () => {
  const lines = await numbersOf("momentum-scan");
  const best = lines.reduce((a, b) => (b[3] < a[3] ? b : a));
  expect(best[0]).toBe(0.67);
});

test("an example fits on a screen", () => {
  for (const name of readdirSync("examples"))
    expect(readFileSync(`examples/${name}`, "utf8").split("\n").length, name).toBeLessThanOrEqual(40);
});

const readme = readFileSync(join(root, "README.md"), "utf8");
const scripts = [...readme.matchAll(/^```ts\n(.*?)^```/gms)].map(([, code], k) => ({ k: k + 1, code }));

test("README has a script with a pool", () => {
  expect(scripts.filter(({ code }) => code.includes("createPool"))).toHaveLength(1);
});

test.each(scripts)("script $k of README runs in a checkout, as it says, and ends", async ({ code }) => {
  mkdirSync(join(root, ".setup"), { recursive: true });
  const folder = mkdtempSync(join(root, ".setup", "script-"));
  try {
    const file = join(folder, "script.ts");
    writeFileSync(file, code);
    const { stdout, stderr } = await run("npx", ["tsx", file], { cwd: root });
    expect(stderr).toBe("");
    const numbers = (stdout.match(/-?\d+\.\d+(e-?\d+)?/g) ?? []).map(Number);
    expect(numbers.length).toBeGreaterThan(1);
    expect(stdout).not.toMatch(/NaN|undefined/);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
