import { describe, expect, it } from "vitest";
import type { TwoTimeProblem } from "../../../src/chsck";
import { type AgingHistory, createHistory, solveHistory } from "../../../src/chsck/aging/history";
import { rewind } from "../../../src/chsck/aging/rewind";
import { mayBeGauged } from "../../../src/chsck/aging/rule";
import { createHistoryCodec } from "../../../src/chsck/aging/saved-history";
import { createSolution } from "../../../src/chsck/aging/solution";
import { pureCovariance } from "../../../src/models/covariance";
import { fitAsymptote } from "../../../src/numerics/asymptotic-fit";
import { createSchedule } from "../../../src/schedule";
import { leg, solveOn } from "./solved";

const schedule = createSchedule({ kind: "power-law", rate: 0.5, exponent: 0.4 });
const problem: TwoTimeProblem = { covariance: pureCovariance(3), temperature: 1, schedule };
const clockTime = (s: number) => schedule.time(s);

const end = 30;
const until = clockTime(end);
const legs = (isGauged: boolean) => [
  leg(112, 11.4, 0.17, { end: 10 }),
  leg(112, 11.4, 0.2, { end, isGauged }),
];

/** Goes on smoothly from the last rows, and soon is not what C(s, s/2) is. */
function setGauge(begun: AgingHistory): void {
  const [solved] = begun.phases;
  const { rows, count } = solved;
  const solution = createSolution({ problem, until }, [begun]);
  const sigma = rows.sigma.subarray(count - 5, count);
  const halves = sigma.map((s) => solution.correlation(clockTime(s), clockTime(s / 2)));
  const { coefficients } = fitAsymptote(sigma, halves, { terms: 3, range: 1e3 });
  solved.gauge = { first: count, coefficients };
}

describe("an internal time of late rows", () => {
  it("is for a random start at a constant T_eff", () => {
    const constant: TwoTimeProblem = { ...problem, schedule: createSchedule(1) };
    const jump = createSchedule({ kind: "steps", rate: 1, factor: 0.3, times: [10] });
    expect(mayBeGauged(constant, 1e9)).toBe(true);
    expect(mayBeGauged({ ...problem, temperature: 0 }, 1e9)).toBe(true);
    expect(mayBeGauged(problem, 1e9)).toBe(false);
    expect(mayBeGauged({ ...problem, schedule: jump }, 1e9)).toBe(false);
    expect(mayBeGauged({ ...constant, initialTemperature: 2 }, 1e9)).toBe(false);
    expect(mayBeGauged({ ...constant, initialOverlap: 0.1 }, 1e9)).toBe(false);
  });

  it("leaves C, R, z and the loss of a clock as they are, whatever C(σ, σ/2) is made to be", async () => {
    const plain = createSolution({ problem, until }, [(await solveOn(problem, until, legs(false))).history]);
    const { history } = await solveOn(problem, until, legs(true), setGauge);
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

  it("goes on from a checkpoint with the same numbers, and anew from a row before it", async () => {
    const { run, history } = await solveOn(problem, until, legs(true), setGauge);
    const codec = createHistoryCodec(run);
    const [{ rows, count }] = history.phases;
    const options = { findsCut: false, time: clockTime, afterRow: () => undefined };
    const other = createHistory(legs(true));
    await solveHistory(run, other, { ...options, goal: 10 });
    setGauge(other);
    await solveHistory(run, other, { ...options, goal: 20 });
    const resumed = codec.unpack(structuredClone(codec.pack(other)));
    await solveHistory(run, resumed, { ...options, goal: Infinity });
    const [again] = resumed.phases;
    expect(again.count).toBe(count);
    for (const name of ["elapsed", "reduced"] as const) expect(again.rows[name]).toEqual(rows[name]);
    expect(again.rows.pairs).toEqual(rows.pairs);
    const { first } = again.gauge!;
    rewind(problem, again, first + 1);
    // It was made at a row that is taken back.
    expect(again.kept).toBeUndefined();
    expect(again.gauge).toBeDefined();
    rewind(problem, again, first);
    expect(again.gauge).toBeUndefined();
    expect(again.legs).toEqual([]);
  });
});
