import { describe, expect, it } from "vitest";
import { ConvergenceError } from "../../../src/core/errors";
import { requireConvergence } from "../../../src/dmft/damped/convergence";
import type { DmftSolution } from "../../../src/dmft/process/solution";

/** The part of a solution that is judged, besides the overlaps by run and pass: the standard error of the overlap. */
const solutionOf = (samples: number, overlapError = 0.01) =>
  ({
    samples,
    time: Float64Array.of(0, 1),
    standardError: { overlap: Float64Array.of(0, overlapError) },
  }) as unknown as DmftSolution;

/** A run of eight passes whose overlap at t = 1 is 0.4 and jumps by `jump` in the last pass, and by `step` for good in the last two. */
const run = (step: number, jump = 0) =>
  Array.from({ length: 8 }, (_, pass) =>
    Float64Array.of(0.2, 0.4 + (pass >= 6 ? step : 0) + (pass === 7 ? jump : 0)),
  );
const judge = (...runs: Float64Array[][]) => requireConvergence(solutionOf(runs.length), runs);

describe("the end of the iteration", () => {
  it("is judged by what all runs have in common between the last two quarters of the passes", () => {
    expect(() => judge(run(0.029), run(0.029))).not.toThrow();
    expect(() => judge(run(0.031), run(0.031))).toThrow(/overlap at t = 1\.00 changes by 0\.031/);
    expect(() => judge(run(-0.031), run(-0.031))).toThrow(ConvergenceError);
    // Before the last half of the passes anything goes.
    const late = [Float64Array.of(0.2, 0), ...run(0).slice(1)];
    expect(() => judge(late, late)).not.toThrow();
  });

  it("does not mind the noise of single passes and runs", () => {
    expect(() => judge(run(0, 0.3), run(0, -0.3))).not.toThrow();
    expect(() => judge(run(0.1), run(-0.1), run(0.1), run(-0.1))).not.toThrow();
    // What is common stands out of the noise of many runs: 0.04 beside a standard error of 0.001.
    const common = Array.from({ length: 4 }, (_, k) => run(0.04 + (k % 2 === 0 ? 0.002 : -0.002)));
    expect(() => judge(...common)).toThrow(/changes by 0\.04/);
  });

  it("takes larger changes of a single run, whose noise nobody knows", () => {
    expect(() => judge(run(0.099))).not.toThrow();
    expect(() => judge(run(0.101))).toThrow(/changes by 0\.1/);
  });

  it("has a limit on the spread of the runs: 0.15 in the overlap", () => {
    const four = [run(0), run(0), run(0), run(0)];
    const spread = (most: number) => requireConvergence(solutionOf(4, most / 2), four);
    expect(() => spread(0.149)).not.toThrow();
    expect(() => spread(0.151)).toThrow(/differ by 0\.15/);
    // A single run has none.
    expect(() => requireConvergence(solutionOf(1, Infinity), [run(0)])).not.toThrow();
  });
});
