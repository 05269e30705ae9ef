import { describe, expect, it } from "vitest";
import { systems } from "../../../src/systems/registry";
import type { Row } from "../../../src/systems/rows/row";
import type { System } from "../../../src/systems/system";
import { runCase } from "../../faults/run-case";
import { WAYS, type Ways } from "./ways";

const all: readonly System[] = systems;

/** What a result says where it has no errors. */
const UNKNOWN = /no (numerical )?error (bar|is known)/;

const hasError = ({ value, error, standardError }: Row): boolean =>
  typeof value !== "number" || error !== undefined || standardError !== undefined;

describe("with nothing but what is required, every number has an error or a note says that none is known", () => {
  const methods = all.flatMap(({ name, methods }) => Object.keys(methods).map((kind) => ({ name, kind })));
  it.each(methods)("$name, $kind", async ({ name, kind }) => {
    const { parameters, until, methods: demanded } = WAYS[name];
    const method = { kind, ...(until !== undefined && { until }), ...demanded?.[kind] };
    const { exit, message, rows, notes } = await runCase("solve", { system: name, parameters, method });
    expect(exit, message).toBe(0);
    expect(rows.length).toBeGreaterThan(50);
    const bare = new Set(rows.filter((row) => !hasError(row)).map(({ quantity }) => quantity));
    if (bare.size > 0) expect(notes.join("; "), `${[...bare]}`).toMatch(UNKNOWN);
  });
});

/** Times what is stated; a standard error is one, of which a mean may be off by more now and then, in one of a dozen rows. */
const STATED = 3;
/** Relative; beside it no error needs to be stated. */
const ROUNDING = 1e-12;

describe("two independent ways differ by no more than three times what they state", () => {
  const pairs = all.flatMap(({ name }) =>
    WAYS[name].ways.map((ways) => ({
      name,
      ways,
      label: ways.methods.map((m) => JSON.stringify(m)).join(" "),
    })),
  );
  it.each(pairs)("$name, $label", async ({ name, ways }) => {
    const [found, known] = [await rowsOf(name, ways, 0), await rowsOf(name, ways, 1)];
    let compared = 0;
    for (const [place, row] of found) {
      const other = known.get(place);
      if (typeof row.value !== "number" || typeof other?.value !== "number") continue;
      const errors = [row.error, row.standardError, other.error, other.standardError];
      const stated = Math.hypot(...errors.map((error) => error ?? 0));
      const allowed = STATED * stated + ROUNDING * Math.abs(other.value);
      expect(Math.abs(row.value - other.value), place).toBeLessThanOrEqual(allowed);
      compared++;
    }
    expect(compared).toBeGreaterThanOrEqual(ways.times.length);
  });
});

/** The rows by what they are of. */
async function rowsOf(name: string, ways: Ways, which: 0 | 1): Promise<Map<string, Row>> {
  const { times, pairs = [], quantities, parameters, methods } = ways;
  const { exit, message, rows } = await runCase("solve", {
    system: name,
    parameters: { ...WAYS[name].parameters, ...parameters },
    method: methods[which],
    report: { times, pairs, ...(quantities && { quantities }) },
  });
  expect(exit, message).toBe(0);
  return new Map(
    rows.map((row) => {
      const { quantity, time = "", timePrime = "", index = "", statistic = "" } = row;
      return [`${quantity}[${index}](${time}, ${timePrime}) ${statistic}`, row];
    }),
  );
}
