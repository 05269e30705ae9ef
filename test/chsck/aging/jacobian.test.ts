import { describe, expect, it } from "vitest";
import type { TwoTimeProblem } from "../../../src/chsck";
import { backwardDifference, growthDifference } from "../../../src/chsck/aging/differences";
import { openEngine } from "../../../src/chsck/aging/history";
import type { Resolution } from "../../../src/chsck/aging/rule";
import { createCovariance, pureCovariance } from "../../../src/models/covariance";
import { createSchedule } from "../../../src/schedule";
import { leg, solveOn } from "./solved";

const plain: TwoTimeProblem = {
  covariance: pureCovariance(4),
  temperature: 0.3,
  schedule: createSchedule(1),
};
const jumps = createSchedule({ kind: "steps", rate: 1, factor: 0.5, times: [0.3, 0.6] });
const covariance = createCovariance([
  { p: 2, variance: 5 },
  { p: 3, variance: 0.5 },
]);
const one = [leg(24, 9, 0.3)];

describe("the derivatives of the equations of a row", () => {
  const cases: [string, TwoTimeProblem, number, Resolution][] = [
    ["of one panel", plain, 3, one],
    ["of three panels", { ...plain, schedule: jumps }, 1, one],
    ["with a signal", { ...plain, covariance, temperature: 1, initialOverlap: -0.05 }, 2, one],
    [
      "from a start in equilibrium, and a jump",
      { ...plain, schedule: jumps, initialTemperature: 1 },
      0.5,
      one,
    ],
    ["in an internal time", plain, 20, [leg(24, 9, 0.3, { end: 10 }), leg(28, 10, 0.4, { isGauged: true })]],
  ];
  for (const [name, problem, until, resolution] of cases) {
    it(`are those of their differences, ${name}`, async () => {
      const { run, history } = await solveOn(problem, until, resolution);
      const solved = history.phases[history.phases.length - 1];
      const { rows, count, start } = solved;
      const { phase } = openEngine(run, history, problem.schedule.time);
      const r = count - 1;
      phase.prepare(r, 4);
      const step = {
        r,
        place: rows.place[r],
        sigma: rows.sigma[r],
        clock: start.clock + rows.elapsed[r],
        noise: 0.2,
        lengths: [...start.old.map(({ length }) => length), rows.sigma[r]],
        derivative: backwardDifference(rows.place, r, 4),
        growth: growthDifference(rows, r, 4),
      };
      const { width } = rows;
      const hasOverlap = phase.unknowns === width && !solved.gauge;
      /** A state near the row, in the direction of `seed`. */
      const stateAt = (along: number, direction: Float64Array) => {
        const pairs = rows.pairs.slice(r * width, (r + 1) * width);
        for (let at = 0; at < width - 2; at++) pairs[at] += 1e-3 * Math.sin(at) + along * direction[at];
        if (solved.gauge) pairs[width - 1] += 0.1 + along * direction[width - 1];
        return {
          pairs,
          multiplier: rows.reduced[r] + 0.3 + along * direction[width - 2],
          logOverlap: rows.logOverlap[r] + (hasOverlap ? along * direction[width - 1] : 0),
        };
      };
      const { unknowns } = phase;
      const matrix = new Float64Array(unknowns ** 2);
      const direction = Float64Array.from({ length: width }, (_, at) => Math.cos(1 + at * at));
      const residualAt = (along: number) => {
        const out = new Float64Array(unknowns);
        phase.residual(step, stateAt(along, direction), out);
        return out;
      };
      const h = 1e-5;
      const [above, below] = [residualAt(h), residualAt(-h)];
      residualAt(0);
      phase.jacobian(step, stateAt(0, direction), matrix);
      for (let i = 0; i < unknowns; i++) {
        let product = 0;
        let size = 0;
        for (let k = 0; k < unknowns; k++) {
          product += matrix[i * unknowns + k] * direction[k];
          size += Math.abs(matrix[i * unknowns + k] * direction[k]);
        }
        const difference = (above[i] - below[i]) / (2 * h);
        expect(Math.abs(difference - product), `row ${i} of ${unknowns}`).toBeLessThan(1e-7 * size);
      }
    });
  }
});
