import { describe, expect, it } from "vitest";
import type { TwoTimeProblem } from "../../../src/chsck";
import { createDeviation } from "../../../src/chsck/aging/expansion";
import { createSolution } from "../../../src/chsck/aging/solution";
import { pureCovariance } from "../../../src/models/covariance";
import { fitAsymptote } from "../../../src/numerics/asymptotic-fit";
import { createSchedule } from "../../../src/schedule";
import { leg, solveOn } from "./solved";

describe("the deviation of late rows from their expansion", () => {
  it("is that of C(s, s/2) from what four terms make of the rows before, at T = 0 alone", async () => {
    const problem: TwoTimeProblem = {
      covariance: pureCovariance(3),
      temperature: 0,
      schedule: createSchedule(1),
    };
    const until = 400;
    const { history } = await solveOn(problem, until, [leg(64, 13, 0.2)]);
    const deviation = createDeviation(problem, history, 100);
    const { correlation } = createSolution({ problem, until }, [history]);
    const half = (s: number) => correlation(s, s / 2);
    const times = Array.from({ length: 41 }, (_, k) => 100 * 10 ** (-k / 20));
    const { at } = fitAsymptote(times, times.map(half));
    expect(deviation(100)).toBe(0);
    expect(deviation(400)).toBeCloseTo(Math.abs(half(400) - at(400).value), 12);
    expect(deviation(400)).toBeGreaterThan(1e-6);
    expect(createDeviation({ ...problem, temperature: 0.1 }, history, 100)(400)).toBe(0);
    expect(createDeviation(problem, history)(400)).toBe(0);
  });
});
