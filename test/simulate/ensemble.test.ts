import { describe, expect, it } from "vitest";
import { InterruptedError } from "../../src/core/errors";
import type { Progress } from "../../src/core/options";
import type { Ensemble } from "../../src/core/results";
import { createEnsemble, meanOfRuns, runEnsemble, type SampleCurves } from "../../src/simulate";

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
  const run = (delay: number) => ({
    label: "test",
    samples: 4,
    work: 3,
    *simulateSample(sample: number) {
      for (let done = 1; done <= 3; done++) {
        const end = performance.now() + delay;
        while (performance.now() < end);
        yield done;
      }
      return curves(sample, -sample);
    },
  });

  it("averages the samples in order and tells progress up to the end", async () => {
    const progress: Progress[] = [];
    const ensemble = await runEnsemble({ ...frame, keepCurves: true }, run(20), {
      onProgress: (p) => progress.push(p),
    });
    expect(ensemble.curves?.loss.map((curve) => curve[0])).toEqual([0, 1, 2, 3]);
    expect(progress.at(-1)).toEqual({ label: "test", done: 12, total: 12 });
    expect(progress.length).toBeGreaterThan(3);
    for (let k = 1; k < progress.length; k++)
      expect(progress[k].done).toBeGreaterThanOrEqual(progress[k - 1].done);
  });

  it("hands over the finished samples on an abort, inside a sample too", async () => {
    const abort = new AbortController();
    const onProgress = ({ done }: Progress) => done >= 7 && abort.abort();
    const error = await runEnsemble(frame, run(60), { signal: abort.signal, onProgress }).catch((e) => e);
    expect(error).toBeInstanceOf(InterruptedError);
    const partial = error.partial as Ensemble;
    expect(partial.samples).toBe(2);
    expect([...partial.series.loss]).toEqual([0.5, -0.5]);
    expect(partial.standardError.loss[0]).toBeCloseTo(0.5, 15);
  });

  it("has nothing to hand over when it is stopped before the first sample is done", async () => {
    const error = await runEnsemble(frame, run(0), { signal: AbortSignal.abort() }).catch((e) => e);
    expect(error).toBeInstanceOf(InterruptedError);
    expect(error.partial).toBeUndefined();
  });
});
