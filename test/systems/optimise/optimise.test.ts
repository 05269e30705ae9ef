import { describe, expect, it } from "vitest";
import { ConvergenceError, InterruptedError } from "../../../src/core/errors";
import type { Checkpoint, Options } from "../../../src/core/options";
import type { Solution } from "../../../src/core/results";
import { type Config, parseConfig } from "../../../src/systems/config/config";
import { optimise } from "../../../src/systems/optimise/optimise";
import { optimisationRows } from "../../../src/systems/optimise/rows";

const source = {
  system: "p-spin",
  parameters: { p: 3, temperature: 1, schedule: { kind: "power-law", rate: 0.5, exponent: 0.4 } },
  method: { points: 40 },
  optimise: {
    parameters: { "schedule.exponent": [0, 0.95] } as Record<string, unknown>,
    minimise: { quantity: "loss", time: 50 },
  },
};
const reach = (quantity: string, value: number) => ({
  parameters: { "schedule.exponent": [0, 0.95] },
  reach: { quantity, value },
});
const problemOf = (change: object = {}) => {
  const config = parseConfig({ ...source, ...change }, "optimise");
  return { ...config, search: config.search! };
};

interface Searched {
  readonly schedule: { readonly rate: number; readonly exponent: number };
}

/** The problem with a theory of our own, on nodes 0, 1, ..., 10 with exact values between them. */
function withTheory(change: object, loss: (t: number, parameters: Searched) => number) {
  const problem = problemOf({ method: { until: 10 }, ...change });
  const solve = async (parameters: unknown): Promise<Solution> => {
    const sample = (times: ArrayLike<number>) => {
      const time = Float64Array.from(times);
      return { time, series: { loss: time.map((t) => loss(t, parameters as Searched)) } };
    };
    return { ...sample(Array.from({ length: 11 }, (_, k) => k)), sample, notes: [] };
  };
  const load = async () => ({ solve }) as unknown as Awaited<ReturnType<Config["system"]["load"]>>;
  return { ...problem, system: { ...problem.system, load } };
}

describe("optimise", () => {
  it("finds the least time at which a value is reached, to the root", async () => {
    // exp(-t g) = 0.3 at t = ln(1/0.3)/g, and g is greatest, 0.5, at the exponent 0.62.
    const growth = ({ schedule }: Searched) => 0.5 - Math.abs(schedule.exponent - 0.62);
    const problem = withTheory({ optimise: reach("loss", 0.3) }, (t, x) => Math.exp(-t * growth(x)));
    const { best, evaluations, notes } = await optimise(problem);
    const [beta] = best!.at;
    expect(Math.abs(beta - 0.62)).toBeLessThanOrEqual(0.002 * 0.95);
    const expected = Math.log(1 / 0.3) / (0.5 - Math.abs(beta - 0.62));
    expect(Math.abs(best!.value! / expected - 1)).toBeLessThan(1e-9);
    expect(evaluations[0].value).toBe(Infinity);
    expect(notes).toEqual([]);
  });

  it("searches two parameters, a wide range in its logarithm", async () => {
    const parameters = { "schedule.exponent": [0, 0.95], "schedule.rate": [1e-3, 30] };
    const problem = withTheory(
      { optimise: { parameters, minimise: { quantity: "loss", time: 3 } } },
      (t, { schedule }) => t * (Math.log(schedule.rate / 0.05) ** 2 + 20 * (schedule.exponent - 0.3) ** 2),
    );
    const { best, evaluations, notes } = await optimise(problem);
    expect(Math.abs(best!.at[0] - 0.3)).toBeLessThan(0.01);
    expect(Math.abs(Math.log(best!.at[1] / 0.05))).toBeLessThan(0.1);
    expect(evaluations.length).toBeLessThanOrEqual(80);
    // 0.05 is within 0.2 % of the range from its lower bound, but not of its logarithm.
    expect(notes).toEqual([]);
  });

  it("says where the best is at a bound, and where nothing is reached", async () => {
    const optimiseAt = { ...source.optimise, minimise: { quantity: "loss", time: 1 } };
    const atBound = await optimise(
      withTheory({ optimise: optimiseAt }, (_t, { schedule }) => schedule.exponent),
    );
    expect(atBound.best!.at).toEqual([0]);
    expect(atBound.notes.join()).toContain("schedule.exponent is at its bound 0");
    const never = await optimise(withTheory({ optimise: reach("loss", 2) }, () => 1));
    expect(never.notes.join()).toContain("reached nowhere");
    const rows = optimisationRows(never);
    expect(rows.slice(0, 2)).toEqual([
      { quantity: "schedule.exponent", statistic: "best", value: "undefined" },
      { quantity: "time", statistic: "best", value: "never" },
    ]);
    expect(rows.at(-1)).toEqual({ quantity: "time", index: [8], statistic: "evaluation", value: "never" });
  });

  it("counts solutions that fail as the worst, and fails when all do", async () => {
    const fail = (beyond: number) =>
      withTheory({ optimise: reach("loss", 0.5) }, (t, { schedule }) => {
        if (schedule.exponent <= beyond) return 1 - t * schedule.exponent;
        throw new ConvergenceError("It blew up.", { reached: 1, advice: "Take more points." });
      });
    const some = await optimise(fail(0.6));
    expect(some.best!.at[0]).toBeLessThanOrEqual(0.6);
    expect(some.best!.at[0]).toBeGreaterThan(0.59);
    expect(some.notes[0]).toMatch(
      /^\d+ of \d+ evaluations failed and count as the worst; schedule\.exponent from [\d.]+ to [\d.]+ was not searched: It blew up\./,
    );
    expect(optimisationRows(some)).toContainEqual({
      quantity: "time",
      index: [8],
      statistic: "evaluation",
      value: "undefined",
    });
    await expect(optimise(fail(-1))).rejects.toThrow("It blew up.");
  });

  it("says where the quantity has no value, and finds the best elsewhere", async () => {
    const at = { ...source.optimise, minimise: { quantity: "loss", time: 1 } };
    const holed = withTheory({ optimise: at }, (_t, { schedule: { exponent } }) =>
      exponent < 0.3 ? NaN : (exponent - 0.5) ** 2,
    );
    const { best, notes } = await optimise(holed);
    expect(best!.at[0]).toBeCloseTo(0.5, 2);
    expect(notes).toEqual([
      expect.stringMatching(
        /^\d+ of \d+ evaluations have no value, and count as the worst; schedule\.exponent from 0 to 0\.\d+ was not searched$/,
      ),
    ]);
  });

  it("keeps the landscape when it is interrupted, and tells its progress", async () => {
    const controller = new AbortController();
    let last = 0;
    const options: Options = {
      signal: controller.signal,
      onProgress: ({ done, total }) => {
        expect(done).toBeGreaterThanOrEqual(last);
        expect(total).toBe(40);
        last = done;
        if (done >= 3) controller.abort();
      },
    };
    const error = await optimise(problemOf({ method: { points: 60 } }), options).catch((reason) => reason);
    expect(error).toBeInstanceOf(InterruptedError);
    expect(error.partial.evaluations.length).toBeGreaterThanOrEqual(3);
    expect(optimisationRows(error.partial).length).toBe(2 + 2 * error.partial.evaluations.length);
  });
});

describe("the optimise part of a config", () => {
  it("takes the end of the run from the time of the minimum", () => {
    expect(problemOf().method.until).toBe(50);
    expect(problemOf().search).toMatchObject({ evaluations: 40, tolerance: 0.002 });
  });

  it.each([
    ["nothing", undefined, /^optimise is undefined/],
    [
      "a parameter that is not there",
      { parameters: { "schedule.exponnt": [0, 1] } },
      /^optimise\.parameters\.schedule\.exponnt is not known; did you mean "schedule.exponent"/,
    ],
    [
      "bounds in the wrong order",
      { parameters: { "schedule.exponent": [1, 0.5] } },
      /schedule\.exponent\[1\] is 0\.5; allowed: a number above 1/,
    ],
    [
      "bounds that the schema forbids",
      { parameters: { "schedule.exponent": [-1, 0.5] } },
      /^optimise\.parameters\.schedule\.exponent .*schedule\.exponent is -1/,
    ],
    ["a parameter of whole numbers", { parameters: { p: [2, 5] } }, /^optimise\.parameters\.p .*an integer/],
    ["no parameter", { parameters: {} }, /^optimise\.parameters .*one to 4/],
    [
      "a quantity that is not known",
      { minimise: { quantity: "los", time: 1 } },
      /^optimise\.minimise\.quantity "los" .*"loss"/,
    ],
    [
      "a quantity of pairs",
      { minimise: { quantity: "correlation", time: 1 } },
      /^optimise\.minimise\.quantity/,
    ],
    ["no goal", { minimise: undefined }, /^optimise\.minimise .*one of the two/],
    ["two goals", { reach: { quantity: "loss", value: 0 } }, /^optimise\.minimise .*one of the two/],
    ["an unknown key", { evaluation: 9 }, /^optimise\.evaluation is not known; did you mean "evaluations"/],
    [
      "too few evaluations",
      { evaluations: 2 },
      /^optimise\.evaluations is 2; allowed: an integer of at least 8/,
    ],
  ])("is refused for %s", (_name, change, message) => {
    const optimise = change && { ...source.optimise, ...change };
    expect(() => parseConfig({ ...source, optimise }, "optimise")).toThrow(message);
  });

  it("is refused for a time beyond the run", () => {
    const run = { ...source, method: { until: 10 } };
    expect(() => parseConfig(run, "optimise")).toThrow(
      /^optimise\.minimise\.time is 50; allowed: at most 10/,
    );
  });
});

describe("a search with a checkpoint store", () => {
  /** Counts solutions; those of one end of the range fail, and that with this number is interrupted. */
  function counted(stopAt = Infinity) {
    let solutions = 0;
    const early = { optimise: { ...source.optimise, minimise: { quantity: "loss", time: 5 } } };
    const problem = withTheory(early, (t, { schedule }) => {
      if (t === 0) {
        solutions++;
        if (solutions === stopAt) throw new InterruptedError();
        if (schedule.exponent > 0.8)
          throw new ConvergenceError("too steep.", { reached: 0, advice: "Less." });
      }
      return (schedule.exponent - 0.3) ** 2;
    });
    const solve = (options: Options = {}) => optimise(problem, options);
    return { solve, solutions: () => solutions };
  }
  function memory() {
    let kept: Checkpoint | undefined;
    return {
      load: async () => kept,
      async save(checkpoint: Checkpoint) {
        kept = structuredClone(checkpoint);
      },
    };
  }

  it("goes on after an abort to the same landscape, without solving again what it has", async () => {
    const straight = counted();
    const whole = await straight.solve();
    expect(whole.notes.join()).toMatch(/too steep/);
    const checkpoint = memory();
    const stopped = counted(9);
    const error = await stopped.solve({ checkpoint }).catch((reason) => reason);
    expect(error).toBeInstanceOf(InterruptedError);
    const known = error.partial.evaluations.length;
    expect(known).toBe(8);
    const resumed = counted();
    expect(await resumed.solve({ checkpoint })).toEqual(whole);
    // The first that failed is solved again, for its reason.
    expect(resumed.solutions()).toBeLessThanOrEqual(straight.solutions() - known + 1);
    const other = problemOf({ parameters: { ...source.parameters, temperature: 0.9 } });
    await expect(optimise(other, { checkpoint })).rejects.toThrow(
      /holds states of p-spin \(search\) with other/,
    );
  });
});
