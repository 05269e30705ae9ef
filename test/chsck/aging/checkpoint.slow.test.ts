import { describe, expect, it } from "vitest";
import { type AgingMethod, solveAging, solveAutomatic, type TwoTimeProblem } from "../../../src/chsck";
import { InterruptedError } from "../../../src/core/errors";
import type { Checkpoint, CheckpointStore } from "../../../src/core/options";
import { createCovariance, pureCovariance } from "../../../src/models/covariance";
import { createSchedule, type ScheduleSpec } from "../../../src/schedule";

const problem = (temperature: number, schedule: ScheduleSpec | number = 1, p = 3): TwoTimeProblem => ({
  covariance: pureCovariance(p),
  temperature,
  schedule: createSchedule(schedule),
});
const jump = problem(1, { kind: "steps", rate: 1, factor: 0.3, times: [1] });
const spiked: TwoTimeProblem = {
  covariance: createCovariance([
    { p: 2, variance: 5 },
    { p: 3, variance: 1 },
  ]),
  temperature: 1,
  schedule: createSchedule(1),
  initialOverlap: 0.01,
};

function createStore(): CheckpointStore & { saved?: Checkpoint; saves: number } {
  return {
    saves: 0,
    async load() {
      return structuredClone(this.saved);
    },
    async save(checkpoint) {
      this.saved = structuredClone(checkpoint);
      this.saves++;
    },
  };
}

type Solution = Awaited<ReturnType<typeof solveAging>>;

/** All numbers of a solution. */
const numbersOf = (solution: Solution, [t, tPrime]: readonly [number, number]) => [
  solution.time,
  solution.series,
  solution.error,
  solution.estimate("correlation", t, tPrime),
  solution.estimate("response", t, tPrime),
];

describe("a checkpoint of an aging run", () => {
  const cases: [string, TwoTimeProblem, AgingMethod][] = [
    ["on grids one after the other", problem(0), { kind: "aging", until: 150, points: 48 }],
    ["with a panel for each stretch", jump, { kind: "aging", until: 2, points: 40 }],
    ["with an overlap that crosses", spiked, { kind: "aging", until: 6, points: 56 }],
  ];
  for (const [name, one, method] of cases) {
    it(`goes on with the same numbers wherever it was stopped, ${name}`, async () => {
      const pair = [method.until, 0.6 * method.until] as const;
      const straight = numbersOf(await solveAging(one, method), pair);
      const store = createStore();
      let stopped = 0;
      for (const share of [0.2, 0.45, 0.8]) {
        const abort = new AbortController();
        const onProgress = ({ done, total }: { done: number; total: number }) =>
          done > share * total && abort.abort();
        const run = solveAging(one, method, { checkpoint: store, signal: abort.signal, onProgress });
        const ended = await run.catch((error: unknown) => error);
        if (ended instanceof InterruptedError) stopped++;
      }
      expect(stopped).toBeGreaterThan(1);
      expect(numbersOf(await solveAging(one, method, { checkpoint: store }), pair)).toEqual(straight);
      const { saves } = store;
      expect(store.saved!.arrays["cut[0]"]).toHaveLength(one === spiked ? 1 : 0);
      // What is finished is there at once.
      expect(numbersOf(await solveAging(one, method, { checkpoint: store }), pair)).toEqual(straight);
      expect(store.saves).toBe(saves);
    });
  }

  it("of a finished run goes on to a later time as a run that was always to go there", async () => {
    const tolerance = 1e-2;
    const store = createStore();
    await solveAging(problem(0), { kind: "aging", until: 110, tolerance }, { checkpoint: store });
    const method: AgingMethod = { kind: "aging", until: 400, tolerance };
    let first = 0;
    const onProgress = ({ done, total }: { done: number; total: number }) => (first ||= done / total);
    const later = await solveAging(problem(0), method, { checkpoint: store, onProgress });
    const straight = await solveAging(problem(0), method);
    const end = [400, 200] as const;
    for (const [t, tPrime] of [[60, 20] as const, end]) {
      expect(later.correlation(t, tPrime)).toBeCloseTo(straight.correlation(t, tPrime), 8);
    }
    expect(later.sample([1]).series).toEqual(straight.sample([1]).series);
    expect(later.notes).toEqual([]);
    expect(first).toBeGreaterThan(0.1);
  });

  it("of another tolerance is of no use, which is told", async () => {
    const store = createStore();
    const until = 3;
    await solveAging(problem(0), { kind: "aging", until, tolerance: 1e-3 }, { checkpoint: store });
    const method: AgingMethod = { kind: "aging", until, tolerance: 1e-2 };
    const again = await solveAging(problem(0), method, { checkpoint: store });
    expect(again.notes).toEqual(["the checkpoint has rows of another accuracy only: this run began anew"]);
    expect(again.series).toEqual((await solveAging(problem(0), method)).series);
  });

  it("refuses another problem, another version and damaged rows, and lets no other grid pass it by", async () => {
    const store = createStore();
    const method: AgingMethod = { kind: "aging", until: 120, points: 40 };
    await solveAging(problem(0), method, { checkpoint: store });
    const whole = structuredClone(store.saved!);
    const refusal = (one: TwoTimeProblem) =>
      solveAging(one, method, { checkpoint: store }).catch((error: Error) => error);
    const foreign =
      /^checkpoint holds states of two-time equations \(aging\) with other parameters or another method/;
    for (const other of [
      problem(0, 1, 4),
      problem(0.1),
      problem(0, 2),
      { ...problem(0), initialTemperature: 2 },
    ]) {
      expect(await refusal(other)).toMatchObject({
        name: "InvalidParameterError",
        message: expect.stringMatching(foreign),
      });
    }
    const auto = solveAutomatic(problem(0, 1, 4), { kind: "auto", until: 1000 }, { checkpoint: store });
    await expect(auto).rejects.toMatchObject({ message: expect.stringMatching(foreign) });
    store.saved = { ...whole, version: "0" };
    expect(await refusal(problem(0))).toMatchObject({
      message: expect.stringContaining("in version 0 of the solver"),
    });
    for (const name of Object.keys(whole.arrays)) {
      const { [name]: array, ...rest } = whole.arrays;
      const damaged = { ...rest, [name]: array.subarray(1) };
      // Legs may be missing in a history that has none yet, and factors before they are made.
      if (array.length === 0) continue;
      store.saved = { ...whole, arrays: damaged };
      expect(await refusal(problem(0)), name).toMatchObject({
        message: expect.stringMatching(/^checkpoint holds a damaged state of two-time equations \(aging\)/),
      });
    }
  });
});
