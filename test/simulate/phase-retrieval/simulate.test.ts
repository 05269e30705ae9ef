import { afterAll, describe, expect, it } from "vitest";
import { ConvergenceError } from "../../../src/core/errors";
import type { Ensemble } from "../../../src/core/results";
import { phaseRetrievalCost } from "../../../src/models/cost";
import { type PhaseRetrieval, phaseRetrieval } from "../../../src/models/phase-retrieval/problem";
import { modulusError } from "../../../src/models/phase-retrieval/start";
import { createPool } from "../../../src/run/pool";
import { type RetrievalSimulation, simulatePhaseRetrieval } from "../../../src/simulate/phase-retrieval";
import {
  createExchangedBatches,
  createRedrawnBatches,
  createReplacedBatches,
} from "../../../src/simulate/phase-retrieval/batches";
import { denseRun } from "./dense";

const SEED = 20261122;
/** Rounding errors of single precision. */
const SINGLE = 1 + 1e-6;
const problem = (change: Partial<PhaseRetrieval> = {}) => phaseRetrieval({ sampleRatio: 3, ...change });
const run = (
  change: Partial<PhaseRetrieval>,
  simulation: Partial<RetrievalSimulation> = {},
): Promise<Ensemble> =>
  simulatePhaseRetrieval(problem(change), {
    size: 30,
    samples: 3,
    seed: SEED,
    until: 0.3,
    keepCurves: true,
    ...simulation,
  });

const persistent = { algorithm: "persistent-sgd", batchFraction: 0.5, persistence: 0.1 } as const;
const vanilla = { algorithm: "sgd", batchFraction: 0.4, learningRate: 0.02 } as const;
const langevin = { algorithm: "langevin", temperature: 0.8, temperatureOffAt: 0.15 } as const;
const ridge = { constraint: { ridge: 0.7 } } as const;

describe("the update rule, against dense formulas in doubles", () => {
  const cases: readonly [string, Partial<PhaseRetrieval>, Partial<RetrievalSimulation>][] = [
    ["gradient descent", {}, {}],
    ["gradient descent with ridge", ridge, {}],
    ["SGD", vanilla, {}],
    ["SGD with batches of fixed size", vanilla, { batchSampling: "fixed-size" }],
    ["SGD with batches with replacement", vanilla, { batchSampling: "with-replacement" }],
    [
      "whole batches with replacement",
      { ...vanilla, ...ridge, batchFraction: 1 },
      { batchSampling: "with-replacement" },
    ],
    ["persistent SGD", persistent, {}],
    ["persistent SGD, exchanged", persistent, { batchSampling: "fixed-size" }],
    ["persistent SGD, ridge, not rescaled", { ...persistent, ...ridge, rescaleGradient: false }, {}],
    ["Langevin until the temperature drops", langevin, {}],
    ["Langevin with ridge", { ...langevin, ...ridge }, {}],
    ["random start", { initialOverlap: 0 }, {}],
    ["fixed data, many starts", langevin, { data: "fixed" }],
    ["fixed data, persistent SGD", persistent, { data: "fixed" }],
    // Two blocks of rows, the last of them not a multiple of four.
    [
      "more rows than a block has",
      { sampleRatio: 75.1 / 30, initialOverlap: 0.6 },
      { size: 300, samples: 1 },
    ],
  ];
  it.each(cases)("%s", async (_, change, simulation) => {
    const { learningRate, batchFraction } = problem(change);
    const steps = 15;
    const times = Array.from({ length: steps + 1 }, (_, k) => k * learningRate);
    const pairs = [[times[15], times[4]] as const, [times[7], times[7]] as const];
    const ensemble = await run(change, { until: times[steps], times, pairs, recoveryLoss: 0, ...simulation });
    for (let sample = 0; sample < ensemble.samples; sample++) {
      const patterns = Math.round(problem(change).sampleRatio * ensemble.size);
      const count = Math.round(batchFraction * patterns);
      const join = learningRate / 0.1;
      const dense = denseRun(problem(change), {
        size: ensemble.size,
        seed: SEED,
        sample,
        dataSet: simulation.data === "fixed" ? 0 : sample,
        steps,
        ...(simulation.batchSampling && {
          batches:
            simulation.batchSampling === "with-replacement"
              ? createReplacedBatches(patterns, count)
              : change.algorithm === "sgd"
                ? createRedrawnBatches(patterns, count)
                : createExchangedBatches(patterns, count, { join, leave: join }),
        }),
      });
      for (const [name, values] of Object.entries(dense.history)) {
        for (const [k, value] of values.entries()) {
          // Single precision in the products.
          expect(Math.abs(ensemble.curves![name][sample][k] - value)).toBeLessThan(
            3e-5 * (1 + Math.abs(value)),
          );
        }
      }
      const correlation = ensemble.twoTime!.curves!.correlation[sample];
      expect(correlation[0]).toBeCloseTo(dense.correlation(15, 4), 5);
      expect(correlation[1]).toBeCloseTo(dense.correlation(7, 7), 5);
    }
  });
});

describe("what follows from the update rule", () => {
  it("keeps the norm on the sphere", async () => {
    const { twoTime } = await run(langevin, { pairs: [[0.3, 0.3]] });
    for (const curve of twoTime!.curves!.correlation) expect(curve[0]).toBeCloseTo(1, 14);
  });

  it("lets the norm of an almost free vector follow q ← (1 − ηλ)² q + 2Tη", async () => {
    // One measurement in 2000 dimensions.
    const change = {
      algorithm: "langevin",
      temperature: 1,
      sampleRatio: 1 / 2000,
      initialOverlap: 0,
    } as const;
    const [lambda, eta, until] = [0.5, 0.05, 2];
    const { series, standardError } = await run(
      { ...change, learningRate: eta, constraint: { ridge: lambda } },
      { size: 2000, samples: 20, until },
    );
    const factor = (1 - eta * lambda) ** 2;
    const rest = (2 * eta) / (1 - factor);
    const expected = rest + (1 - rest) * factor ** Math.round(until / eta);
    expect(expected).toBeGreaterThan(1.5);
    expect(standardError.norm[0]).toBeLessThan(0.02);
    expect(Math.abs(series.norm[0] - expected)).toBeLessThan(4 * standardError.norm[0] + 1 / 2000);
  });

  it("never raises the loss of gradient descent at a small rate", async () => {
    const times = Array.from({ length: 100 }, (_, k) => 0.1 * k);
    const { curves } = await run({ learningRate: 0.005 }, { size: 60, samples: 4, until: 10, times });
    for (const curve of curves!.trainingLoss) {
      for (let k = 1; k < curve.length; k++) expect(curve[k]).toBeLessThan(curve[k - 1] * SINGLE);
    }
  });

  it("interpolates between steps", async () => {
    const { series } = await run({}, { times: [0.1, 0.1025, 0.11, 0.3] });
    for (const curve of [series.overlap, series.trainingLoss]) {
      expect(curve[1]).toBeCloseTo(0.75 * curve[0] + 0.25 * curve[2], 12);
    }
  });
});

describe("samples", () => {
  const pool = createPool({
    workers: 2,
    startAfter: 0,
    worker: { url: new URL("../../../src/run/source-worker.mjs", import.meta.url) },
  });
  afterAll(() => pool.close());

  it.each([
    ["fresh", 9],
    ["fixed", 40],
  ] as const)("with %s data do not depend on their number, nor on workers", async (data, samples) => {
    const simulation = { size: 20, samples, data, until: 0.2, times: [0.1, 0.2] } as const;
    const one = await run(persistent, simulation);
    const some = await run(persistent, { ...simulation, samples: 3 });
    expect(some.curves!.overlap).toEqual(one.curves!.overlap.slice(0, 3));
    const request = { ...simulation, seed: SEED, keepCurves: true };
    const shared = await simulatePhaseRetrieval(problem(persistent), request, { pool });
    expect(shared).toEqual(one);
  });

  it("with a cost of the user's own run here", async () => {
    const own = { ...phaseRetrievalCost };
    const request = { size: 20, samples: 3, seed: SEED, until: 0.2, keepCurves: true };
    const usual = await simulatePhaseRetrieval(problem(), request);
    expect(await simulatePhaseRetrieval(problem(), { ...request, cost: own }, { pool })).toEqual(usual);
    const flat = { value: () => 1, first: () => 0, second: () => 0 };
    const still = await run({}, { cost: flat, times: [0, 0.3] });
    expect(still.series.trainingLoss[1]).toBe(1);
    expect(still.series.overlap[1]).toBeCloseTo(still.series.overlap[0], 12);
  });
});

describe("what makes no sense", () => {
  it.each([
    [{}, { size: 1 }, /^simulation.size is 1; allowed/],
    [{}, { samples: 0 }, /^simulation.samples is 0; allowed/],
    [{}, { until: -1 }, /^simulation.until is -1; allowed/],
    [{}, { times: [1] }, /^simulation.times\[0\] is 1; allowed/],
    [{}, { pairs: [[1, 0]] }, /^simulation.pairs is 1; allowed/],
    [{}, { data: "new" }, /^simulation.data is "new"; allowed: "fresh" or "fixed"/],
    [{}, { batchSampling: "all" }, /^simulation.batchSampling is "all"; allowed/],
    [{}, { medians: ["overlap", "loss"] }, /^simulation.medians\[1\] is "loss"; allowed: "overlap" or/],
    [{}, { recoveryLoss: -1 }, /^simulation.recoveryLoss is -1; allowed/],
    [{}, { regress: true, samples: 5 }, /^simulation.regress is true; allowed: false for less than 12/],
    [{}, { regress: true, data: "fixed" }, /^simulation.regress is true; allowed: false for fixed data/],
    [
      {},
      { regress: true, cost: phaseRetrievalCost },
      /^simulation.regress is true; allowed: false for a cost/,
    ],
    [{ sampleRatio: 0.01 }, {}, /^sampleRatio is 0.01; allowed: at least .* one sample at size 30/],
    [{ batchFraction: 2 }, {}, /^batchFraction is 2; allowed/],
    [
      { ...vanilla, batchFraction: 0.005, learningRate: 1e-4 },
      { batchSampling: "fixed-size" },
      /^batchFraction/,
    ],
    [{ ...persistent, persistence: 0.001 }, {}, /^persistence is 0.001; allowed/],
    [
      { ...ridge, learningRate: 0.2 },
      {},
      /^learningRate is 0.2; allowed: below 0.12\d\d for 90 samples.* which then never settles/,
    ],
    [{ ...vanilla, ...ridge, learningRate: 0.06 }, {}, /^learningRate is 0.06; allowed: below 0.05/],
    [
      persistent,
      { batchSampling: "with-replacement" },
      /^simulation.batchSampling is "with-replacement"; allowed: "bernoulli" or "fixed-size" for persistent-sgd/,
    ],
  ])("%j, %j", async (change, simulation, message) => {
    await expect(
      run(change as Partial<PhaseRetrieval>, simulation as Partial<RetrievalSimulation>),
    ).rejects.toThrow(message);
  });

  it("stops weights that grow without bound, and keeps the samples before", async () => {
    // Concave from a distance on, which no limit at the signal can see.
    const cost = { value: (h: number) => -(h ** 4), first: (h: number) => -4 * h ** 3, second: () => 1 };
    const failure = await run({ ...ridge, initialOverlap: 0.5 }, { cost, until: 50 }).catch((error) => error);
    expect(failure).toBeInstanceOf(ConvergenceError);
    expect(failure.message).toMatch(/grow without bound at t = .* smaller learning rate/);
    expect(failure.details.partial).toBeUndefined();
  });
});

it.each([0.2, 0.5, 0.8])(
  "regresses on the square of the start's overlap too, m0 = %d",
  async (initialOverlap) => {
    const { series, curves } = await run(
      { initialOverlap },
      { size: 100, samples: 40, times: [0], regress: true },
    );
    // The error of new measurements is a function of the overlap alone; its curvature costs 0.003 to 0.006 without the square.
    expect(Math.abs(series.meanSquaredError[0] - modulusError(initialOverlap, 1))).toBeLessThan(5e-4);
    expect(curves!.meanSquaredError.length).toBe(40);
  },
);

it("is nearer to the limit by the regression than as it is", async () => {
  const start = { sampleRatio: 2, initialOverlap: 0.5, learningRate: 0.02 };
  const sizes = { size: 60, samples: 120, until: 0.5, times: [0.5], seed: 20261122 };
  const [plain, regressed] = [await run(start, sizes), await run(start, { ...sizes, regress: true })];
  // m(0.5) of the limit by 8 runs of 16384 particles.
  const away = ({ series }: typeof plain) => Math.abs(series.overlap[0] - 0.748);
  expect(away(regressed)).toBeLessThan(0.7 * away(plain));
});
