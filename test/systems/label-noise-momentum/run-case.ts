import { expect } from "vitest";
import { runVerb } from "../../../src/run/execute";
import { parseConfig } from "../../../src/systems/config/config";
import type { LabelNoiseCase } from "../../reference/label-noise-cases";

/** Runs a reference case as the command line does, and holds every selected row against its part of the value. */
export async function runCase({ id, run, value, tolerance }: LabelNoiseCase): Promise<void> {
  const { verb, config, select } = run!;
  const { rows, status, message } = await runVerb(verb, parseConfig(config, verb));
  expect(status, message).toBe("done");
  const parts = Array.isArray(value) ? (value as number[]) : undefined;
  for (const [k, wanted] of select.entries()) {
    const row = rows.find(
      (one) =>
        one.quantity === wanted.quantity &&
        (wanted.statistic === undefined || ("statistic" in one && one.statistic === wanted.statistic)) &&
        (wanted.index === undefined || ("index" in one && one.index?.join() === wanted.index.join())),
    );
    expect(row, `${id}: ${wanted.quantity}`).toBeDefined();
    const found = (row as { value: number }).value * (wanted.scale ?? 1);
    const target = wanted.key
      ? (value as { re: number; im: number })[wanted.key]
      : (parts?.[k] ?? (value as number));
    const allowed = Array.isArray(tolerance) ? tolerance[k] : tolerance;
    expect(Math.abs(found - target), `${id}: ${wanted.quantity} = ${found}`).toBeLessThanOrEqual(allowed);
  }
}
