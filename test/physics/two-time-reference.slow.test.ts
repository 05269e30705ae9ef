import { describe, expect, it } from "vitest";
import { parseConfig } from "../../src/systems/config/config";
import { reportUntil } from "../../src/systems/config/report";
import { predictionRows } from "../../src/systems/rows/predictions";
import { solutionRows } from "../../src/systems/rows/results";
import type { Row } from "../../src/systems/rows/row";
import cases from "../reference/two-time.json";

/** Values of independent codes: the same configs that the command line reads, at the stated tolerance. */
interface Case {
  readonly id: string;
  readonly value: number;
  readonly tolerance: number;
  readonly verb: string;
  readonly config: {
    readonly system: string;
    readonly report?: { readonly times?: readonly number[]; readonly pairs?: readonly (readonly number[])[] };
  };
  readonly select: readonly Partial<Row>[];
}

/** Cases that differ only in what they report are solved once. */
function grouped(verb: string): Map<string, Case[]> {
  const groups = new Map<string, Case[]>();
  for (const one of cases as unknown as Case[]) {
    if (one.verb !== verb) continue;
    const { report: _, ...run } = one.config;
    const key = JSON.stringify(run);
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return groups;
}

const unique = <T>(values: readonly T[]): T[] => [
  ...new Map(values.map((value) => [JSON.stringify(value), value])).values(),
];

/** Without an index, the row that has none: the losses of a mixture's terms stand beside the whole. */
const picked = (rows: readonly Row[], select: Partial<Row>) =>
  rows.filter((row) =>
    Object.entries({ index: undefined, ...select }).every(
      ([key, value]) => JSON.stringify(row[key as keyof Row]) === JSON.stringify(value),
    ),
  );

function expectCase(one: Case, rows: readonly Row[]): void {
  const found = picked(rows, one.select[0]);
  expect(found, one.id).toHaveLength(1);
  const allowed = Math.max(one.tolerance, 1e-6 * Math.abs(one.value));
  expect(Math.abs((found[0].value as number) - one.value), one.id).toBeLessThanOrEqual(allowed);
}

describe("reference values of the two-time systems", () => {
  for (const [key, group] of grouped("solve")) {
    const { system, parameters, method } = JSON.parse(key);
    it(`${system} ${JSON.stringify(parameters)} until ${method.until}`, async () => {
      const report = {
        times: unique(group.flatMap((one) => one.config.report?.times ?? [])),
        pairs: unique(group.flatMap((one) => one.config.report?.pairs ?? [])),
      };
      const config = parseConfig(
        { system, parameters, method, report: report.times.length > 0 ? report : { pairs: report.pairs } },
        "solve",
      );
      const code = await config.system.load();
      const solution = await code.solve(config.parameters, config.method);
      const rows = solutionRows(solution, reportUntil(config.report, method.until));
      for (const one of group) expectCase(one, rows);
    });
  }

  for (const [key, group] of grouped("predict")) {
    const { system, parameters } = JSON.parse(key);
    it(`predicts ${system} ${JSON.stringify(parameters)}`, async () => {
      const config = parseConfig({ system, parameters }, "predict");
      const rows = predictionRows(await (await config.system.load()).predict(config.parameters));
      for (const one of group) expectCase(one, rows);
    });
  }
});
