import { describe, expect, it } from "vitest";
import type { TwoTimeProblem } from "../../../src/chsck";
import { createSolution } from "../../../src/chsck/aging/solution";
import { pureCovariance } from "../../../src/models/covariance";
import { createSchedule } from "../../../src/schedule";
import { leg, solveOn } from "./solved";

const problem: TwoTimeProblem = {
  covariance: pureCovariance(3),
  temperature: 0.4,
  schedule: createSchedule(1),
};
const until = 6;

/** z, C and R at the end of a run. */
async function valuesOf(size: number, rows: number): Promise<readonly number[]> {
  const { history } = await solveOn(problem, until, [leg(size, 9.8, rows)]);
  const solution = createSolution({ problem, until }, [history]);
  return [
    solution.sample([until]).series.multiplier[0],
    solution.correlation(until, until / 2),
    solution.response(until, until / 2),
  ];
}

/** The orders at which values change, from three of them whose steps are halved. */
const ordersOf = ([a, b, c]: readonly (readonly number[])[]) =>
  a.map((_, k) => Math.log2(Math.abs((a[k] - b[k]) / (b[k] - c[k]))));

describe("the aging grid converges", () => {
  it("with the distance of rows at order four", async () => {
    const found = [await valuesOf(65, 0.24), await valuesOf(65, 0.12), await valuesOf(65, 0.06)];
    const [z, c, r] = ordersOf(found);
    for (const order of [z, r]) {
      expect(order).toBeGreaterThan(3.6);
      expect(order).toBeLessThan(4.5);
    }
    // Of C, read between rows, less is left than of the others: its errors have both signs.
    expect(c).toBeGreaterThan(2.5);
    expect(Math.abs(found[1][1] - found[2][1])).toBeLessThan(1e-6);
  });

  it("with the distance of nodes at order seven or more", async () => {
    const found = [await valuesOf(33, 0.2), await valuesOf(65, 0.2), await valuesOf(129, 0.2)];
    for (const order of ordersOf(found)) expect(order).toBeGreaterThan(6.5);
  });
});
