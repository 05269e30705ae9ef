import { describe, expect, it } from "vitest";
import { ConvergenceError, InterruptedError } from "../../src/core/errors";
import type { Ensemble, Solution } from "../../src/core/results";
import { runVerb } from "../../src/run/execute";
import { type Config, parseConfig } from "../../src/systems/config/config";
import { reportOf } from "../../src/systems/config/report-of";
import type { SystemCode } from "../../src/systems/system";

const source = {
  system: "p-spin",
  parameters: { p: 3 },
  method: { until: 4 },
  report: { times: [1, 2, 4] },
};

/** loss = t, solved up to the end given. */
function solutionUntil(end: number): Solution {
  const sample = (times: ArrayLike<number>) => {
    const time = Float64Array.from(times);
    return { time, series: { loss: time } };
  };
  return { ...sample([0, end]), sample, notes: ["a note"] };
}

const ensemble: Ensemble = {
  time: Float64Array.of(1, 2, 4),
  series: { loss: Float64Array.of(1, 1, 4) },
  standardError: { loss: Float64Array.of(1, 0.5, 1) },
  curves: { loss: [Float64Array.of(0, 0.5, 3), Float64Array.of(2, 1.5, 5)] },
  samples: 2,
  size: 10,
};

function configWith(code: Partial<SystemCode<unknown, unknown, unknown>>): Config {
  const config = parseConfig(source, "compare");
  const whole = {
    describe: () => "x' = 1",
    solve: async () => solutionUntil(4),
    simulate: async () => ensemble,
  };
  const load = async () => ({ ...whole, ...code }) as SystemCode<unknown, unknown, unknown>;
  return { ...config, system: { ...config.system, load } };
}

const rejecting = (error: Error) => async () => Promise.reject(error);

describe("a verb", () => {
  it.each([
    [0, 0.5, []],
    [0.8, 1, []],
    [0.8, { kind: "constant", rate: 1 }, []],
    [
      0.8,
      0.5,
      ["closed forms at T are those of rate 1; this dynamics feels T·η = 0.4, at which they hold for it"],
    ],
    [
      0.8,
      { kind: "cosine", rate: 1, horizon: 5 },
      ["closed forms at T are those of rate 1; this dynamics feels T·η(t), which changes"],
    ],
  ])(
    "says which temperature closed forms at T = %f are of, at the rate %j",
    async (temperature, schedule, notes) => {
      const config = parseConfig(
        { system: "p-spin", parameters: { p: 3, temperature, schedule } },
        "predict",
      );
      expect((await runVerb("predict", config)).notes).toEqual(notes);
    },
  );

  it("that fails keeps the report times that were reached", async () => {
    const details = { reached: 2.5, advice: "Take more points.", partial: solutionUntil(2.5) };
    const config = configWith({ solve: rejecting(new ConvergenceError("It blew up.", details)) });
    const outcome = await runVerb("solve", config);
    expect(outcome).toMatchObject({
      status: "failed",
      message: "It blew up. Take more points. Good up to 2.5.",
      notes: ["a note"],
      rows: [
        { quantity: "loss", time: 1, value: 1 },
        { quantity: "loss", time: 2, value: 2 },
      ],
    });
    expect((await runVerb("compare", config)).rows).toEqual([
      { quantity: "loss", time: 1, theory: 1 },
      { quantity: "loss", time: 2, theory: 2 },
    ]);
  });

  it("that is interrupted keeps the samples that were finished", async () => {
    const config = configWith({ simulate: rejecting(new InterruptedError("stop", ensemble)) });
    const outcome = await runVerb("simulate", config);
    expect(outcome).toMatchObject({ status: "interrupted", message: "interrupted; finished: 2 samples" });
    expect(outcome.rows).toContainEqual({
      quantity: "loss",
      time: 2,
      statistic: "mean",
      value: 1,
      standardError: 0.5,
    });
    const comparison = await runVerb("compare", config);
    expect(comparison.rows.map((row) => "deviation" in row && row.deviation)).toEqual([0, 2, 0]);
  });

  it("that is interrupted before the first sample keeps the theory", async () => {
    const config = configWith({ simulate: rejecting(new InterruptedError()) });
    expect((await runVerb("simulate", config)).rows).toEqual([]);
    const comparison = await runVerb("compare", config);
    expect(comparison.message).toBe("interrupted; finished: the theory");
    expect(comparison.rows.length).toBe(3);
  });

  it("passes on what is no early end", async () => {
    const config = configWith({ solve: rejecting(new TypeError("a mistake")) });
    await expect(runVerb("solve", config)).rejects.toThrow("a mistake");
  });
});

describe("a config", () => {
  it("has the report's times in order, each once, whatever the verb", async () => {
    const verbs = ["solve", "simulate", "compare"] as const;
    const mixed = { ...source, simulation: { until: 4 }, report: { times: [2, 0.5, 2, 4 * (1 + 1e-13)] } };
    for (const verb of verbs) expect(reportOf(verb, parseConfig(mixed, verb)).times).toEqual([0.5, 2, 4]);
    const late = { ...source, report: { times: [5, 1] } };
    expect(() => reportOf("solve", parseConfig(late, "solve"))).toThrow(
      /^report.times is 5; allowed: at most 4, where the run ends/,
    );
  });

  it("has the method of every verb, with an end only where one is said", () => {
    const { method: _, ...rest } = source;
    const without = { ...rest, simulation: { size: 12 } };
    expect(parseConfig(source, "predict").method).toEqual({ kind: "auto", until: 4 });
    expect(parseConfig(without, "simulate").method).toEqual({ kind: "auto", until: 10 });
    expect(parseConfig(rest, "predict").method).toEqual({ kind: "auto" });
    const uniform = { ...source, method: { kind: "uniform", until: 4 } };
    expect(parseConfig(uniform, "predict").method).toMatchObject({ variable: "clock", extrapolate: true });
    const network = { system: "quadratic-network", parameters: { learningRate: 0.1 } };
    expect(parseConfig(network, "predict").method.until).toBe(10);
    expect(() => parseConfig(rest, "solve")).toThrow(/^method.until is undefined/);
  });

  it("of a comparison has two samples at least", () => {
    const single = { ...source, simulation: { samples: 1 } };
    expect(parseConfig(single, "simulate").simulation.samples).toBe(1);
    expect(() => parseConfig(single, "compare")).toThrow(
      /^simulation.samples is 1; allowed: at least 2 for compare/,
    );
  });
});

describe("the report of a run", () => {
  it("has 60 times up to the end of the verb's own part", () => {
    const both = { ...source, simulation: { until: 2 }, report: {} };
    const last = (verb: "solve" | "simulate" | "compare") => reportOf(verb, parseConfig(both, verb)).times;
    expect(last("solve").length).toBe(60);
    expect(last("solve")[59]).toBe(4);
    expect(last("simulate")[59]).toBe(2);
    expect(last("compare")[59]).toBe(2);
  });
});
