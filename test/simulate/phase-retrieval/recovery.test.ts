import { describe, expect, it } from "vitest";
import { ConvergenceError } from "../../../src/core/errors";
import type { Ensemble } from "../../../src/core/results";
import { type PhaseRetrieval, phaseRetrieval } from "../../../src/models/phase-retrieval/problem";
import { learningRateLimits } from "../../../src/models/phase-retrieval/stability";
import { type RetrievalSimulation, simulatePhaseRetrieval } from "../../../src/simulate/phase-retrieval";
import { planPhaseRetrieval } from "../../../src/simulate/phase-retrieval/problem";
import { createRetrievalSimulator } from "../../../src/simulate/phase-retrieval/run";

const SEED = 20261122;
const problem = (change: Partial<PhaseRetrieval>) => phaseRetrieval({ sampleRatio: 3, ...change });
const run = (change: Partial<PhaseRetrieval>, simulation: Partial<RetrievalSimulation>): Promise<Ensemble> =>
  simulatePhaseRetrieval(problem(change), {
    size: 60,
    samples: 3,
    seed: SEED,
    until: 12,
    keepCurves: true,
    ...simulation,
  });

const persistent = { algorithm: "persistent-sgd", batchFraction: 0.5, persistence: 1 } as const;
const vanilla = { algorithm: "sgd", batchFraction: 0.5, learningRate: 0.02 } as const;
const ridge = { constraint: { ridge: 0.7 } } as const;

describe("recovery", () => {
  const near = { initialOverlap: 0.9, learningRate: 0.02 } as const;
  const times = [0, 2, 4, 8, 12, 30];

  it("comes at a time, from which on a sample keeps its values", async () => {
    const ensemble = await run(near, { size: 60, samples: 6, until: 30, times });
    const { events, series, curves, fractions, median } = ensemble;
    const { recoveryTime } = events!;
    expect(fractions).toEqual(["recoveredFraction"]);
    expect(series.recoveredFraction[0]).toBe(0);
    expect(series.recoveredFraction[5]).toBe(1);
    for (const [k, t] of times.entries()) {
      const share = recoveryTime.filter((time) => time <= t).length / 6;
      expect(series.recoveredFraction[k]).toBeCloseTo(share, 12);
    }
    for (let sample = 0; sample < 6; sample++) {
      expect(recoveryTime[sample]).toBeGreaterThan(2);
      expect(curves!.overlap[sample][5]).toBeGreaterThan(0.9999);
      const loss = curves!.trainingLoss[sample];
      expect(loss[5]).toBeLessThan(1e-7);
      // One step further than the first below 1e-7, and no more.
      expect(loss[5]).toBeGreaterThan(1e-8);
    }
    const sorted = curves!.overlap.map((curve) => curve[1]).sort((x, y) => x - y);
    expect(median!.series.overlap[1]).toBeCloseTo((sorted[2] + sorted[3]) / 2, 14);
  });

  it("changes nothing before", async () => {
    const simulation = { size: 60, samples: 3, until: 12, times: [0, 2, 4] };
    const [stopped, free] = [
      await run(near, simulation),
      await run(near, { ...simulation, recoveryLoss: 0 }),
    ];
    expect(stopped.events!.recoveryTime.every(Number.isFinite)).toBe(true);
    expect(free.events!.recoveryTime.every((t) => t === Infinity)).toBe(true);
    expect(stopped.curves!.overlap).toEqual(free.curves!.overlap);
  });

  it("changes nothing after, where it counts from a larger loss on", async () => {
    const simulation = { size: 60, samples: 3, until: 12, times: [2, 4, 12] };
    const [early, usual] = [
      await run(near, { ...simulation, recoveryLoss: 1e-2 }),
      await run(near, simulation),
    ];
    expect(early.events!.recoveryTime.every((t, k) => t < usual.events!.recoveryTime[k])).toBe(true);
    expect(early.curves!.trainingLoss).toEqual(usual.curves!.trainingLoss);
    expect(early.series.trainingLoss[0]).toBeGreaterThan(2 * early.series.trainingLoss[1]);
  });

  it("does not stop what still moves: temperature, ridge", async () => {
    const hot = await run(
      { ...near, algorithm: "langevin", temperature: 0.1, temperatureOffAt: 1 },
      { size: 60, until: 12, times: [0.9, 12], recoveryLoss: 10 },
    );
    expect([...hot.events!.recoveryTime]).toEqual([0, 0, 0]);
    // From t = 1 on it finds the signal, and rests there only.
    expect(hot.series.trainingLoss[1]).toBeLessThan(1e-6);
    const bent = await run({ ...near, ...ridge }, { size: 60, until: 6, times: [3, 6], recoveryLoss: 10 });
    expect(bent.series.norm[0]).toBeLessThan(1);
    expect(bent.series.norm[1]).not.toBe(bent.series.norm[0]);
  });
});

describe("the limit of the learning rate", () => {
  /** How many of 20 runs from near the signal find it; the door itself lets no rate far above the limit pass. */
  function recoveries(change: Partial<PhaseRetrieval>, share: number): number {
    const base = problem({ initialOverlap: 0.95, ...change });
    const size = 100;
    const { settling } = learningRateLimits(base, 300);
    const learningRate = share * settling;
    const safe = { ...base, learningRate: Math.min(learningRate, settling) };
    const steps = 40 / learningRate;
    const plan = planPhaseRetrieval(safe, {
      size,
      samples: 20,
      seed: SEED,
      until: steps * safe.learningRate,
    });
    const fast = { ...plan, problem: { ...base, learningRate } };
    const simulate = createRetrievalSimulator({ plan: fast, samples: 20, seed: SEED });
    return Array.from({ length: 20 }, (_, sample) => {
      const walk = simulate(sample);
      let step = walk.next();
      while (!step.done) step = walk.next();
      return step.value.events!.recoveryTime;
    }).filter(Number.isFinite).length;
  }

  it.each([[{}], [vanilla], [persistent]])("%j: below all settle, far above none", (change) => {
    expect(recoveries(change, 0.8)).toBeGreaterThanOrEqual(19);
    // There 5 of the 300 samples are unstable on average, and one is enough.
    expect(recoveries(change, 2.5)).toBeLessThanOrEqual(1);
  });

  const between = { ...vanilla, batchFraction: 0.1, learningRate: 0.0095, initialOverlap: 0.9 } as const;
  const request = { size: 60, until: 5, times: [1, 3, 5] };

  it("between where most settle and where none does, runs go on with a note, and stay finite", async () => {
    const { series, notes } = await run(between, request);
    expect(notes).toEqual([
      expect.stringMatching(
        /^the learning rate 0.0095 is above 0.007\d+, .*recovered samples may not settle$/,
      ),
    ]);
    for (const loss of series.trainingLoss) expect(loss).toBeLessThan(100);
    expect((await run({ ...between, learningRate: 0.007 }, request)).notes).toEqual([]);
  });

  it("from where on none settles, runs on the sphere go on with a note: ℓ = 0.01 of the paper's figure 4", async () => {
    const small = { ...persistent, batchFraction: 0.01, persistence: 1, learningRate: 0.0025 };
    const { series, notes } = await run(
      { sampleRatio: 3, ...small },
      { size: 300, until: 0.5, times: [0.1, 0.5] },
    );
    expect(notes).toEqual([
      expect.stringMatching(
        /^the learning rate 0.0025 is not below 0.0008\d+, .* do not come to rest there$/,
      ),
    ]);
    for (const loss of series.trainingLoss) expect(loss).toBeLessThan(100);
    for (const norm of series.norm) expect(norm).toBe(1);
  });

  it("with replacement the limits are lower by 1 + ℓ, and draws are told", async () => {
    const request = { size: 60, until: 0.2, batchSampling: "with-replacement" } as const;
    const { settling } = learningRateLimits(problem(vanilla), 180);
    const rate = { ...vanilla, learningRate: 0.8 * settling };
    expect((await run(rate, { size: 60, until: 0.2 })).notes).toEqual([]);
    expect((await run(rate, request)).notes).toEqual([
      expect.stringMatching(/up to which 19 of 20/),
      expect.stringMatching(/the variance 0.5 instead of 0.25; .* of the same noise is 0.333$/),
    ]);
  });

  it("lets no sample rest at a signal that is not stable", async () => {
    // At rest it would be at a loss below 1e-7; no step holds it there.
    const start = { sampleRatio: 3, initialOverlap: 1 - 1e-8, learningRate: 0.1 };
    const { events, curves } = await run(start, { size: 40, samples: 6, until: 30, times: [0, 30] });
    const ends = curves!.trainingLoss.filter((_, sample) => events!.recoveryTime[sample] === 0);
    expect(ends.filter(([, end]) => end > 1e-3).length).toBeGreaterThan(1);
  });

  it("with ridge says what to do where the weights grow", async () => {
    const failure = await run({ ...ridge, learningRate: 0.1 }, { until: 20 }).catch((error) => error);
    expect(failure).toBeInstanceOf(ConvergenceError);
    expect(failure.message).toMatch(
      /grow without bound.* Take a smaller learning rate: up to 0.06\d+ it settles/,
    );
  });
});
