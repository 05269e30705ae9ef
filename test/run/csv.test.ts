import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ComparisonRow } from "../../src/run/comparison-rows";
import { rowsFromCsv, rowsToCsv } from "../../src/run/csv";
import type { Row } from "../../src/systems/rows/row";

const number = fc.double({ noNaN: true, noDefaultInfinity: true });
const word = fc.constantFrom(
  "infinity",
  "-infinity",
  "never",
  "undefined",
  "spin glass, frozen",
  'a "hard" phase',
);
const row: fc.Arbitrary<Row> = fc.record(
  {
    quantity: fc.constantFrom("loss", "excessLoss", "overlap"),
    time: number,
    timePrime: number,
    index: fc.array(fc.nat(9), { minLength: 1, maxLength: 2 }),
    sample: fc.nat(),
    statistic: fc.constantFrom("mean", "median"),
    value: fc.oneof(number, word),
    standardError: number,
    error: number,
  },
  { requiredKeys: ["quantity", "value"] },
);

describe("rows as CSV", () => {
  it("come back to the last bit, words as words and gaps as gaps", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(row, { maxLength: 8 }), async (rows) => {
        expect(await rowsFromCsv(await rowsToCsv(rows))).toEqual(rows);
      }),
    );
  });

  it("of a comparison have four more columns", async () => {
    const rows: ComparisonRow[] = [
      { quantity: "loss", time: 1, theory: -0.1, simulation: -0.3, standardError: 0.1, deviation: 2 },
      { quantity: "loss", statistic: "curve", value: 2, pValue: 0.04 },
    ];
    const csv = await rowsToCsv(rows);
    expect(csv.split("\n")[0]).toMatch(/,error,theory,simulation,deviation,p_value$/);
    expect(await rowsFromCsv(csv)).toEqual(rows);
  });
});
