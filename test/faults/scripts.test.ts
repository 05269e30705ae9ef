import { afterAll, describe, expect, it } from "vitest";
import { compare, compareAsync, InterruptedError, optimise, predict, simulate, solve } from "../../src";
import { solveUniform } from "../../src/chsck";
import { serialPool } from "../../src/core/pool";
import { pureCovariance } from "../../src/models/covariance";
import { createPool } from "../../src/run";
import { createSchedule } from "../../src/schedule";

const problem = { system: "p-spin", parameters: { p: 3, temperature: 1 } } as const;
const method = { until: 1, points: 20 };
const finite = { size: 8, samples: 6, until: 0.2, step: 0.05, seed: 20261122 };
const wrong = (parameter: string) => ({ name: "InvalidParameterError", parameter });
/** What a type would not let through, as a script without types calls it. */
const untyped = (value: unknown) => value as never;

const pool = createPool({ workers: 2, startAfter: 0 });
afterAll(() => pool.close());

describe("a callback that throws", () => {
  it.each([
    ["this thread", serialPool],
    ["workers", pool],
  ])("rejects the promise with its error, from %s", async (_, pool) => {
    const error = new Error("mine");
    const onProgress = () => {
      throw error;
    };
    await expect(simulate(problem, finite, { pool, onProgress })).rejects.toBe(error);
    // Neither this process nor the pool has come to harm.
    expect((await simulate(problem, finite, { pool })).samples).toBe(6);
  });
});

describe("an abort with a reason", () => {
  it("keeps it as the cause", async () => {
    const reason = new Error("enough");
    const stopped = simulate(problem, finite, { signal: AbortSignal.abort(reason) });
    const error = await stopped.catch((error: unknown) => error);
    expect(error).toBeInstanceOf(InterruptedError);
    expect((error as Error).cause).toBe(reason);
  });
});

describe("a finished part, now and then", () => {
  it.each([
    ["this thread", serialPool],
    ["workers", pool],
  ])("is the ensemble of the samples so far, with all that a whole one has, from %s", async (_, pool) => {
    const parts: { samples: number; series: object }[] = [];
    const onPartial = (make: () => unknown) => parts.push(make() as (typeof parts)[number]);
    const whole = await simulate(problem, finite, { pool, onPartial });
    const counts = parts.map(({ samples }) => samples);
    expect(counts).toEqual([1, 2, 3, 4, 5, 6]);
    expect(parts[5].series).toEqual(whole.series);
    expect(Object.keys(parts[2].series)).toEqual(Object.keys(whole.series));
    expect(whole).toEqual(await simulate(problem, finite));
  });
});

describe("wrong calls", () => {
  it.each([
    [
      "an option with a wrong name",
      () => solve(problem, method, untyped({ onprogress: () => {} })),
      "options.onprogress",
    ],
    ["a signal that is none", () => solve(problem, method, untyped({ signal: {} })), "options.signal"],
    [
      "progress that is no function",
      () => solve(problem, method, untyped({ onProgress: 1 })),
      "options.onProgress",
    ],
    ["a pool that is none", () => simulate(problem, finite, untyped({ pool: 2 })), "options.pool"],
    ["options that are none", () => solve(problem, method, untyped(3)), "options"],
    ["a method that is a list", () => solve(problem, untyped([1])), "method"],
    ["a method that is a text", () => solve(problem, untyped("uniform")), "method"],
    ["no problem", () => solve(untyped(undefined), method), "problem"],
    ["a problem with another key", () => predict(untyped({ ...problem, params: {} })), "problem.params"],
    ["a system by its record", () => predict(untyped({ system: { name: "p-spin" } })), "system"],
    [
      "a checkpoint where nothing goes on",
      () =>
        solve(
          problem,
          { kind: "uniform", ...method },
          { checkpoint: { load: async () => undefined, save: async () => {} } },
        ),
      "options.checkpoint",
    ],
    ["no goal", () => optimise(problem, untyped(undefined)), "optimise.parameters"],
    ["nesting without end", () => predict(untyped({ system: "p-spin", parameters: endless() })), "config"],
  ])("%s", async (_, call, parameter) => {
    await expect((async () => call())()).rejects.toMatchObject(wrong(parameter));
  });

  it("a pool with another option", () => {
    expect(() => createPool(untyped({ threads: 2 }))).toThrow(/options\.threads.*workers/);
    expect(() => createPool({ workers: 1_000_000_000 })).toThrow(
      /workers is 1000000000; allowed: an integer from 1/,
    );
  });

  it("a sample at what is no list of times", async () => {
    const theory = await solve(problem, method);
    expect(() => theory.sample(untyped(1))).toThrow(/times is 1; allowed: a list of finite numbers/);
    expect(() => theory.sample([Number.NaN])).toThrow(/times/);
    // Of a solver called directly, too.
    const parts = { covariance: pureCovariance(3), temperature: 1, schedule: createSchedule(1) };
    const direct = await solveUniform(parts, { kind: "uniform", until: 1, points: 20 });
    expect(() => direct.sample(untyped(1))).toThrow(/times is 1; allowed: a list of finite numbers/);
    expect(theory.sample([1]).time).toEqual(theory.sample(Float64Array.of(1)).time);
  });

  it("a comparison with one sample, or with something else", async () => {
    const theory = await solve(problem, method);
    const [one, two] = [
      await simulate(problem, { ...finite, samples: 1 }),
      await simulate(problem, { ...finite, samples: 2 }),
    ];
    expect(() => compare(theory, one)).toThrow(/ensemble\.samples is 1; allowed: at least 2/);
    await expect(compareAsync(theory, one)).rejects.toMatchObject(wrong("ensemble.samples"));
    expect(() => compare(untyped(two), theory as never)).toThrow(/solution/);
    expect(compare(theory, two).samples).toBe(2);
  });

  it("a checkpoint is taken where there is a state", async () => {
    const saved: unknown[] = [];
    const checkpoint = {
      load: async () => undefined,
      save: async (state: unknown) => void saved.push(state),
    };
    const retrieval = { system: "phase-retrieval", parameters: { sampleRatio: 2 } } as const;
    const damped = { kind: "damped", until: 0.03, trajectories: 64, iterations: 4, runs: 1 } as const;
    await solve(retrieval, damped, { checkpoint });
    expect(saved.length).toBeGreaterThan(0);
  });
});

function endless(): object {
  const record: Record<string, unknown> = {};
  record.inside = record;
  return record;
}
