import { describe, expect, it } from "vitest";
import { createBatch } from "../../../src/dmft/process/batch";
import { createDraws } from "../../../src/dmft/process/draws";
import { DISPLACEMENT, fillExpansion } from "../../../src/dmft/process/responses";
import { createSetup } from "../../../src/dmft/process/setup";
import { createWorkspace } from "../../../src/kernels";
import { phaseRetrievalCost } from "../../../src/models/cost";
import { phaseRetrieval } from "../../../src/models/phase-retrieval/problem";

const problem = phaseRetrieval({
  sampleRatio: 3,
  algorithm: "persistent-sgd",
  batchFraction: 0.5,
  persistence: 1,
});
const OVERLAP = 0.3;

/** Start of one batch, with the expansion of its forces. */
function start(cost = phaseRetrievalCost) {
  const setup = createSetup(problem, { until: 0.02, seed: 20261122, cost }, 64);
  const batch = createBatch(setup, createWorkspace(1e6));
  batch.open(createDraws(setup, 0).openBatch(0, 0), []);
  batch.computeForces(0, OVERLAP);
  const [first, second, third, weight] = Array.from({ length: 4 }, () => new Float64Array(setup.lanes));
  fillExpansion(batch, 0, setup.lanes, { first, second, third, weight }, 0);
  return { batch, lanes: setup.lanes, first, second, third, weight };
}

describe("forces of displaced trajectories", () => {
  it("are exact for responses of any size, and half of them go to either side", () => {
    const { batch, lanes, first, second, third, weight } = start();
    let plus = 0;
    for (let lane = 0; lane < lanes; lane++) {
      const h0 = batch.signal[lane];
      const h = batch.field[lane] + OVERLAP * h0;
      const factor = batch.members[lane] / problem.batchFraction;
      const force = (x: number) => factor * phaseRetrievalCost.first(x, h0);
      const sides = [DISPLACEMENT, -DISPLACEMENT].filter((shift) =>
        [0.5, 3, 40].every((g) => {
          const change = (force(h + shift * g) - force(h)) / shift;
          const expanded = g * (first[lane] + g * (second[lane] + g * third[lane]));
          return Math.abs(expanded - change) <= 1e-9 * Math.max(1, Math.abs(change));
        }),
      );
      expect(sides.length).toBe(factor > 0 ? 1 : 2);
      if (factor > 0) expect(sides[0] > 0).toBe(lane % 2 === 0);
      if (lane % 2 === 0) plus++;
      expect(weight[lane]).toBe(batch.weight[lane] * first[lane]);
    }
    expect(plus).toBe(lanes / 2);
  });

  it("are those of infinitely small responses for a cost that tells no higher derivatives", () => {
    const { value, first: slope, second: curvature } = phaseRetrievalCost;
    const { batch, first, second, third } = start({ value, first: slope, second: curvature });
    expect(first).toEqual(batch.stiffness.slice(0, first.length));
    expect([...second, ...third].every((x) => x === 0)).toBe(true);
  });

  it("have the cost's own third and fourth derivatives", () => {
    const { second, higher } = phaseRetrievalCost;
    for (const [h, h0] of [
      [0.3, 1.2],
      [-2, 0.5],
    ]) {
      const e = 1e-3;
      expect(higher!.third(h, h0)).toBeCloseTo((second(h + e, h0) - second(h - e, h0)) / (2 * e), 8);
      const bend = (second(h + e, h0) - 2 * second(h, h0) + second(h - e, h0)) / e ** 2;
      expect(higher!.fourth(h, h0)).toBeCloseTo(bend, 6);
    }
  });
});
