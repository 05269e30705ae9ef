import fc from "fast-check";
import type { Verb } from "../../src/systems/config/config";
import { systems } from "../../src/systems/registry";
import type { System } from "../../src/systems/system";

/** How many configs with one thing wrong, and how many things that are no config. */
export const CONFIGS = 300;
export const CALLS = 100;
export const SEED = 20261122;

/** Nothing that any number, list, text or record of a config may be. */
const nonsense = fc.oneof(
  fc.constantFrom<unknown>(Number.NaN, -Infinity, -1e308, "\u001b[31m\n", "x".repeat(10_000)),
  fc.constantFrom<unknown>([[]], [{}], { "": null }, { deep: { deeper: [] } }),
);
const key = fc
  .string({ unit: "binary", minLength: 1, maxLength: 30 })
  .filter((text) => !/^(kind|until)$/.test(text));
export const verbs = fc.constantFrom<Verb>("solve", "simulate", "predict", "compare", "optimise");
const everySystem: readonly System[] = systems;

export interface Malformed {
  readonly config: Record<string, unknown>;
  /** What the message must name. */
  readonly named: string;
}

/** The example of a system with one thing wrong: a stray key somewhere, a part that is none, a value that is none. */
export const malformed: fc.Arbitrary<Malformed> = fc
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
