import { describe, expect, it } from "vitest";
import { ConvergenceError, InterruptedError } from "../../src/core/errors";
import type { Progress } from "../../src/core/options";
import { type Pool, serialPool } from "../../src/core/pool";
import type { Ensemble } from "../../src/core/results";
import {
  createEnsemble,
  meanOfRuns,
  runEnsemble,
  type SampleCurves,
  sampleTask,
} from "../../src/simulate/ensemble";

const frame = { time: Float64Array.of(1, 2), size: 10 };

function curves(...loss: number[]): SampleCurves {
  return { series: { loss: Float64Array.from(loss) } };
}

describe("ensemble", () => {
  it("has the mean and its standard error", () => {
    const ensemble = createEnsemble(frame, [curves(1, 5), curves(2, 5), curves(6, 5)]);
    expect([...ensemble.series.loss]).toEqual([3, 5]);
    // Deviations −2, −1, 3: √(14/(3·2)).
    expect(ensemble.standardError.loss[0]).toBeCloseTo(Math.sqrt(14 / 6), 14);
    expect(ensemble.standardError.loss[1]).toBe(0);
    expect(ensemble.samples).toBe(3);
    expect(ensemble.curves).toBeUndefined();
  });

  it("hands over the samples before one that fails", async () => {
    const task = sampleTask(
      "failing samples",
      () =>
        // biome-ignore lint/correctness/useYield: a sample in one piece.
        function* (sample) {
          if (sample === 2) throw new ConvergenceError("sample 2 fails.", { reached: 1, advice: "Give up." });
          return curves(sample, 1);
        },
    );
    const error = await runEnsemble(frame, task, { setup: {}, samples: 5 }).catch((e) => e);
    expect(error).toBeInstanceOf(ConvergenceError);
    expect((error.details.partial as Ensemble).samples).toBe(2);
    expect([...(error.details.partial as Ensemble).series.loss]).toEqual([0.5, 1]);
  });

  it("knows no error from one sample, and keeps infinities", () => {
    expect([...createEnsemble(frame, [curves(1, 2)]).standardError.loss]).toEqual([Infinity, Infinity]);
    const infinite = createEnsemble(frame, [curves(Infinity, 1), curves(Infinity, 3)]);
    expect([...infinite.series.loss]).toEqual([Infinity, 2]);
    expect([...infinite.standardError.loss]).toEqual([0, 1]);
  });

  it("keeps single curves and pairs on request", () => {
    const pair = (c: number) => ({ ...curves(0, 0), twoTime: { correlation: Float64Array.of(c) } });
    const ensemble = createEnsemble({ ...frame, keepCurves: true, pairs: [[2, 1]] }, [pair(0.5), pair(0.7)]);
    expect(ensemble.curves?.loss.length).toBe(2);
    expect(ensemble.twoTime?.series.correlation[0]).toBeCloseTo(0.6, 15);
    expect(ensemble.twoTime?.standardError.correlation[0]).toBeCloseTo(0.1, 15);
    expect(ensemble.twoTime?.curves?.correlation.map((curve) => curve[0])).toEqual([0.5, 0.7]);
  });

  it("counts replicas as one sample", () => {
    expect([...meanOfRuns([curves(1, 2), curves(3, 6)]).series.loss]).toEqual([2, 4]);
  });
});

describe("running an ensemble", () => {
  /** Three steps a sample, each this many milliseconds long. */
  const task = sampleTask<{ delay: number }>("test", ({ delay }) => {
    return function* simulate(sample) {
      for (let done = 1; done <= 3; done++) {
        const end = performance.now() + delay;
        while (performance.now() < end);
        yield done / 3;
      }
      return { ...curves(sample, -sample), events: { exitTime: 2 * sample } };
    };
  });
  const request = (delay: number, samples = 4) => ({ setup: { delay }, samples });

  it("averages the samples in order and tells progress up to the end", async () => {
    const progress: Progress[] = [];
    const keeping = {
      ...frame,
      keepCurves: true,
      notes: (all: readonly unknown[]) => [`${all.length} samples`],
    };
    const ensemble = await runEnsemble(keeping, task, request(20), { onProgress: (p) => progress.push(p) });
    expect(ensemble.curves?.loss.map((curve) => curve[0])).toEqual([0, 1, 2, 3]);
    expect(ensemble.events).toEqual({ exitTime: Float64Array.of(0, 2, 4, 6) });
    expect(ensemble.notes).toEqual(["4 samples"]);
    expect(progress.at(-1)).toEqual({ label: "test", done: 1, total: 1 });
    expect(progress.length).toBeGreaterThan(3);
    for (let k = 1; k < progress.length; k++)
      expect(progress[k].done).toBeGreaterThanOrEqual(progress[k - 1].done);
  });

  it.each([1, 2, 3, 7])("is the same in batches for %d workers", async (workers) => {
    let most = 0;
    const pool: Pool = {
      workers,
      async map(task, pieces, options) {
        most = pieces.length;
        return (await serialPool.map(task, structuredClone([...pieces]).reverse(), options)).reverse();
      },
    };
    const keeping = { ...frame, keepCurves: true };
    const whole = await runEnsemble(keeping, task, request(0, 50));
    expect(await runEnsemble(keeping, task, request(0, 50), { pool })).toEqual(whole);
    expect(most).toBe({ 1: 1, 2: 13, 3: 17, 7: 50 }[workers]);
    const few = { ...request(0, 50), mostAtOnce: 2 };
    expect(await runEnsemble(keeping, task, few, { pool })).toEqual(whole);
    expect(most).toBe(Math.min(workers, 2));
  });

  it("hands over the finished samples on an abort, inside a batch too", async () => {
    const abort = new AbortController();
    const onProgress = ({ done }: Progress) => done >= 7 / 12 && abort.abort();
    const signal = abort.signal;
    const error = await runEnsemble(frame, task, request(60), { signal, onProgress }).catch((e) => e);
    expect(error).toBeInstanceOf(InterruptedError);
    const partial = error.partial as Ensemble;
    expect(partial.samples).toBe(2);
    expect([...partial.series.loss]).toEqual([0.5, -0.5]);
    expect(partial.standardError.loss[0]).toBeCloseTo(0.5, 15);
    expect(partial.events).toEqual({ exitTime: Float64Array.of(0, 2) });
  });

  it("has nothing to hand over when it is stopped before the first sample is done", async () => {
    const stopped = { signal: AbortSignal.abort() };
    const error = await runEnsemble(frame, task, request(0), stopped).catch((e) => e);
    expect(error).toBeInstanceOf(InterruptedError);
    expect(error.partial).toBeUndefined();
  });
});
