import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const SYSTEMS = fileURLToPath(new URL("../../src/systems", import.meta.url));
/** The subpaths of the package, each with all that it exports. */
const subpaths = await Promise.all(
  readdirSync(SYSTEMS)
    .map((system) => ({ system, file: join(SYSTEMS, system, "index.ts") }))
    .filter(({ file }) => existsSync(file))
    .map(async ({ system, file }) => ({ system, exports: await import(file) })),
);

/** What solves, simulates or searches: asynchronous, named by a verb. */
const VERBS = /^(solve|simulate)[A-Z]|^(bestOfFamily|jointOptimum|optimalRates|momentumOptimum)$/;
type Call = (...values: readonly unknown[]) => Promise<unknown>;
const solvers = subpaths.flatMap(({ system, exports }) =>
  Object.entries(exports)
    .filter(([name]) => VERBS.test(name))
    .map(([name, call]) => ({ name: `${name} of ${system}`, call: call as Call })),
);

const NONSENSE: readonly (readonly [what: string, values: readonly unknown[]])[] = [
  ["nothing", []],
  ["null", [null, null, null, null, null]],
  ["numbers", [Number.NaN, -1, Infinity, 0, 1]],
  ["texts", ["a", "b", "c", "d", "e"]],
  ["lists", [[], [], [], [], []]],
  ["records without a key", [{}, {}, {}, {}, {}]],
];

describe("every solver and simulator that a script can call", () => {
  it("is found", () => {
    expect(solvers.length).toBeGreaterThan(28);
  });

  it.each(solvers)("$name refuses nonsense by the name of what is wrong", async ({ call }) => {
    for (const [what, values] of NONSENSE) {
      const error = await call(...values).then(
        () => undefined,
        (error: unknown) => error,
      );
      expect(error, what).toMatchObject({ name: "InvalidParameterError" });
    }
  });

  it.each(solvers)("$name refuses an option with a wrong name", async ({ name, call }) => {
    // Records that are too good for the first look at them, and the options at every place that they may have.
    const record = new Proxy({}, { get: () => ({}) });
    const wrong = { onprogress: () => {} };
    const errors: unknown[] = [];
    for (const before of [2, 3, 4]) {
      const values = [...Array(before).fill(record), wrong];
      errors.push(await call(...values).catch((error: unknown) => error));
    }
    const parameters = errors.map((error) => (error as { parameter?: string }).parameter);
    expect(parameters, name).toContain("options.onprogress");
  });
});
