import fc from "fast-check";
import { expect, it } from "vitest";
import { InvalidParameterError } from "../../src/core/errors";
import { parseConfig } from "../../src/systems/config/config";
import { reportOf } from "../../src/systems/config/report-of";
import { CALLS, CONFIGS, malformed, SEED, verbs } from "./malformed";
import { runCase } from "./run-case";

it(`${CONFIGS} configs with one thing wrong are refused on one line that names it`, async () => {
  await fc.assert(
    fc.asyncProperty(malformed, verbs, async ({ config, named }, verb) => {
      const { exit, message } = await runCase(verb, config);
      expect(exit).toBe(2);
      expect(message.startsWith(named)).toBe(true);
      expect(message).toMatch(/^[^\p{Cc}]{1,600}$/u);
    }),
    { numRuns: CONFIGS, seed: SEED },
  );
});

it(`${CALLS} things that are no config are refused by name`, () => {
  fc.assert(
    fc.property(fc.anything(), verbs, (config, verb) => {
      const parse = () => reportOf(verb, parseConfig(config, verb));
      expect(parse).toThrow(InvalidParameterError);
      expect(parse).toThrow(/^[^\p{Cc}]{1,600}$/u);
    }),
    { numRuns: CALLS, seed: SEED },
  );
});
