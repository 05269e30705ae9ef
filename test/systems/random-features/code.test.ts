import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { InvalidParameterError } from "../../../src/core/errors";
import { runVerb } from "../../../src/run/execute";
import { readConfig } from "../../../src/run/read-config";
import { parseConfig, type Verb } from "../../../src/systems/config/config";
import type { Row } from "../../../src/systems/rows/row";
import { featuresCase } from "../../reference/features-cases";

const parameters = {
  targetExponent: 1.5,
  spectrumExponent: 2,
  features: 100,
  labelNoise: 0.25,
  schedule: 0.1,
  horizon: 100,
};

async function run(verb: Verb, config: object) {
  const outcome = await runVerb(verb, parseConfig({ system: "random-features", ...config }, verb));
  return { ...outcome, rows: outcome.rows as readonly Row[] };
}
const numberOf = (rows: readonly Row[], quantity: string, time?: number) =>
  rows.find((row) => row.quantity === quantity && (time === undefined || row.time === time))!.value as number;

async function refused(verb: Verb, config: object): Promise<string> {
  const error = await run(verb, config).catch((e) => e);
  expect(error).toBeInstanceOf(InvalidParameterError);
  return (error as InvalidParameterError).parameter;
}

describe("random features by a config", () => {
  it("a reference case, its error, and the default times: whole steps", async () => {
    const { value, tolerance, run: source } = featuresCase("rf-06");
    const { rows } = await run("solve", { ...source!.config, report: undefined });
    const last = rows.find((row) => row.quantity === "loss" && row.time === 100)!;
    expect(Math.abs((last.value as number) - value)).toBeLessThan(tolerance);
    expect(last.error).toBeLessThan(1e-12);
    for (const { time } of rows) expect(Number.isInteger(time)).toBe(true);
  });

  it("bins tell their error, which covers the true one", async () => {
    const config = {
      parameters: { ...parameters, features: 3000, horizon: 1000, schedule: 0.3 },
      report: { times: [1000] },
    };
    const single = await run("solve", { ...config, method: { kind: "recursion", exactModes: 3000 } });
    const bins = await run("solve", { ...config, method: { kind: "recursion", exactModes: 100 } });
    const row = bins.rows.find(({ quantity }) => quantity === "excessLoss")!;
    const off = Math.abs((row.value as number) - numberOf(single.rows, "excessLoss"));
    expect(off).toBeGreaterThan(1e-11);
    expect(off).toBeLessThan(row.error!);
    expect(row.error).toBeLessThan(1e-4);
    expect(bins.notes.join()).toMatch(/bins/);
  });

  it("recursion, flow and simulation agree as far as they should", async () => {
    const report = { times: [10, 100] };
    const slow = { ...parameters, schedule: 0.02 };
    const exact = await run("solve", { parameters: slow, report });
    const flow = await run("solve", { parameters: slow, report, method: { kind: "volterra" } });
    for (const t of report.times) {
      expect(
        Math.abs(numberOf(flow.rows, "excessLoss", t) / numberOf(exact.rows, "excessLoss", t) - 1),
      ).toBeLessThan(0.001);
    }
    const { comparison } = await run("compare", {
      parameters,
      report: { times: [1, 3, 10, 30, 100] },
      simulation: { samples: 200, seed: 20261122 },
    });
    for (const { pValue } of comparison!.quantities) expect(pValue).toBeGreaterThan(0.001);
  });

  it("a random projection is the same matrix for theory and simulation", async () => {
    const projected = { ...parameters, features: 10, modes: 40, projection: "random", schedule: 0.3 };
    const report = { times: [2, 20, 100] };
    const { comparison } = await run("compare", {
      parameters: projected,
      report,
      simulation: { samples: 300, seed: 20261122 },
    });
    for (const { pValue } of comparison!.quantities) expect(pValue).toBeGreaterThan(0.001);
    const losses = await Promise.all(
      [1, 2].map(async (projectionSeed) =>
        numberOf(
          (await run("solve", { parameters: { ...projected, projectionSeed }, report })).rows,
          "loss",
          100,
        ),
      ),
    );
    expect(losses[0]).not.toBe(losses[1]);
  });

  it("momentum and growing batches", async () => {
    const momentum = { kind: "heavy-ball", momentum: 0.8 };
    const heavy = await run("solve", {
      parameters: { ...parameters, modes: 100, schedule: 0.03, momentum },
      report: { times: [100] },
    });
    const { value, tolerance } = featuresCase("rf-78");
    expect(Math.abs(numberOf(heavy.rows, "loss") - value)).toBeLessThan(tolerance);
    const { value: ramped, tolerance: error } = featuresCase("rf-08");
    const steps = await run("solve", {
      parameters: {
        ...{
          targetExponent: 2.5,
          spectrumExponent: 1.5,
          features: 100,
          modes: 100,
          labelNoise: 0.25,
          horizon: 100,
        },
        schedule: 0.2,
        batchSize: { kind: "steps", sizes: [1, 2, 4, 8], times: [0, 40, 70, 90] },
      },
      report: { times: [100] },
    });
    expect(Math.abs(numberOf(steps.rows, "loss") - ramped)).toBeLessThan(error);
  });
});

describe("optimise", () => {
  it("every family, none below the optimum", async () => {
    const losses: Record<string, number> = {};
    for (const over of [
      "learning-rate",
      "constant",
      "power-law",
      "polynomial",
      "warmup-stable-decay",
      "cosine",
      "linear",
    ]) {
      const { rows, status, notes } = await run("optimise", {
        parameters,
        optimise: { over },
        report: { times: [0, 50] },
      });
      expect(status).toBe("done");
      losses[over] = numberOf(rows, "excessLoss");
      expect(numberOf(rows, "learningRate", 50)).toBeGreaterThan(0);
      for (const quantity of ["excessLoss", "loss"]) {
        const row = rows.find((one) => one.quantity === quantity)!;
        expect(row.error).toBeGreaterThanOrEqual(1e-13 * (row.value as number) * 0.1);
        expect(row.error).toBeLessThan(over === "learning-rate" ? 1e-9 : 1e-12);
      }
      expect(notes.join().includes("no error is known of how far")).toBe(over !== "learning-rate");
      if (over === "polynomial") expect(numberOf(rows, "exponent")).toBe(3);
      if (over === "constant") expect(numberOf(rows, "amplitude")).toBe(numberOf(rows, "learningRate", 0));
    }
    for (const loss of Object.values(losses)) expect(loss).toBeGreaterThanOrEqual(losses["learning-rate"]);
  });

  it("rates with batches, momentum, and closed-form control", async () => {
    const joint = await run("optimise", {
      parameters: { ...parameters, batchSize: 16, horizon: 40 },
      optimise: { over: "learning-rate-and-batch", cap: 0.5 },
      report: { times: [0, 39] },
    });
    expect(numberOf(joint.rows, "batchSize", 39)).toBeGreaterThan(numberOf(joint.rows, "batchSize", 0));
    const dana = await run("optimise", {
      parameters,
      optimise: { over: "momentum" },
      report: { times: [50] },
    });
    const plain = await run("optimise", { parameters, method: { exactModes: 5 } });
    expect(plain.notes.join()).toMatch(/does not use method.exactModes/);
    expect(numberOf(dana.rows, "excessLoss")).toBeLessThan(numberOf(plain.rows, "excessLoss"));
    expect(numberOf(dana.rows, "momentum", 50)).toBeGreaterThan(0);
    const long = { ...parameters, horizon: 1e9, features: 1e6 };
    const control = await run("optimise", {
      parameters: long,
      optimise: { dynamics: "additive", cap: 0.5 },
      report: { times: [0, 1e9] },
    });
    expect(numberOf(control.rows, "learningRate", 0)).toBe(0.5);
    expect(numberOf(control.rows, "edgeTime")).toBeLessThan(1e9);
    expect(numberOf(control.rows, "annealingWindow")).toBeLessThan(1e9);
    expect(numberOf(control.rows, "clock")).toBeGreaterThan(numberOf(control.rows, "annealingWindow") / 10);
  });

  it("from a measured curve in a CSV file beside the config", async () => {
    const { rows: measured } = await run("solve", {
      parameters: { ...parameters, horizon: 200 },
      report: { times: [1, 2, 4, 8, 16, 32, 64, 100, 128, 200] },
    });
    const folder = await mkdtemp(join(tmpdir(), "twotime-fit-"));
    const curve = measured.filter(({ quantity }) => quantity === "loss");
    const lines = curve.map(({ time, value }) => `${time},${value},${1e-4 * (value as number)}`);
    await writeFile(join(folder, "curve.csv"), ["step,loss,standard_error", ...lines].join("\n"));
    const config = {
      system: "random-features",
      parameters: { ...parameters, targetExponent: 2, spectrumExponent: 1.7, labelNoise: 1 },
    };
    await writeFile(
      join(folder, "config.json"),
      JSON.stringify({ ...config, optimise: { fit: "curve.csv" } }),
    );
    const read = (await readConfig(join(folder, "config.json"))) as { optimise: { fit: { loss: number[] } } };
    expect(read.optimise.fit.loss.length).toBe(10);
    const { rows } = await run("optimise", read);
    expect(Math.abs(numberOf(rows, "targetExponent") - 1.5)).toBeLessThan(0.01);
    expect(Math.abs(numberOf(rows, "spectrumExponent") - 2)).toBeLessThan(0.05);
    expect(rows.find(({ quantity }) => quantity === "phase")!.value).toBe("hard");
    expect(numberOf(rows, "targetExponentLow")).toBeLessThan(1.5);
    expect(numberOf(rows, "targetExponentHigh")).toBeGreaterThan(1.5);
    await writeFile(join(folder, "curve.csv"), "step,value\n1,2\n");
    await expect(readConfig(join(folder, "config.json"))).rejects.toThrow(
      /optimise\.fit.*columns step, loss/,
    );
    await writeFile(join(folder, "curve.csv"), "step,loss\n1,x\n");
    await expect(readConfig(join(folder, "config.json"))).rejects.toThrow(
      /row 2 has none in the column loss/,
    );
  });
});

describe("what an answer says of itself", () => {
  it("the error of bins covers the true one, in optimise too", async () => {
    const config = {
      parameters: { ...parameters, features: 3000, horizon: 200 },
      optimise: { over: "polynomial" },
      report: { times: Array.from({ length: 200 }, (_, t) => t) },
    };
    const { rows, notes } = await run("optimise", config);
    expect(notes.join()).toMatch(/modes in bins: error/);
    const stated = rows.find(({ quantity }) => quantity === "excessLoss")!.error!;
    const rates = rows.filter(({ quantity }) => quantity === "learningRate");
    const schedule = {
      kind: "tabulated",
      times: rates.map(({ time }) => time),
      rates: rates.map(({ value }) => value),
    };
    const single = await run("solve", {
      parameters: { ...config.parameters, schedule },
      method: { kind: "recursion", exactModes: 3000 },
      report: { times: [200] },
    });
    const off = Math.abs(numberOf(single.rows, "excessLoss") - numberOf(rows, "excessLoss"));
    expect(off).toBeGreaterThan(0);
    expect(off).toBeLessThan(stated);
    expect(stated).toBeLessThan(1e-5);
  });

  it("a momentum under which the loss grows", async () => {
    const fast = {
      ...parameters,
      schedule: 0.3,
      momentum: { kind: "heavy-ball", momentum: 0.95 },
      aboveStability: "warn",
    };
    expect((await run("solve", { parameters: fast })).notes.join()).toMatch(/too large for this momentum/);
    const slow = { ...fast, schedule: 0.01 };
    expect((await run("solve", { parameters: slow })).notes.join()).not.toMatch(/too large/);
  });
});

describe("at the door", () => {
  const change = (more: object) => ({ parameters: { ...parameters, ...more } });
  it.each([
    ["solve", "parameters.targetExponent", change({ targetExponent: 1 })],
    ["solve", "parameters.spectrumExponent", change({ spectrumExponent: 0.99 })],
    ["predict", "parameters.modes", change({ modes: 99 })],
    ["solve", "parameters.modes", change({ projection: "random" })],
    ["solve", "parameters.schedule", change({ schedule: 0.7 })],
    [
      "solve",
      "parameters.schedule",
      change({ schedule: { kind: "power-law", rate: 1, exponent: 0.5, offset: 0 } }),
    ],
    [
      "solve",
      "parameters.batchSize",
      { ...change({ batchSize: { kind: "ramp", start: 2 } }), method: { kind: "volterra" } },
    ],
    ["simulate", "parameters.batchSize", change({ batchSize: 1.5 })],
    ["simulate", "simulation.until", { ...change({}), simulation: { until: 200 } }],
    ["optimise", "optimise.cap", { ...change({ batchSize: 8 }) }],
    ["optimise", "optimise.cap", { ...change({}), optimise: { over: "learning-rate-and-batch" } }],
    ["optimise", "parameters.horizon", { ...change({ horizon: 5e6 }) }],
    [
      "optimise",
      "optimise.dynamics",
      { ...change({}), optimise: { over: "constant", dynamics: "additive" } },
    ],
    [
      "optimise",
      "parameters.labelNoise",
      { ...change({ labelNoise: 0, modes: 100 }), optimise: { dynamics: "additive" } },
    ],
    ["optimise", "optimise.fit", { ...change({}), optimise: { fit: "curve.csv" } }],
    ["optimise", "parameters.momentum", change({ momentum: { kind: "heavy-ball", momentum: 0.5 } })],
    [
      "optimise",
      "parameters.momentum",
      {
        ...change({ momentum: { kind: "heavy-ball", momentum: 0.5 } }),
        optimise: { dynamics: "additive", cap: 0.5 },
      },
    ],
    ["optimise", "optimise.cap", { ...change({ batchSize: 16 }), optimise: { over: "momentum" } }],
    ["optimise", "optimise.exponent", { ...change({}), optimise: { over: "constant", exponent: 2 } }],
    ["optimise", "optimise.exponent", { ...change({}), optimise: { over: "cosine", exponent: 2 } }],
    ["optimise", "optimise.fit.step.length", { ...change({}), optimise: { fit: { step: [1], loss: [1] } } }],
    ["optimise", "optimise.over", { ...change({}), optimise: { over: "everything" } }],
  ] as const)("%s refuses %s", async (verb, parameter, config) => {
    expect(await refused(verb, config)).toBe(parameter);
  });

  it("a rate above stability with this momentum", async () => {
    const heavy = change({
      targetExponent: 3,
      schedule: 0.3,
      momentum: { kind: "heavy-ball", momentum: 0.95 },
    });
    expect(await refused("solve", heavy)).toBe("parameters.schedule");
    const warned = { ...heavy, parameters: { ...heavy.parameters, aboveStability: "warn" } };
    expect((await run("solve", warned)).notes.join()).toMatch(/100 of 100 steps have a rate above stability/);
  });

  it("a rate above stability passes with a warning where that is asked for", async () => {
    const { notes, rows } = await run(
      "solve",
      change({ schedule: 0.7, aboveStability: "warn", horizon: 20 }),
    );
    expect(notes.join()).toMatch(/20 of 20 steps have a rate above stabilityRate/);
    expect(numberOf(rows, "loss", 20)).toBeGreaterThan(numberOf(rows, "loss", 1));
  });
});
