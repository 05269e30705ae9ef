import { describe, expect, it } from "vitest";
import type { Checkpoint, CheckpointStore, Progress } from "../../src/core/options";
import { type Pool, type PoolTask, serialPool } from "../../src/core/pool";
import {
  type CausalMethod,
  type DampedMethod,
  type DmftSolution,
  solveCausal,
  solveDamped,
} from "../../src/dmft";
import { CORRECTED, type EquationForm } from "../../src/dmft/process/method";
import { phaseRetrievalCost } from "../../src/models/cost";
import { type PhaseRetrieval, phaseRetrieval } from "../../src/models/phase-retrieval/problem";

const SEED = 20261122;
const KERNELS = ["correlation", "response", "noiseKernel", "responseKernel"] as const;
const descent = phaseRetrieval({ sampleRatio: 2, initialOverlap: 0.5 });
const problems: readonly PhaseRetrieval[] = [
  descent,
  phaseRetrieval({ sampleRatio: 3, algorithm: "persistent-sgd", batchFraction: 0.5, persistence: 0.1 }),
  phaseRetrieval({
    sampleRatio: 3,
    algorithm: "langevin",
    temperature: 1,
    temperatureOffAt: 0.035,
    constraint: { ridge: 0.5 },
  }),
];
const quick: DampedMethod = { until: 0.05, trajectories: 96, iterations: 8, runs: 2, seed: SEED };

/** Largest difference of all series and kernels on the nodes. */
function distance(one: DmftSolution, other: DmftSolution): number {
  let most = 0;
  const compare = (x: number, y: number) => {
    most = Math.max(most, Math.abs(x - y));
    if (Number.isNaN(x - y)) most = Number.NaN;
  };
  for (const [name, curve] of Object.entries(one.series)) {
    for (const [k, x] of curve.entries()) compare(x, other.series[name][k]);
  }
  for (const name of KERNELS) {
    for (const t of one.time) {
      for (const s of one.time) {
        if (s <= t) compare(one.kernel(name, t, s).value, other.kernel(name, t, s).value);
      }
    }
  }
  return most;
}

describe("iteration and marching", () => {
  // The map is strictly causal, so that with one set of random numbers it ends after as many passes as nodes.
  it.each(
    problems.flatMap((problem) =>
      (["projection", "multiplier"] as const).map((sphere) => ({ problem, sphere })),
    ),
  )("have the same fixed point: $problem.algorithm by $sphere", async ({ problem, sphere }) => {
    const common = {
      until: 0.06,
      trajectories: 128,
      seed: SEED,
      runs: 1,
      sphere,
      precision: "float64",
    } as const;
    const marched = await solveCausal(problem, { ...common, noise: "random" });
    const iterate = (iterations: number) =>
      solveDamped(problem, { ...common, iterations, gain: 1, hold: 100, fresh: false });
    expect(distance(await iterate(8), marched)).toBeLessThan(1e-10);
    expect(distance(await iterate(4), marched)).toBeGreaterThan(1e-9);
  });

  it("differ by rounding between singles and doubles", async () => {
    const common = { until: 0.06, trajectories: 128, seed: SEED, runs: 1, noise: "random" } as const;
    const [single, double] = await Promise.all(
      (["float32", "float64"] as const).map((precision) => solveCausal(descent, { ...common, precision })),
    );
    const found = distance(single, double);
    expect(found).toBeLessThan(1e-5);
    expect(found).toBeGreaterThan(0);
  });

  it("start from the closed forms", async () => {
    const solution = await solveDamped(descent, { ...quick, trajectories: 512, iterations: 20, runs: 4 });
    const expected = { overlap: 0.5, norm: 1, trainingLoss: 0.75, multiplier: -3, curvature: 4, drive: 0 };
    for (const [name, value] of Object.entries(expected)) {
      const error = solution.standardError[name][0];
      expect(Math.abs(solution.series[name][0] - value), name).toBeLessThan(5 * error + 1e-12);
    }
    const kernels = { noiseKernel: 18, responseKernel: 42 } as const;
    for (const name of ["noiseKernel", "responseKernel"] as const) {
      const { value, standardError } = solution.kernel(name, 0, 0);
      expect(Math.abs(value - kernels[name]), name).toBeLessThan(5 * standardError);
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
    const here = await solveDamped(problems[1], quick);
    expect(distance(await solveDamped(problems[1], quick, { pool: backwards }), here)).toBe(0);
    const method: CausalMethod = { until: 0.05, trajectories: 96, runs: 2, seed: SEED };
    const marched = await solveCausal(problems[1], method);
    expect(distance(await solveCausal(problems[1], method, { pool: backwards }), marched)).toBe(0);
  });

  it("have errors from the runs, none for one run, and values between the nodes", async () => {
    const solution = await solveDamped(descent, quick);
    expect(solution.samples).toBe(2);
    const [a, b] = solution.curves.overlap;
    expect(solution.series.overlap[3]).toBeCloseTo((a[3] + b[3]) / 2, 14);
    expect(solution.standardError.overlap[3]).toBeCloseTo(Math.abs(a[3] - b[3]) / 2, 14);
    expect(solution.sample([0.034]).series.overlap[0]).toBeCloseTo(
      0.6 * solution.series.overlap[3] + 0.4 * solution.series.overlap[4],
      14,
    );
    expect(solution.response(0.01, 0.03)).toBe(0);
    expect(solution.correlation(0.01, 0.03)).toBe(solution.correlation(0.03, 0.01));
    expect(solution.correlation(0.05, 0.05)).toBeCloseTo(1, 12);
    expect(() => solution.sample([0.06])).toThrow("time is 0.06");
    const single = await solveDamped(descent, { ...quick, runs: 1 });
    expect(single.standardError.overlap[3]).toBe(Infinity);
    expect(single.notes.join()).toContain("single run");
  });

  it("tell their progress and the residual", async () => {
    const told: Progress[] = [];
    await solveDamped(
      descent,
      { ...quick, trajectories: 1024 },
      { onProgress: (progress) => told.push(progress) },
    );
    expect(told.length).toBeGreaterThan(1);
    for (const { done, total } of told) expect(done).toBeLessThanOrEqual(total + 1e-9);
    expect(told.at(-1)!.done).toBeCloseTo(16, 9);
    expect(told.at(-1)!.label).toMatch(/residual \d/);
  });
});

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

describe("checkpoints", () => {
  it("let an interrupted iteration go on to the same end", async () => {
    const straight = await solveDamped(problems[1], quick);
    const store = createStore();
    const controller = new AbortController();
    const stopping: Pool = {
      workers: 1,
      map: (task, pieces, options) => {
        if (store.saves.length === 3) controller.abort();
        return serialPool.map(task, pieces, options);
      },
    };
    const options = { checkpoint: store, signal: controller.signal, pool: stopping };
    const failure = await solveDamped(problems[1], quick, options).catch((error: unknown) => error);
    expect(failure).toMatchObject({ name: "InterruptedError", partial: { samples: 2 } });
    const saved = store.saves.length;
    const resumed = await solveDamped(problems[1], quick, { checkpoint: store });
    expect(distance(resumed, straight)).toBe(0);
    // What was done was not done again.
    expect(store.saves.length - saved).toBeLessThan(8);
    expect(resumed.residuals).toEqual(straight.residuals);
  });

  it("keep what was done in the middle of a piece", async () => {
    const method = { ...quick, until: 0.1, trajectories: 1024, runs: 1 };
    const straight = await solveDamped(descent, method);
    const store = createStore();
    const controller = new AbortController();
    const onProgress = ({ done }: Progress) => {
      if (done > 2.5) controller.abort();
    };
    const options = { signal: controller.signal, onProgress, checkpoint: store };
    const failure = await solveDamped(descent, method, options).catch((error: unknown) => error);
    expect(failure).toMatchObject({ name: "InterruptedError", partial: { samples: 1 } });
    expect(distance(await solveDamped(descent, method, { checkpoint: store }), straight)).toBe(0);
  });

  it("go on to more iterations and runs", async () => {
    const store = createStore();
    await solveDamped(descent, { ...quick, iterations: 5, runs: 1 }, { checkpoint: store });
    const longer = await solveDamped(descent, quick, { checkpoint: store });
    expect(distance(longer, await solveDamped(descent, quick))).toBe(0);
    expect(longer.samples).toBe(2);
    // What is left out counts as its default.
    const saves = store.saves.length;
    const spelled = {
      ...quick,
      gain: 0.8,
      hold: 0,
      guess: "particles",
      fresh: true,
      precision: "float32",
    } as const;
    expect(distance(await solveDamped(descent, spelled, { checkpoint: store }), longer)).toBe(0);
    expect(store.saves.length).toBe(saves);
  });

  it.each<[string, PhaseRetrieval, Partial<DampedMethod>, EquationForm?]>([
    ["problem", { ...descent, sampleRatio: 2.5 }, {}],
    ["learning rate", { ...descent, learningRate: 0.005 }, {}],
    ["time", descent, { until: 0.06 }],
    ["number of trajectories", descent, { trajectories: 128 }],
    ["seed", descent, { seed: 1 }],
    ["gain", descent, { gain: 0.7 }],
    ["guess", descent, { guess: "paper" }],
    ["hold", descent, { hold: 3 }],
    ["response", descent, { response: { probes: 1 } }],
    ["kind of random numbers", descent, { fresh: false }],
    ["precision", descent, { precision: "float64" }],
    ["cost", descent, { cost: { ...phaseRetrievalCost, second: (h, h0) => 3 * h * h - 0.99 * h0 * h0 } }],
    ["form", descent, {}, { ...CORRECTED, responseFactor: 2 }],
  ])("are refused to another %s, and stay as they are", async (_, problem, change, form) => {
    const store = createStore();
    await solveDamped(descent, { ...quick, iterations: 2 }, { checkpoint: store }).catch(() => {});
    const saves = store.saves.length;
    const foreign = solveDamped(problem, { ...quick, ...change }, { checkpoint: store }, form);
    await expect(foreign).rejects.toMatchObject({
      name: "InvalidParameterError",
      parameter: "checkpoint",
      message: expect.stringContaining("holds states of phase-retrieval (damped) with other parameters"),
    });
    expect(store.saves.length).toBe(saves);
  });

  it("are refused where an array is missing or has another length", async () => {
    const store = createStore();
    await solveDamped(descent, { ...quick, iterations: 2 }, { checkpoint: store }).catch(() => {});
    const whole = store.saves.at(-1)!;
    for (const name of Object.keys(whole.arrays)) {
      for (const array of [undefined, whole.arrays[name].subarray(1)]) {
        const arrays = { ...whole.arrays, [name]: array } as Checkpoint["arrays"];
        const damaged = {
          load: async () => ({ ...whole, arrays }),
          save: async () => expect.unreachable("overwrites"),
        };
        const failure = await solveDamped(descent, quick, { checkpoint: damaged }).catch((error) => error);
        expect(String(failure), name).toContain("holds a damaged state of phase-retrieval (damped)");
      }
    }
  });
});

describe("refusals", () => {
  it.each([
    ["learningRate", { ...descent, learningRate: 0.05 }, quick],
    ["learningRate", { ...problems[1], learningRate: 0.025 }, quick],
    ["method.until", descent, { ...quick, until: 0 }],
    ["method.trajectories", descent, { ...quick, trajectories: 3 }],
    ["method.iterations", descent, { ...quick, iterations: 1 }],
    ["method.gain", descent, { ...quick, gain: 1.5 }],
    ["method.hold", descent, { ...quick, hold: -1 }],
    ["method.guess", descent, { ...quick, guess: "zero" as "paper" }],
    ["method.runs", descent, { ...quick, runs: 0 }],
    ["method.seed", descent, { ...quick, seed: Number.NaN }],
    ["method.start.width", descent, { ...quick, start: { width: 2 } }],
    ["method.response.probes", descent, { ...quick, response: { probes: 0 } }],
    ["sampleRatio", { ...descent, sampleRatio: -1 }, quick],
  ] as const)("name %s", async (parameter, problem, method) => {
    await expect(solveDamped(problem, method)).rejects.toMatchObject({
      name: "InvalidParameterError",
      parameter,
    });
  });

  it("name what marching does not take", async () => {
    const method: CausalMethod = { until: 1, trajectories: 100, noise: "matched", seed: SEED };
    await expect(solveCausal(descent, method)).rejects.toMatchObject({ parameter: "method.noise" });
    const large: CausalMethod = { until: 10, trajectories: 100_000, noise: "random", seed: SEED };
    await expect(solveCausal(descent, large)).rejects.toMatchObject({ parameter: "method.trajectories" });
  });

  it("tell of too few iterations", async () => {
    const method = {
      until: 0.5,
      trajectories: 256,
      iterations: 2,
      runs: 2,
      seed: SEED,
      guess: "paper",
    } as const;
    await expect(solveDamped(descent, method)).rejects.toMatchObject({
      name: "ConvergenceError",
      message: expect.stringContaining("more iterations"),
      details: { partial: { samples: 2 }, reached: 0.5 },
    });
  });

  it("tell of too few trajectories, with what there is", async () => {
    const problem = phaseRetrieval({
      sampleRatio: 3,
      algorithm: "persistent-sgd",
      batchFraction: 0.5,
      persistence: 1,
    });
    const method = {
      until: 0.8,
      trajectories: 16,
      iterations: 20,
      runs: 2,
      seed: SEED,
      guess: "paper",
    } as const;
    await expect(solveDamped(problem, method)).rejects.toMatchObject({
      name: "ConvergenceError",
      message: expect.stringContaining("more trajectories"),
    });
  });
});
