import { existsSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { fail } from "../../src/cli/failure";
import { runProgram } from "../../src/cli/program";
import { fileWith, newFolder, twotime } from "./spawn";

const good = { system: "p-spin", parameters: { p: 3 }, method: { until: 1, points: 20 } };
const withParameters = (parameters: object) => ({ ...good, parameters: { p: 3, ...parameters } });
const schedule = (spec: object) => withParameters({ schedule: { kind: "power-law", rate: 1, ...spec } });
const file = fileWith("plain.txt", "a file");

/** What is wrong, the config, and what the one line must say. */
const wrong: readonly (readonly [string, unknown, RegExp])[] = [
  ["p = 1", { ...good, parameters: { p: 1 } }, /parameters\.p is 1;.*at least 2/],
  ["p = 2.5", { ...good, parameters: { p: 2.5 } }, /parameters\.p is 2\.5;.*integer/],
  ["temperature −1", withParameters({ temperature: -1 }), /parameters\.temperature is -1;/],
  [
    "temperature .nan",
    "system: p-spin\nparameters: { p: 3, temperature: .nan }\nmethod: { until: 1 }",
    /parameters\.temperature is NaN;/,
  ],
  ["step 0", { ...good, method: { until: 1, step: 0 } }, /method\.step is 0;/],
  ["step beyond until", { ...good, method: { until: 1, step: 2 } }, /method\.step is 2;/],
  ["undefined start", schedule({ exponent: 1, offset: 0 }), /parameters\.schedule\.exponent is 1;.*below 1/],
  ["unknown key of the config", { ...good, metod: {} }, /metod is not known; did you mean "method"/],
  [
    "unknown parameter",
    withParameters({ temprature: 1 }),
    /parameters\.temprature is not known; did you mean "temperature"/,
  ],
  [
    "unknown key of a schedule",
    schedule({ exponnt: 1 }),
    /parameters\.schedule\.exponnt is not known; did you mean "exponent"/,
  ],
  [
    "unknown kind of schedule",
    schedule({ kind: "powerlaw" }),
    /parameters\.schedule\.kind is "powerlaw";.*"power-law"/,
  ],
  [
    "unknown key of the method",
    { ...good, method: { untill: 1 } },
    /method\.untill is not known; did you mean "until"/,
  ],
  [
    "unknown key of the simulation",
    { ...good, simulation: { sampels: 1 } },
    /simulation\.sampels is not known; did you mean "samples"/,
  ],
  [
    "unknown key of the report",
    { ...good, report: { tims: [1] } },
    /report\.tims is not known; did you mean "times"/,
  ],
  ["unknown system", { ...good, system: "pspin" }, /system "pspin" is not known; did you mean "p-spin"/],
  [
    "unknown quantity",
    { ...good, report: { quantities: ["los"] } },
    /report\.quantities\[0\] "los" is not known; did you mean "loss"/,
  ],
  ["time beyond the end", { ...good, report: { times: [0.5, 2] } }, /report\.times is 2;.*at most 1/],
  ["pair beyond the end", { ...good, report: { pairs: [[2, 1]] } }, /report\.pairs\[0\]\[0\] is 2;/],
  ["broken JSON", '{ "system": "p-spin", ', /config file is .*line 1/],
  ["nothing", "", /config file is .*nothing in it/],
  ["a list", [1], /config is \[1\];/],
];

/** What the command line does and says, in this process: that the program itself does so is shown below. */
async function said(args: readonly string[]) {
  const written = { stdout: "", stderr: "" };
  const spies = (["stdout", "stderr"] as const).map((name) =>
    vi.spyOn(process[name], "write").mockImplementation((text) => {
      written[name] += text;
      return true;
    }),
  );
  const status = await runProgram(args).catch(fail);
  for (const spy of spies) spy.mockRestore();
  return { status, ...written };
}

describe("a config that is wrong", () => {
  it.each(wrong)("%s: status 2, one line that names it, nothing written", async (_, config, line) => {
    const folder = join(newFolder(), "run");
    const { status, stdout, stderr } = await said(["solve", fileWith("c", config), "--out", folder]);
    expect(stderr).toMatch(/^error: [^\n]*\n$/);
    expect(stderr).toMatch(line);
    expect([status, stdout]).toEqual([2, ""]);
    expect(existsSync(folder)).toBe(false);
  });
});

const usage: readonly (readonly [string, readonly string[], RegExp])[] = [
  ["no such file", ["solve", join(newFolder(), "none.json")], /config file is .*no such file/],
  ["a folder", ["solve", newFolder()], /config file is .*a folder/],
  ["a folder below a file", ["solve", fileWith("c.json", good), "--out", join(file, "run")], /--out is /],
  ["a file as folder", ["solve", fileWith("c.json", good), "--out", file], /--out is /],
  ["an unknown verb", ["solv", file], /unknown command 'solv'.*solve/],
  ["no thread", ["solve", file, "--threads", "0"], /--threads.*integer of at least 1/],
  ["an unknown format", ["solve", file, "--format", "xml"], /--format.*table, json, csv/],
  ["an unknown system", ["list", "pspin"], /did you mean "p-spin"/],
  ["an unknown figure", ["atlas", "--only", "p-spin-los"], /--only "p-spin-los".*did you mean "p-spin-loss"/],
];

describe("a command that is wrong", () => {
  it.each(usage)("%s: status 2 and one line", async (_, args, line) => {
    const { status, stdout, stderr } = await said(args);
    expect(stderr).toMatch(/^error: [^\n]*\n$/);
    expect(stderr).toMatch(line);
    expect([status, stdout]).toEqual([2, ""]);
  });
});

describe("the program itself", () => {
  beforeAll(async () => void (await twotime(["--version"])));

  it.each([
    ["a config from standard input", ["solve", "-"], JSON.stringify(wrong[0][1]), wrong[0][2]],
    ["an unknown verb", ["solv", file], "", /unknown command 'solv'/],
  ] as const)("%s: the same status and line", async (_, args, input, line) => {
    const { status, stdout, stderr } = await twotime(args, { input });
    expect(stderr).toMatch(/^error: [^\n]*\n$/);
    expect(stderr).toMatch(line);
    expect([status, stdout]).toEqual([2, ""]);
  });
});
