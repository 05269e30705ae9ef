import { describe, expect, it } from "vitest";
import { HONEST_RUNS, honestyOf } from "./honesty";

/** Those of every run of the slow suite; `ALL_HONEST_RUNS=1` takes all 30. */
const CHOSEN = [0, 6, 8, 12, 13, 14, 17, 21, 26, 28];
const runs = process.env.ALL_HONEST_RUNS ? HONEST_RUNS : CHOSEN.map((k) => HONEST_RUNS[k]);

describe("stated errors of the aging grid", () => {
  it.each(runs)("cover the true ones of loss, multiplier, C, R and χ within 2: $label", async (run) => {
    for (const { of, stated, actual, ratio } of await honestyOf(run)) {
      expect(ratio, of).toBeLessThan(2);
      // Nor are they far larger than the largest true one.
      expect(stated / actual, of).toBeLessThan(30);
      expect(stated, of).toBeLessThan(of === "integratedResponse" ? 3 * run.tolerance : run.tolerance);
    }
  });
});
