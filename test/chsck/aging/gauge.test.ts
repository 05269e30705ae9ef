import { describe, expect, it } from "vitest";
import type { TwoTimeProblem } from "../../../src/chsck";
import { createSolution } from "../../../src/chsck/aging/solution";
import { pureCovariance } from "../../../src/models/covariance";
import { fitAsymptote } from "../../../src/numerics/asymptotic-fit";
import { createSchedule } from "../../../src/schedule";
import { leg, solveOn } from "./solved";

const schedule = createSchedule({ kind: "power-law", rate: 0.5, exponent: 0.4 });
const problem: TwoTimeProblem = { covariance: pureCovariance(3), temperature: 1, schedule };
const clockTime = (s: number) => schedule.time(s);

describe("an internal time of late rows", () => {
  it("leaves C, R, z and the loss of a clock as they are, whatever C(σ, σ/2) is made to be", async () => {
    const end = 30;
    const until = clockTime(end);
    const legs = (isGauged: boolean) => [
      leg(112, 11.4, 0.17, { end: 10 }),
      leg(112, 11.4, 0.2, { end, isGauged }),
    ];
    const plain = createSolution({ problem, until }, [(await solveOn(problem, until, legs(false))).history]);
    const { history } = await solveOn(problem, until, legs(true), (begun) => {
      // Goes on smoothly from the last rows, and soon is not what C(s, s/2) is.
      const [solved] = begun.phases;
      const { rows, count } = solved;
      const solution = createSolution({ problem, until }, [begun]);
      const sigma = rows.sigma.subarray(count - 5, count);
      const halves = sigma.map((s) => solution.correlation(clockTime(s), clockTime(s / 2)));
      const { coefficients } = fitAsymptote(sigma, halves, { terms: 3, range: 1e3 });
      solved.gauge = { first: count, coefficients };
    });
    const { rows, count } = history.phases[0];
    const ratio = rows.elapsed[count - 1] / rows.sigma[count - 1];
    const solution = createSolution({ problem, until }, [history]);
    expect(solution.time[solution.time.length - 1]).toBe(until);
    expect(ratio).toBeLessThan(0.98);
    expect(rows.pairs[count * rows.width - 1]).toBeLessThan(0.95);
    // The rows and nodes of this test leave errors of some 1e-4.
    for (const s of [10, 15, 20, end]) {
      const [a, b] = [plain, solution].map((one) => one.sample([clockTime(s)]).series);
      expect(Math.abs(b.multiplier[0] - a.multiplier[0]), `z at ${s}`).toBeLessThan(5e-4);
      expect(Math.abs(b.loss[0] - a.loss[0]), `loss at ${s}`).toBeLessThan(2e-4);
      for (const early of [0.2 * s, 0.5 * s, 0.9 * s, s - 0.05]) {
        const pair = [clockTime(s), clockTime(early)] as const;
        const [c, r] = (["correlation", "response"] as const).map(
          (name) => solution[name](...pair) - plain[name](...pair),
        );
        expect(Math.abs(c), `C at ${s}, ${early}`).toBeLessThan(2e-4);
        expect(Math.abs(r), `R at ${s}, ${early}`).toBeLessThan(4e-3);
      }
    }
  });
});
