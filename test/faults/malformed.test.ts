import fc from "fast-check";
import { expect, it } from "vitest";
import { InvalidParameterError } from "../../src/core/errors";
import { parseConfig, type Verb } from "../../src/systems/config/config";
import { reportOf } from "../../src/systems/config/report-of";
import { systems } from "../../src/systems/registry";
import type { System } from "../../src/systems/system";
import { runCase } from "./run-case";

const CONFIGS = 300;
const CALLS = 100;

/** Nothing that any number, list, text or record of a config may be. */
const nonsense = fc.oneof(
  fc.constantFrom<unknown>(Number.NaN, -Infinity, -1e308, "\u001b[31m\n", "x".repeat(10_000)),
  fc.constantFrom<unknown>([[]], [{}], { "": null }, { deep: { deeper: [] } }),
);
const key = fc
  .string({ unit: "binary", minLength: 1, maxLength: 30 })
  .filter((text) => !/^(kind|until)$/.test(text));
const verbs = fc.constantFrom<Verb>("solve", "simulate", "predict", "compare", "optimise");
const everySystem: readonly System[] = systems;

interface Malformed {
  readonly config: Record<string, unknown>;
  /** What the message must name. */
  readonly named: string;
}

/** The example of a system with one thing wrong: a stray key somewhere, a part that is none, a value that is none. */
const malformed: fc.Arbitrary<Malformed> = fc
  .record({ system: fc.constantFrom(...everySystem), key, nonsense, pick: fc.nat(), how: fc.nat(2) })
  .map(({ system, key, nonsense, pick, how }) => {
    const config: Record<string, unknown> = { system: system.name, ...structuredClone(system.example) };
    const parameters = config.parameters as Record<string, unknown>;
    const parts = ["parameters", "report"];
    const part = parts[pick % parts.length];
    if (how === 0) {
      return {
        config: { ...config, [part]: { ...(config[part] as object), [`${key}?`]: 1 } },
        named: `${part}.`,
      };
    }
    if (how === 1) return { config: { ...config, [part]: [nonsense] }, named: part };
    const names = Object.keys(parameters);
    const name = names[pick % names.length];
    return {
      config: { ...config, parameters: { ...parameters, [name]: nonsense } },
      named: `parameters.${name}`,
    };
  });

it(`${CONFIGS} configs with one thing wrong are refused on one line that names it`, async () => {
  await fc.assert(
    fc.asyncProperty(malformed, verbs, async ({ config, named }, verb) => {
      const { exit, message } = await runCase(verb, config);
      expect(exit).toBe(2);
      expect(message.startsWith(named)).toBe(true);
      expect(message).toMatch(/^[^\p{Cc}]{1,600}$/u);
    }),
    { numRuns: CONFIGS, seed: 20261122 },
  );
});

it(`${CALLS} things that are no config are refused by name`, () => {
  fc.assert(
    fc.property(fc.anything(), verbs, (config, verb) => {
      const parse = () => reportOf(verb, parseConfig(config, verb));
      expect(parse).toThrow(InvalidParameterError);
      expect(parse).toThrow(/^[^\p{Cc}]{1,600}$/u);
    }),
    { numRuns: CALLS, seed: 20261122 },
  );
});
