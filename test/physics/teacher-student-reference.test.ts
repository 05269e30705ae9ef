import { describe, expect, it } from "vitest";
import { parseConfig } from "../../src/systems/config/config";
import { reportOf } from "../../src/systems/config/report-of";
import { solutionRows } from "../../src/systems/rows/results";
import { pathCases } from "../reference/teacher-student-cases";

describe("reference values of the teacher and its student", () => {
  it("are 29 configs", () => expect(pathCases).toHaveLength(29));

  it.each(pathCases.map((one) => [one.id, one] as const))("%s", async (_, { run, value, tolerance }) => {
    const config = parseConfig(run!.config, "solve");
    const code = await config.system.load();
    const rows = solutionRows(await code.solve(config.parameters, config.method), reportOf("solve", config));
    const wanted = [value].flat(2);
    expect(run!.select).toHaveLength(wanted.length);
    for (const [k, select] of run!.select.entries()) {
      const found = rows.filter((row) =>
        Object.entries(select).every(
          ([key, x]) => JSON.stringify(row[key as keyof typeof row]) === JSON.stringify(x),
        ),
      );
      expect(found).toHaveLength(1);
      expect(Math.abs(Number(found[0].value) - wanted[k])).toBeLessThan(tolerance);
      expect(found[0].error).toBeLessThan(tolerance);
    }
  });
});
