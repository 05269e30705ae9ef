import { describe, expect, it } from "vitest";
import type { Checkpoint, CheckpointStore } from "../../../src/core/options";
import { type Pool, type PoolTask, serialPool } from "../../../src/core/pool";
import { type ParticleSolution, type ParticlesMethod, solveParticles } from "../../../src/dmft";
import { particleCosts } from "../../../src/dmft/particles/costs";
import { createSetup } from "../../../src/dmft/particles/method";
import { phaseRetrievalCost } from "../../../src/models/cost";
import { type PhaseRetrieval, phaseRetrieval } from "../../../src/models/phase-retrieval/problem";
import { startValues } from "../../../src/models/phase-retrieval/start";

const SEED = 20261122;
const descent = phaseRetrieval({ sampleRatio: 2, initialOverlap: 0.5, learningRate: 0.02 });
const persistent = phaseRetrieval({
  sampleRatio: 3,
  algorithm: "persistent-sgd",
  batchFraction: 0.5,
  persistence: 1,
  learningRate: 0.02,
});
const quick: ParticlesMethod = { until: 0.1, particles: 512, runs: 3, seed: SEED, pairs: [[0.1, 0.03]] };

const numbersOf = ({ series, standardError, kernel }: ParticleSolution) => [
  series,
  standardError,
  (["correlation", "response", "noiseKernel", "responseKernel"] as const).map((name) =>
    kernel(name, 0.1, 0.03),
  ),
];

describe("at t = 0", () => {
  it.each<[string, PhaseRetrieval]>([
    ["descent", descent],
    ["persistent SGD", persistent],
    ["persistent SGD, ridge", { ...persistent, constraint: { ridge: 0.5 }, rescaleGradient: false }],
    ["Langevin", phaseRetrieval({ sampleRatio: 3, algorithm: "langevin", temperature: 1 })],
  ])("has the closed forms: %s", async (_, problem) => {
    const pairs = [[0, 0]] as const;
    const solution = await solveParticles(problem, {
      ...quick,
      until: 0.02,
      particles: 16_384,
      runs: 6,
      pairs,
    });
    const expected = startValues(problem);
    for (const [name, curve] of Object.entries(solution.series)) {
      const error = solution.standardError[name][0];
      const value = expected[name as keyof typeof expected];
      expect(Math.abs(curve[0] - value), name).toBeLessThan(4 * error + 1e-6);
      // Tight enough to tell a factor.
      if (name !== "recoveredFraction") expect(error, name).toBeLessThan(0.02);
    }
    for (const name of ["correlation", "response", "noiseKernel", "responseKernel"] as const) {
      const { value, standardError } = solution.kernel(name, 0, 0);
      expect(Math.abs(value - expected[name]), name).toBeLessThan(4 * standardError + 1e-6);
      expect(standardError).toBeLessThan(0.02 * expected[name]);
    }
  });
});

describe("results", () => {
  it("do not depend on the pool", async () => {
    const backwards: Pool = {
      workers: 3,
      async map<A, R>(task: PoolTask<A, R>, pieces: readonly A[]) {
        const results: R[] = [];
        for (let i = pieces.length - 1; i >= 0; i--) {
          results[i] = structuredClone(await task.run(structuredClone(pieces[i]), {}));
        }
        return results;
      },
    };
    const here = await solveParticles(persistent, quick);
    const there = await solveParticles(persistent, quick, { pool: backwards });
    expect(numbersOf(there)).toEqual(numbersOf(here));
  });

  it("have errors from the runs, none for one run, and values between the nodes", async () => {
    const solution = await solveParticles(descent, { ...quick, runs: 2 });
    const [a, b] = solution.curves.overlap;
    expect(solution.series.overlap[3]).toBeCloseTo((a[3] + b[3]) / 2, 14);
    expect(solution.standardError.overlap[3]).toBeCloseTo(Math.abs(a[3] - b[3]) / 2, 14);
    expect(solution.standardError.recoveredFraction[3]).toBeCloseTo(0.25 / 1.5, 14);
    const { overlap } = solution.series;
    expect(solution.sample([0.054]).series.overlap[0]).toBeCloseTo(0.3 * overlap[2] + 0.7 * overlap[3], 14);
    expect(() => solution.sample([0.2])).toThrow("time is 0.2");
    const single = await solveParticles(descent, { ...quick, runs: 1 });
    expect(single.standardError.overlap[3]).toBe(Infinity);
    expect(single.notes.join()).toMatch(/N = 256: .* about ±0.008 in the overlap.*single run/);
  });

  it("tell of rates that do not settle, and of runs that recover, whose part is held against nothing", async () => {
    const notesAt = async (learningRate: number) => {
      // With a ridge, which lets weights grow for a while.
      const problem = { ...descent, learningRate, constraint: { ridge: 0 } };
      return (
        await solveParticles(problem, { until: learningRate, particles: 512, runs: 2, seed: SEED })
      ).notes.join();
    };
    expect(await notesAt(0.02)).not.toMatch(/settle/);
    expect(await notesAt(0.12)).toMatch(
      /0.12 is above 0.0\d+, up to which the steepest of 512 particles settle/,
    );
    expect(await notesAt(0.52)).toMatch(/0.52 is above 0.500, up to which the descent can settle/);
    const found = await solveParticles({ ...descent, initialOverlap: 1 }, { ...quick, runs: 2 });
    expect(found.notes.join()).toMatch(/2 of 2 runs recover the signal exactly, at t = 0.00 on average/);
    expect(found.untested).toEqual(["recoveredFraction"]);
  });

  it("go to the step at their end or after it, and hold pairs between two steps", async () => {
    const { time, correlation } = await solveParticles(descent, {
      ...quick,
      until: 0.105,
      pairs: [[0.05, 0.05]],
    });
    expect([time.length, time[6]]).toEqual([7, expect.closeTo(0.12, 12)]);
    expect(correlation(0.05, 0.05)).toBeGreaterThan(0.9);
  });

  it("with a cost of the user's own are made in this thread", async () => {
    const modules: (string | undefined)[] = [];
    const pool: Pool = {
      workers: 1,
      map: (task, pieces, options) => {
        modules.push(task.module);
        return serialPool.map(task, pieces, options);
      },
    };
    for (const cost of [undefined, { ...phaseRetrievalCost }]) {
      await solveParticles(descent, { ...quick, runs: 1, cost }, { pool });
    }
    expect(modules).toEqual(["twotime", undefined]);
  });

  it("have two-time functions at the pairs that were asked for, and say so at others", async () => {
    const pairs = [
      [0.1, 0.06],
      [0.1, 0.03],
      [0.1, 0.02],
      [0.1, 0.04],
      [0.08, 0.08],
    ] as const;
    const solution = await solveParticles(descent, { ...quick, pairs });
    const { correlation, response } = solution;
    expect(correlation(0.08, 0.08)).toBe(1);
    expect(correlation(0.06, 0.1)).toBe(correlation(0.1, 0.06));
    expect(response(0.06, 0.1)).toBe(0);
    expect(correlation(0.1, 0.03)).toBeCloseTo((correlation(0.1, 0.02) + correlation(0.1, 0.04)) / 2, 12);
    expect(() => correlation(0.08, 0.02)).toThrow(/pair is \[0.08,0.02\]; allowed: a pair of method.pairs/);
    const one = await solveParticles(descent, { ...quick, pairs, twoTime: ["correlation"] });
    expect(one.correlation(0.1, 0.06)).toBe(correlation(0.1, 0.06));
    expect(one.twoTime).toEqual(["correlation"]);
  });
});

describe("finished runs", () => {
  function createStore(): CheckpointStore & { saves: Checkpoint[] } {
    const saves: Checkpoint[] = [];
    return {
      saves,
      load: async () => saves.at(-1),
      save: async (checkpoint) => {
        saves.push(structuredClone(checkpoint));
      },
    };
  }

  it("are kept when the user stops, and the others follow", async () => {
    const store = createStore();
    const controller = new AbortController();
    let made = 0;
    const stopping: Pool = {
      workers: 1,
      map: (task, pieces, options) => {
        if (made++ === 2) controller.abort();
        return serialPool.map(task, pieces, options);
      },
    };
    const options = { checkpoint: store, signal: controller.signal, pool: stopping };
    const failure = await solveParticles(persistent, quick, options).catch((error: unknown) => error);
    expect(failure).toMatchObject({
      name: "InterruptedError",
      partial: { samples: 2, unfinished: "2 of 3 runs" },
    });
    const resumed = await solveParticles(persistent, quick, { checkpoint: store });
    expect(numbersOf(resumed)).toEqual(numbersOf(await solveParticles(persistent, quick)));
    const saves = store.saves.length;
    await solveParticles(persistent, quick, { checkpoint: store });
    expect(store.saves.length).toBe(saves);
  });

  it.each<[string, PhaseRetrieval, Partial<ParticlesMethod>]>([
    ["problem", { ...descent, sampleRatio: 2.5 }, {}],
    ["time", descent, { until: 0.12 }],
    ["number of particles", descent, { particles: 1024 }],
    ["seed", descent, { seed: 1 }],
    ["list of pairs", descent, { pairs: [] }],
    ["cost", descent, { cost: { ...phaseRetrievalCost, first: (h, h0) => h * (h * h - 0.99 * h0 * h0) } }],
  ])("are refused to another %s", async (_, problem, change) => {
    const store = createStore();
    await solveParticles(descent, quick, { checkpoint: store });
    const foreign = solveParticles(problem, { ...quick, ...change }, { checkpoint: store });
    await expect(foreign).rejects.toThrow(
      "holds states of phase-retrieval (particles) with other parameters",
    );
  });

  it("are refused to another one of two costs of the user's own", async () => {
    const store = createStore();
    const costOf = (share: number) => ({ ...phaseRetrievalCost, first: (h: number) => share * h });
    await solveParticles(descent, { ...quick, cost: costOf(0.1) }, { checkpoint: store });
    const foreign = solveParticles(descent, { ...quick, cost: costOf(0.2) }, { checkpoint: store });
    await expect(foreign).rejects.toThrow("with other parameters");
  });

  it("are refused where an array is missing or has another length", async () => {
    const store = createStore();
    await solveParticles(descent, quick, { checkpoint: store });
    const whole = store.saves.at(-1)!;
    for (const name of Object.keys(whole.arrays)) {
      for (const array of [undefined, new Float64Array(whole.arrays[name].length + 1)]) {
        const arrays = { ...whole.arrays, [name]: array } as Checkpoint["arrays"];
        const damaged = { load: async () => ({ ...whole, arrays }), save: async () => {} };
        await expect(solveParticles(descent, quick, { checkpoint: damaged }), name).rejects.toThrow(
          "damaged",
        );
      }
    }
  });
});

describe("refusals", () => {
  it.each([
    ["method.until", descent, { until: 0 }],
    ["method.until", { ...descent, learningRate: 1e-12 }, { until: 1e3 }],
    ["method.particles", descent, { particles: 1000 }],
    ["method.particles", { ...descent, sampleRatio: 0.5 }, { particles: 32 }],
    ["method.particles", descent, { particles: 2 ** 23 }],
    ["method.particles", { ...descent, sampleRatio: 40 }, { particles: 1024 }],
    ["method.runs", descent, { runs: 0 }],
    ["method.runs", descent, { runs: 1e12 }],
    ["method.seed", descent, { seed: Number.NaN }],
    ["method.pairs[0]", descent, { pairs: [[0.05, 0.06]] }],
    [
      "method.pairs[1]",
      descent,
      {
        pairs: [
          [0.05, 0.01],
          [0.2, 0],
        ],
      },
    ],
    ["method.twoTime[0]", descent, { twoTime: ["memory"] }],
    ["sampleRatio", { ...descent, sampleRatio: -1 }, {}],
  ])("name %s", async (parameter, problem, change) => {
    const method = { ...quick, ...change } as ParticlesMethod;
    await expect(solveParticles(problem, method)).rejects.toMatchObject({
      name: "InvalidParameterError",
      parameter,
    });
  });

  it("name an option that makes no sense, and what takes too long", async () => {
    await expect(solveParticles(descent, quick, { signal: 3 as never })).rejects.toMatchObject({
      name: "InvalidParameterError",
    });
    const setup = createSetup(descent, { ...quick, particles: 1024, until: 2, pairs: [[1, 0.5]] });
    const [walk, pairs, runs] = particleCosts(setup, 2, 8);
    // A particle's step takes a few tens of nanoseconds; a twin half of a run for each of the two responses.
    expect(walk.seconds! / (1024 * 100)).toBeGreaterThan(5e-9);
    expect(walk.seconds! / (1024 * 100)).toBeLessThan(1e-7);
    expect(pairs.seconds! / walk.seconds!).toBeCloseTo(1, 1);
    expect(pairs.bytes).toBeGreaterThan(4 * 1024 * 5);
    expect(runs.seconds! / (walk.seconds! + pairs.seconds!)).toBeCloseTo(7, 10);
  });
});
