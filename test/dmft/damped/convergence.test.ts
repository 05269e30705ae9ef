import { describe, expect, it } from "vitest";
import { ConvergenceError } from "../../../src/core/errors";
import { requireConvergence } from "../../../src/dmft/damped/convergence";
import type { DmftSolution } from "../../../src/dmft/process/solution";

/** The part of a solution that is judged: changes by pass of each run, standard error of the overlap along the run. */
const solutionOf = (residuals: number[][], overlapError: number[]) =>
  ({
    residuals,
    samples: residuals.length,
    time: Float64Array.of(0, 1),
    standardError: { overlap: Float64Array.from(overlapError) },
  }) as unknown as DmftSolution;

const settled = [1, 1, 1, 1, 0.01, 0.01, 0.01, 0.01];

describe("the end of the iteration", () => {
  it("is judged by the last quarter of the passes of every run", () => {
    expect(() => requireConvergence(solutionOf([settled, settled], [0, 0.01]), 0.1)).not.toThrow();
    const early = [...settled.slice(0, 6), 0.31, 0.31];
    expect(() => requireConvergence(solutionOf([settled, early], [0, 0.01]), 0.1)).toThrow(
      /run 2 still changes by 0\.31/,
    );
  });

  it.each([
    ["the residual", 0.1, 0.29, 0.31],
    ["the residual times the gain", 0.5, 0.099, 0.101],
  ])("has a limit on %s", (_, gain, below, above) => {
    const run = (residual: number) => solutionOf([Array(8).fill(residual)], [0, 0]);
    expect(() => requireConvergence(run(below), gain)).not.toThrow();
    expect(() => requireConvergence(run(above), gain)).toThrow(ConvergenceError);
  });

  it("has a limit on the spread of the runs: 0.15 in the overlap", () => {
    const runs = (spread: number) => solutionOf([settled, settled, settled, settled], [0, spread / 2]);
    expect(() => requireConvergence(runs(0.149), 0.1)).not.toThrow();
    expect(() => requireConvergence(runs(0.151), 0.1)).toThrow(/differ by 0\.15/);
    // A single run has none.
    expect(() => requireConvergence(solutionOf([settled], [0, Infinity]), 0.1)).not.toThrow();
  });
});
