import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { InvalidParameterError } from "../../src/core/errors";
import { systems } from "../../src/systems/registry";

const SOURCES = fileURLToPath(new URL("../../src/", import.meta.url));
const SYSTEM_NAMES = systems.map(({ name }) => name);

/** What the package exports, by the names of its subpaths in tsdown.config.ts. */
const SUBPATHS: Readonly<Record<string, object>> = Object.fromEntries(
  await Promise.all(
    ["index", "analysis", "run/index", ...SYSTEM_NAMES.map((name) => `systems/${name}/index`)].map(
      async (path) => [path, await import(join(SOURCES, `${path}.ts`))],
    ),
  ),
);

/** What no argument of any function may be. */
const JUNK: readonly unknown[] = [undefined, null, "text", Number.NaN, {}, [], true];

/** Functions that take some of it, or all, and why. */
const ALLOWED: Readonly<Record<string, { readonly why: string; readonly taken?: readonly unknown[] }>> = {
  createStreams: { why: "a seed may be a text", taken: ["text"] },
  createPool: { why: "all options have defaults", taken: [undefined, {}] },
  citation: { why: "without a system, of all", taken: [undefined] },
  configSchema: { why: "takes nothing" },
  optimalExponent: { why: "its exponent has a default", taken: [undefined] },
  originStabilityLimit: { why: "takes nothing" },
  diagonalBracket: { why: "called for every pair of modes; what takes it checks" },
  lyapunovBracket: { why: "called for every pair of modes; what takes it checks" },
  advanceModes: { why: "a step of the recursion; solveRecursion checks" },
  advanceMoments: { why: "a step of the recursion; solveMomentum checks" },
  momentumStart: { why: "a step of the recursion; solveMomentum checks" },
  stepOf: { why: "a step of the recursion; solveMomentum checks" },
  excess: { why: "in every step of the recursion" },
  finalExcess: { why: "the recursion in one go, for searches; solveRecursion checks" },
};

type Exported = (...given: readonly unknown[]) => unknown;
const isClass = (value: unknown) => /^class\b/.test(String(value));

/** Every function once, by its name and subpath. */
const exported = new Map<Exported, string>();
for (const [path, subpath] of Object.entries(SUBPATHS)) {
  for (const [name, value] of Object.entries(subpath)) {
    if (typeof value === "function" && !isClass(value)) exported.set(value as Exported, `${path} ${name}`);
  }
}

/** What becomes of a call: the error, or what it returns; of a generator its first step. */
async function outcome(call: Exported, junk: unknown): Promise<unknown> {
  try {
    const returned = await call(...Array(Math.max(1, call.length)).fill(junk));
    const generator = returned as Generator | undefined;
    return typeof generator?.next === "function" ? generator.next() : returned;
  } catch (error) {
    return error;
  }
}

describe("every function of the API checks its arguments at the door", () => {
  it("has them all", () => expect(exported.size).toBeGreaterThan(180));

  it.each([...exported].map(([call, label]) => [label, call] as const))("%s", async (label, call) => {
    const name = label.split(" ")[1];
    const allowed = ALLOWED[name];
    if (allowed && !allowed.taken) return;
    for (const junk of JUNK) {
      if (allowed?.taken?.some((one) => JSON.stringify(one) === JSON.stringify(junk))) continue;
      const error = await outcome(call, junk);
      expect(error, `${label}: ${JSON.stringify(junk)}`).toBeInstanceOf(InvalidParameterError);
    }
  });

  it("names no exception that is none", () => {
    const names = [...exported.values()].map((label) => label.split(" ")[1]);
    expect(names).toEqual(expect.arrayContaining(Object.keys(ALLOWED)));
  });
});
