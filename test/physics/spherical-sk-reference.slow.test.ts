import { describe, expect, it } from "vitest";
import { parseConfig, type Verb } from "../../src/systems/config/config";
import { reportOf } from "../../src/systems/config/report-of";
import { predictionRows } from "../../src/systems/rows/predictions";
import { solutionRows } from "../../src/systems/rows/results";
import type { Row } from "../../src/systems/rows/row";
import { crossoverClockLeading, zeroTemperatureMultiplier } from "../../src/theory/spherical-sk";
import cases from "../reference/spherical-sk-convex.json";

/** Values of independent codes, by the same configs that the command line reads, at the stated tolerance. */
interface Case {
  readonly id: string;
  readonly value: number;
  readonly tolerance: number;
  readonly verb?: Verb;
  readonly config?: Readonly<Record<string, unknown>>;
  readonly select?: readonly Partial<Row>[];
}

async function rowsOf(verb: Verb, source: unknown): Promise<readonly Row[]> {
  const config = parseConfig(source, verb);
  const code = await config.system.load();
  const report = reportOf(verb, config);
  if (verb === "predict") return predictionRows(await code.predict(config.parameters), report);
  return solutionRows(await code.solve(config.parameters, config.method), report);
}

const all = cases as unknown as readonly Case[];

describe("reference values of the spherical SK model and the convex basin", () => {
  const runs = all.filter(({ verb }) => verb !== undefined);
  it("are 109 with a command and 4 without", () => {
    expect([runs.length, all.length - runs.length]).toEqual([109, 4]);
  });

  it.each(runs.map((one) => [one.id, one] as const))("%s", async (_, one) => {
    const rows = await rowsOf(one.verb!, one.config);
    const found = rows.filter((row) =>
      Object.entries(one.select![0]).every(([key, value]) => row[key as keyof Row] === value),
    );
    expect(found).toHaveLength(1);
    const [{ value, error }] = found;
    expect(Math.abs((value as number) - one.value)).toBeLessThanOrEqual(one.tolerance);
    if (one.verb !== "solve") return;
    expect(error).toBeGreaterThan(0);
    expect(error).toBeLessThan(1e-8);
  });

  it("at zero temperature in closed form", () => {
    for (const clock of [1, 5, 50]) {
      const { value, tolerance } = all.find(({ id }) => id === `sk-T0-s${clock}`)!;
      expect(Math.abs(zeroTemperatureMultiplier(clock) - value)).toBeLessThanOrEqual(tolerance);
    }
  });

  it("leading crossing time at a constant rate", () => {
    const { value, tolerance } = all.find(({ id }) => id === "tcross-lead-0.293-0")!;
    const planted = {
      noise: 1 - Math.SQRT1_2,
      signal: 1,
      spectrum: "semicircle",
      size: 3000,
      spikeWeight: 1,
    } as const;
    expect(Math.abs(crossoverClockLeading(planted) / 0.1 - value)).toBeLessThanOrEqual(tolerance);
  });
});
