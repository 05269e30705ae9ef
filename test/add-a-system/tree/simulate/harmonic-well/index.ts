import type { Options } from "../../core/options";
import type { Ensemble } from "../../core/results";
import { createStreams } from "../../numerics/streams";
import { runEnsemble, sampleTask } from "../ensemble";

/** A run of the particle, as plain data. */
export interface WellRun {
  readonly curvature: number;
  readonly temperature: number;
  readonly position: number;
  /** Report times, ascending. */
  readonly times: readonly number[];
  readonly seed: number | string;
}

/** Samples of {@link simulateWell}, for workers. */
export const wellTask = sampleTask<WellRun>("particle in a harmonic well", (run) => {
  const { curvature, temperature, position, times, seed } = run;
  const streams = createStreams(seed);
  return function* walk(sample) {
    const normals = new Float64Array(times.length);
    streams.stream("noise", sample, 0).fillNormal(normals);
    const energy = new Float64Array(times.length);
    let [x, last] = [position, 0];
    for (const [k, t] of times.entries()) {
      // The step of an Ornstein-Uhlenbeck process is exact, whatever its length.
      const decay = Math.exp(-curvature * (t - last));
      x = decay * x + Math.sqrt((temperature / curvature) * (1 - decay ** 2)) * normals[k];
      energy[k] = 0.5 * curvature * x ** 2;
      last = t;
      yield (k + 1) / times.length;
    }
    return { series: { energy } };
  };
});

/** Series: energy k x²/2. @throws InterruptedError after an abort, with the ensemble of the finished samples. */
export function simulateWell(run: WellRun, samples: number, options: Options = {}): Promise<Ensemble> {
  const frame = { time: Float64Array.from(run.times), size: 1, keepCurves: true };
  return runEnsemble(frame, wellTask, { setup: run, samples }, options);
}
