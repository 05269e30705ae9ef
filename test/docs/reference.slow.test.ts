import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { newFolder } from "../cli/spawn";

const run = promisify(execFile);

it("the reference of the interface is made without a warning: every link of a comment leads somewhere", async () => {
  const folder = newFolder();
  // Warnings are errors: see typedoc.json.
  const { stderr } = await run("npx", ["typedoc", "--out", folder]);
  expect(stderr).not.toMatch(/warning/);
  for (const page of [
    "index.html",
    "functions/index.solve.html",
    "functions/systems_p-spin.solveUniform.html",
  ])
    expect(existsSync(join(folder, page)), page).toBe(true);
});
