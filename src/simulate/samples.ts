import { ConvergenceError } from "../core/errors";
import { createPacer } from "../core/options";
import type { PoolTask } from "../core/pool";

/** What one sample of a finite system yields: a curve per quantity. */
export interface SampleCurves {
  /** `series[name][k]` at report time k. */
  readonly series: Readonly<Record<string, Float64Array>>;
  /** `twoTime[name][k]` at pair k. */
  readonly twoTime?: Readonly<Record<string, Float64Array>>;
  /** Times of what the sample does once; Infinity where it did not by the end. */
  readonly events?: Readonly<Record<string, number>>;
  /** Values at t = 0, for a regression on them. */
  readonly start?: Readonly<Record<string, number>>;
  /** A curve on a finer grid of its own, for what is fitted to all samples together. */
  readonly fine?: Float64Array;
}

/** Makes single samples, each from nothing but its number; a sample yields the share of it that is done, often. */
export type Simulator = (sample: number) => Generator<number, SampleCurves>;

/** Consecutive samples of one simulation, as plain data. */
export interface SampleBatch<S> {
  readonly setup: S;
  readonly from: number;
  readonly to: number;
}

/** Simulates batches of samples, in any thread. */
export type SampleTask<S> = PoolTask<SampleBatch<S>, SampleCurves[]>;

/**
 * A task of this package for workers; an entry in the table of tasks belongs to it.
 * @param name what is done, e.g. "simulation of the spherical landscape".
 * @param createSimulator makes a simulator from a setup, which is plain data.
 */
export function sampleTask<S>(name: string, createSimulator: (setup: S) => Simulator): SampleTask<S> {
  return {
    name,
    module: "twotime",
    async run({ setup, from, to }, options) {
      const finished: SampleCurves[] = [];
      const pacer = createPacer(name, to - from, options, () => finished);
      const simulate = createSimulator(setup);
      try {
        for (let sample = from; sample < to; sample++) {
          const steps = simulate(sample);
          let step = steps.next();
          for (; !step.done; step = steps.next()) {
            if (pacer.due()) await pacer.pause(sample - from + step.value);
          }
          finished.push(step.value);
        }
      } catch (error) {
        throw error instanceof ConvergenceError ? error.withPartial(finished) : error;
      }
      return finished;
    },
  };
}

/** Which samples to simulate. */
export interface SampleRequest<S> {
  readonly setup: S;
  readonly samples: number;
  /** How many simulators may be in memory at once; no limit when left out. */
  readonly mostAtOnce?: number;
  /** A simulator takes this many consecutive samples together, from a multiple of it on; default 1. */
  readonly together?: number;
}
