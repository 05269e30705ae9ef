import { describe, expect, it } from "vitest";
import { solveUniform } from "../../../src/chsck";
import { DEFAULT_PROBLEMS } from "./default-problems";
import { errorsAgainst, leastRatio } from "./honesty";

const TOLERANCE = 1e-4;
/** Early times are where steps are too long first. */
const SHARES = [0.01, 0.03, 0.1, 0.2, 0.3, 0.5, 0.8, 0.9, 1];
/** The true error is that against so many times the steps. */
const FINER = 4;
const MOST_POINTS = 1400;

describe("with nothing given but how far, the stated error covers the true one and meets the tolerance", () => {
  it.each(DEFAULT_PROBLEMS)("$label", async ({ problem, until }) => {
    const run = await solveUniform(problem, { kind: "uniform", until });
    const points = Math.max(128, Math.min(MOST_POINTS, FINER * (run.time.length - 1)));
    const reference = await solveUniform(problem, { kind: "uniform", until, points });
    const errors = errorsAgainst(run, reference, until, SHARES);
    expect(leastRatio(errors)).toBeGreaterThan(1 / 3);
    // The multiplier is made of the loss, times p.
    const asked = errors.filter(({ of }) => !of.startsWith("multiplier"));
    expect(Math.max(...asked.map(({ stated }) => stated))).toBeLessThan(1.5 * TOLERANCE);
  });
});
