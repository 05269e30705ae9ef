import { describe, expect, it } from "vitest";
import type { TwoTimeSolution } from "../../../src/core/results";
import { parseConfig } from "../../../src/systems/config/config";
import { layOutFields } from "../../../src/systems/fields/lay-out";
import { phaseRetrieval as system } from "../../../src/systems/phase-retrieval/record";
import { predictionRows } from "../../../src/systems/rows/predictions";
import { ensembleRows, solutionRows } from "../../../src/systems/rows/results";
import type { Row } from "../../../src/systems/rows/row";
import type { Report } from "../../../src/systems/system";

const report = (change: Partial<Report> = {}): Report => ({
  times: [],
  pairs: [],
  samples: false,
  ...change,
});

/** The rows of a simulation, by way of a config. */
async function simulate(parameters: object, simulation: object, change: Partial<Report>): Promise<Row[]> {
  const config = parseConfig({ system: "phase-retrieval", parameters, simulation }, "simulate");
  const code = await system.load();
  const { parameters: checked, simulation: request } = config as never;
  return ensembleRows(await code.simulate!(checked, request, report(change)), report(change));
}

const find = (rows: readonly Row[], wanted: Partial<Row>) =>
  rows.filter((row) => Object.entries(wanted).every(([key, value]) => row[key as keyof Row] === value));

const small = { size: 40, samples: 12, seed: 20261122, until: 1 };
const persistent = { sampleRatio: 3, algorithm: "persistent-sgd", batchFraction: 0.5, persistence: 1 };

describe("simulate", () => {
  it("reports every quantity that the record announces for a simulation", async () => {
    const rows = await simulate(persistent, small, { times: [0, 1], pairs: [[1, 0.5]] });
    const theoryOnly = ["response", "noiseKernel", "responseKernel"];
    const announced = system.quantities.map(({ name }) => name).filter((name) => !theoryOnly.includes(name));
    expect(new Set(rows.map(({ quantity }) => quantity))).toEqual(new Set(announced));
    for (const name of ["overlap", "trainingLoss"]) {
      expect(find(rows, { quantity: name, time: 1 }).map(({ statistic }) => statistic)).toEqual([
        "mean",
        "median",
      ]);
    }
    expect(find(rows, { quantity: "recoveredFraction", time: 1 })[0]).toMatchObject({
      statistic: "fraction",
      value: 0,
    });
    expect(find(rows, { quantity: "norm", time: 1 })[0]).toMatchObject({ value: 1, standardError: 0 });
    expect(find(rows, { quantity: "correlation" })[0]).toMatchObject({ time: 1, timePrime: 0.5 });
    expect(find(rows, { quantity: "recoveryTime", statistic: "median" })[0].value).toBe("never");
  });

  it("takes one sample, which has no standard error but that of a fraction", async () => {
    const rows = await simulate(persistent, { ...small, samples: 1 }, { times: [1], pairs: [[1, 0.5]] });
    const withError = rows.filter((row) => row.standardError !== undefined);
    // Wilson: √(0 + 1/4)/2.
    expect(withError.map(({ quantity, standardError }) => [quantity, standardError])).toEqual([
      ["recoveredFraction", 0.25],
      ["recoveryTime", 0.25],
    ]);
    expect(withError.map(({ statistic }) => statistic)).toEqual(["fraction", "fraction"]);
  });

  it("passes the options on: medians, regression, single samples", async () => {
    const rows = await simulate(
      { sampleRatio: 2, initialOverlap: 0.5 },
      { ...small, medians: ["norm"], regress: true },
      { times: [0], samples: true, quantities: ["overlap", "norm"] },
    );
    expect(find(rows, { statistic: "median" }).map(({ quantity }) => quantity)).toEqual(["norm"]);
    expect(find(rows, { quantity: "overlap", statistic: "mean" })[0].value).toBeCloseTo(0.5, 12);
    expect(find(rows, { quantity: "overlap", sample: 11 }).length).toBe(1);
  });
});

describe("predict", () => {
  it("has the initial values of all one-time quantities and kernels", async () => {
    const code = await system.load();
    const { parameters } = parseConfig(
      { system: "phase-retrieval", parameters: { ...persistent, initialOverlap: 0.2 } },
      "predict",
    );
    const rows = predictionRows(await code.predict(parameters as never));
    const values = Object.fromEntries(rows.map(({ quantity, value }) => [quantity, value]));
    expect(Object.keys(values).sort()).toEqual(system.predictions.map(({ name }) => name).sort());
    expect(values.responseKernel).toBeCloseTo(141.12, 10);
    expect(values.meanSquaredError).toBeCloseTo(0.70120974, 8);
    expect(values).toMatchObject({ recoveredFraction: 0, correlation: 1, response: 1 });
    expect(code.describe(parameters as never)).toContain("α = 3, η = 0.01, ℓ = 0.5, τ = 1, m0 = 0.2");
  });
});

describe("solve", () => {
  const solve = async (parameters: object, method: object, report?: Report) => {
    const source = { system: "phase-retrieval", parameters, method };
    const config = parseConfig(source, "solve");
    return (await system.load()).solve(config.parameters as never, config.method as never, {}, report);
  };
  const gradientDescent = { sampleRatio: 2, initialOverlap: 0.5, learningRate: 0.02 };

  it.each([
    { particles: 1024, runs: 2 },
    { kind: "damped", trajectories: 128, iterations: 12, runs: 4 },
    { kind: "causal", trajectories: 512 },
  ])("has all quantities and two-time functions: $kind", async (method) => {
    const report = { times: [0.1, 0.2], pairs: [[0.2, 0.1] as const], samples: false };
    const solution = await solve(gradientDescent, { ...method, until: 0.2 }, report);
    const rows = solutionRows(solution, report);
    const named = new Set(rows.map(({ quantity }) => quantity));
    const simulated = ["recoveryTime", ...("kind" in method ? ["recoveredFraction"] : [])];
    const wanted = system.quantities.map(({ name }) => name).filter((name) => !simulated.includes(name));
    expect([...named].sort()).toEqual(wanted.sort());
    const at = (quantity: string) => rows.find((row) => row.quantity === quantity && row.time === 0.2)!;
    expect(Math.abs((at("overlap").value as number) - 0.6641)).toBeLessThan(0.05);
    expect(at("noiseKernel")).toMatchObject({ time: 0.2, timePrime: 0.1 });
  });

  it("takes what the schema allows: no held gain, eight trajectories, several marches with an error", async () => {
    const few = { until: 0.04, trajectories: 8 };
    const report = { times: [0.04], pairs: [], samples: false };
    const rows = solutionRows(await solve(gradientDescent, { ...few, kind: "causal", runs: 3 }), report);
    expect(find(rows, { quantity: "overlap" })[0].standardError).toBeGreaterThan(0);
    const damped = { ...few, kind: "damped", hold: 0, iterations: 40, trajectories: 64 };
    expect((await solve(gradientDescent, damped)).samples).toBe(8);
    for (const kind of ["damped", "causal"]) {
      await expect(solve(gradientDescent, { until: 0.1, kind, trajectories: 7 })).rejects.toThrow(
        /^method.trajectories is 7; allowed: an integer of at least 8/,
      );
    }
  });

  it("takes by default the particles, with two-time functions that the report or the method asks for", async () => {
    const few = { until: 0.04, particles: 256 };
    const asked = { times: [0.04], pairs: [[0.04, 0.02] as const], quantities: ["response"], samples: false };
    const rows = solutionRows(await solve(gradientDescent, few, asked), asked);
    expect(rows.map(({ quantity }) => quantity)).toEqual(["response"]);
    const solution = await solve(gradientDescent, { ...few, pairs: [[0.04, 0]] });
    expect(solution.samples).toBe(8);
    expect(solution.correlation(0.04, 0)).toBeLessThan(1);
    await expect(solve(gradientDescent, { ...few, particles: 100 })).rejects.toThrow(
      /^method.particles is 100/,
    );
  });

  it("has whole two-time functions on a coarse grid of its own, or on times that are asked for", async () => {
    const few = { until: 1, particles: 256, runs: 2 };
    const whole = (times?: number[]) =>
      report({ times: [1], fields: { times, quantities: ["noiseKernel"] } });
    const coarse = await layOutFields(
      (await solve(gradientDescent, few, whole())) as TwoTimeSolution,
      system.quantities,
      { quantities: ["noiseKernel"] },
    );
    expect(Array.from(coarse.time.subarray(0, 3))).toEqual([0, 0.04, 0.08]);
    expect([coarse.time.length, coarse.time.at(-1), Object.keys(coarse.functions)]).toEqual([
      26,
      1,
      ["noiseKernel"],
    ]);
    expect(coarse.functions.noiseKernel.value.every(Number.isFinite)).toBe(true);
    const request = { times: [0.05, 0.5], quantities: ["noiseKernel"] };
    const asked = await layOutFields(
      (await solve(gradientDescent, few, whole([0.05, 0.5]))) as TwoTimeSolution,
      system.quantities,
      request,
    );
    expect(asked.functions.noiseKernel.value[0]).toBeGreaterThan(asked.functions.noiseKernel.value[3]);
  });

  it("names the learning rate where it is beyond the theory's limit", async () => {
    const tooFast = { ...gradientDescent, learningRate: 0.05 };
    await expect(solve(tooFast, { kind: "damped", until: 1 })).rejects.toThrow(
      /^parameters.learningRate is 0.05; allowed: at most 0.0438/,
    );
  });
});

describe("wrong configs name their parameter", () => {
  it.each([
    [{}, {}, /^parameters.sampleRatio is undefined/],
    [{ sampleRatio: -1 }, {}, /^parameters.sampleRatio is -1; allowed: a number above 0/],
    [{ sampleRatio: 0.01 }, {}, /^parameters.sampleRatio is 0.01; allowed: at least .* at size 40/],
    [{ sampleRatio: 3, batchFraction: 1.5 }, {}, /^parameters.batchFraction is 1.5/],
    [{ sampleRatio: 3, batchFraction: 0.5 }, {}, /^parameters.batchFraction is 0.5; allowed: 1 for gradient/],
    [
      { ...persistent, persistence: 0.005 },
      {},
      /^parameters.persistence is 0.005; allowed: .* at least 0.01/,
    ],
    [
      { sampleRatio: 3, learningRate: 0.2, constraint: { ridge: 0.1 } },
      {},
      /^parameters.learningRate is 0.2; allowed: below 0.12.*settle/,
    ],
    [
      { ...persistent, batchFraction: 0.004, persistence: 3, learningRate: 1e-4 },
      { batchSampling: "fixed-size" },
      /^parameters.batchFraction is 0.004; allowed: at least one of 120 samples/,
    ],
    [{ sampleRatio: 3, constraint: { ridge: -1 } }, {}, /^parameters.constraint.ridge is -1/],
    [
      { sampleRatio: 3, persistance: 1 },
      {},
      /^parameters.persistance is not known; did you mean "persistence"/,
    ],
    [
      { sampleRatio: 3 },
      { medians: ["loss"] },
      /^simulation.medians\[0\] is "loss"; allowed: .*trainingLoss/,
    ],
  ])("%j %j", async (parameters, simulation, message) => {
    await expect(simulate(parameters, { ...small, ...simulation }, { times: [1] })).rejects.toThrow(message);
  });
});
