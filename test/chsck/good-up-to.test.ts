import { describe, expect, it } from "vitest";
import type { LeveledSolution } from "../../src/chsck";
import { accuracyOf } from "../../src/chsck/aging/accuracy";
import { pureCovariance } from "../../src/models/covariance";
import { createSchedule } from "../../src/schedule";

const problem = { covariance: pureCovariance(3), temperature: 0, schedule: createSchedule(0.5) };
const UNTIL = 1000;

/** A solution whose stated errors are given: of its series at a time, and of its pairs. */
function stating(series: (t: number) => number, pairs: (t: number, tPrime: number) => number) {
  const solution: Partial<LeveledSolution> = {
    time: Float64Array.of(0, UNTIL),
    sample(times) {
      const time = Float64Array.from(times);
      const zero = time.map(() => 0);
      return {
        time,
        series: { loss: zero, multiplier: zero },
        error: { loss: time.map(series), multiplier: zero },
      };
    },
    estimate: (_, t, tPrime) => ({ value: 0, error: pairs(t, tPrime) }),
  };
  return solution as LeveledSolution;
}

describe("how far a run is good", () => {
  it("is its end where all errors are below the tolerance", () => {
    const solution = stating(
      () => 1e-6,
      () => 2e-6,
    );
    expect(accuracyOf(problem, solution, 2e-6)).toEqual({ error: 2e-6, goodUpTo: UNTIL });
  });

  it("is before the first time that misses it, not before the last, by a factor that the looks allow", () => {
    // As after a crossing at t = 100: C with the times before it, while t′/t is one that is looked at.
    const late = stating(
      () => 0,
      (t, tPrime) => (t > 100 && tPrime < 100 ? 3e-4 : 0),
    );
    const hump = stating(
      (t) => (t > 100 && t < 300 ? 3e-4 : 0),
      () => 0,
    );
    for (const solution of [late, hump]) {
      const { error, goodUpTo } = accuracyOf(problem, solution, 1e-4);
      expect(error).toBe(3e-4);
      expect(goodUpTo).toBeGreaterThan(65);
      expect(goodUpTo).toBeLessThanOrEqual(100);
    }
  });

  it("is nowhere where the first look misses it", () => {
    const solution = stating(
      () => 1e-3,
      () => 0,
    );
    expect(accuracyOf(problem, solution, 1e-4)).toEqual({ error: 1e-3, goodUpTo: 0 });
  });
});
