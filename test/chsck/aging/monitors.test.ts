import { describe, expect, it } from "vitest";
import type { TwoTimeProblem } from "../../../src/chsck";
import { createCrowdedGrid } from "../../../src/chsck/aging/grid";
import { countOf, findFault, remarks } from "../../../src/chsck/aging/monitors";
import { rowOf } from "../../../src/chsck/aging/rows";
import { pureCovariance } from "../../../src/models/covariance";
import { createSchedule } from "../../../src/schedule";
import { leg, solveOn } from "./solved";

const problem: TwoTimeProblem = {
  covariance: pureCovariance(3),
  temperature: 0.3,
  schedule: createSchedule(1),
  lowestLoss: -0.9,
};
const run = solveOn(problem, 1, [leg(32, 9, 0.3)]);

/** What is found of the last row of a run where one number of it is changed. */
async function faultWith(at: number, value: number, one = problem) {
  const [solved] = (await run).history.phases;
  const r = solved.count - 1;
  const row = rowOf(solved.rows, r);
  const kept = row[at];
  row[at] = value;
  const fault = findFault(one, solved, r);
  row[at] = kept;
  return fault;
}

describe("what is looked at in every row", () => {
  it("finds nothing wrong with a good one, and what rounding leaves", async () => {
    expect(await faultWith(20, 0.5)).toBeUndefined();
    expect(await faultWith(20, 1.0009)).toBeUndefined();
    expect(await faultWith(21, -0.0009)).toBeUndefined();
  });

  it("finds |C| above 1 on either side, R below 0, and what is no number", async () => {
    for (const c of [1.0011, -1.0011, Number.NaN]) expect(await faultWith(20, c)).toBe("|C| exceeds 1");
    for (const r of [-0.0011, Number.NaN]) expect(await faultWith(21, r)).toBe("R falls below 0");
  });

  it("finds a loss below the lowest of the landscape, of the row itself", async () => {
    const [solved] = (await run).history.phases;
    const r = solved.count - 1;
    const [channel] = solved.losses;
    for (const [loss, fault] of [
      [-0.9009, undefined],
      [-0.9011, "the loss falls below the lowest of the landscape"],
      [Number.NaN, "the loss falls below the lowest of the landscape"],
    ] as const) {
      const kept = channel[r];
      channel[r] = loss;
      expect(findFault(problem, solved, r)).toBe(fault);
      expect(findFault(problem, solved, r - 1)).toBeUndefined();
      const { lowestLoss: _, ...unbounded } = problem;
      if (loss < 0) expect(findFault(unbounded, solved, r)).toBeUndefined();
      channel[r] = kept;
    }
  });

  it("lets C be off where nothing responds once a signal is found, by as little as would grow without", async () => {
    const spiked = { ...problem, initialOverlap: 0.1 };
    const [{ rows, count }] = (await run).history.phases;
    const row = rowOf(rows, count - 1);
    const kept = row[21];
    row[21] = 1e-12;
    expect(await faultWith(20, 1.09, spiked)).toBeUndefined();
    expect(await faultWith(20, 1.11, spiked)).toBe("|C| exceeds 1");
    expect(await faultWith(20, 1.09)).toBe("|C| exceeds 1");
    row[21] = kept;
    expect([countOf(10, 0), countOf(10, 0.01), countOf(10, -0.01), countOf(10, 1)]).toEqual([
      0.01, 0.3, 0.3, 1,
    ]);
  });
});

describe("what a user should know of a run", () => {
  const remarksOf = async (size: number, crowding: number, failed: readonly number[]) => {
    const { history } = await run;
    const phases = [{ ...history.phases[0], grid: createCrowdedGrid(size, crowding) }];
    return remarks(failed.map((rows) => ({ phases, effort: { ...history.effort, failed: rows } })));
  };

  it("is nothing where all went well", async () => {
    expect(await remarksOf(97, 11, [0, 0])).toEqual([]);
  });

  it("is that rows of any of its grids had no solution", async () => {
    expect(await remarksOf(97, 11, [2, 1])).toEqual([
      "3 rows had no solution at the distance meant for them: look at the stated errors",
    ]);
  });

  it("is that the weights of the nodes do not add up", async () => {
    const weights = createCrowdedGrid(33, 20).weight;
    const off = Math.abs(weights.reduce((sum, weight) => sum + weight) - 1);
    expect(off).toBeGreaterThan(1e-6);
    expect(await remarksOf(33, 20, [0])).toEqual([
      expect.stringMatching(/^the nodes are too few: their weights add up to 1 with an error of \d/),
    ]);
  });
});
