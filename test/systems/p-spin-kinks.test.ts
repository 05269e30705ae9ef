import { describe, expect, it } from "vitest";
import { solve } from "../../src/index";

/** lossExponent at times of a run, with its errors. */
async function exponents(schedule: object, until: number, times: number[]) {
  const problem = { system: "p-spin", parameters: { p: 3, temperature: 1, schedule } } as never;
  const solution = await solve(problem, { kind: "uniform", until } as never);
  const { series, error } = solution.sample(times);
  return times.map((_, k) => ({ value: series.lossExponent[k], error: error!.lossExponent[k] }));
}

describe("the local exponent of the loss at a kink of the schedule", () => {
  const hold = { kind: "hold-then-decay", rate: 1, switchTime: 3, exponent: 0.8 };

  it("does not reach across it: a run that ends there has the same value", async () => {
    const [[whole], [ended]] = await Promise.all([exponents(hold, 3.5, [3]), exponents(hold, 3, [3])]);
    expect(Math.abs(whole.value - ended.value)).toBeLessThan(2 * (whole.error + ended.error));
    // Right is 0.01733; across the kink it would be 0.01926.
    expect(Math.abs(whole.value - 0.01733)).toBeLessThan(2e-5);
  });

  it("is that of the new rate at a jump, and of the old one before it", async () => {
    const steps = { kind: "steps", rate: 1, factor: 0.3, times: [5, 50] };
    const [before, at, after] = await exponents(steps, 6, [4.998, 5, 5.002]);
    const [ended] = await exponents(steps, 5, [4.998]);
    expect(Math.abs(before.value - ended.value)).toBeLessThan(2 * (before.error + ended.error));
    expect(Math.abs(at.value - 1.72)).toBeLessThan(1e-3);
    expect(Math.abs(after.value - 1.7189)).toBeLessThan(1e-3);
  });
});
