import { requireBudget } from "../../core/budget";
import { integerAtLeast, positive } from "../../core/check";
import { checkCall } from "../../core/check-options";
import { InvalidParameterError } from "../../core/errors";
import { createPacer, type Options } from "../../core/options";
import { type ConvexBasin, checkBasin } from "../../models/convex/basin";
import { createDraws } from "../../numerics/draws";
import { createStreams } from "../../numerics/streams";
import type { Schedule } from "../../schedule";
import { createMeanPath, createPathGrid, createPathRecorder, type MeanPath } from "../mean-path";

/** How to solve the Langevin equation on independent paths. */
export interface ConvexSdeMethod {
  readonly samples: number;
  readonly seed: number | string;
  /** Length of a step in t. */
  readonly step: number;
  /** Last time, absolute. */
  readonly until: number;
}

/** κ∫η dt of a step, beyond which its noise is no longer right to a few per cent. */
const MOST_DESCENT = 0.5;

function longestDescent(schedule: Schedule, steps: number, h: number): number {
  let longest = 0;
  for (let k = 0; k < steps; k++) longest = Math.max(longest, schedule.clockBetween(k * h, (k + 1) * h));
  return longest;
}

/** Seconds of a step, with its two normals. */
const SECONDS = 1e-7;
/** Of the noise and decay of a step, and of the sums over the paths. */
const STEP_BYTES = 64;

function requirePaths({ samples, step }: ConvexSdeMethod, steps: number, { onNotice }: Options): void {
  const path = SECONDS * steps;
  requireBudget(
    [
      { parameter: "method.step", value: step, bytes: STEP_BYTES * steps, seconds: path },
      { parameter: "method.samples", value: samples, seconds: (samples - 1) * path },
    ],
    { onNotice },
  );
}

/**
 * Langevin paths in a convex basin; the mean of κx²/2 at times from the start time on, as a path counted from there. A step is half
 * of its noise, the descent x e^{−κ∫η}, and the other half: weakly of second order, exact without noise.
 * @throws InvalidParameterError; InterruptedError with the MeanPath of the finished paths, if any, as `partial`.
 */
export async function solveConvexSde(
  basin: ConvexBasin,
  method: ConvexSdeMethod,
  options: Options = {},
): Promise<MeanPath> {
  checkCall({ basin, method }, options);
  checkBasin(basin);
  const { curvature, temperature, initialPosition, startTime, schedule } = basin;
  integerAtLeast("method.samples", method.samples, 1);
  const length = positive("method.until", method.until) - startTime;
  if (!(length > 0))
    throw new InvalidParameterError("method.until", method.until, `above startTime, ${startTime}`);
  const steps = Math.ceil(length / positive("method.step", method.step) - 1e-9);
  requirePaths(method, steps, options);
  const h = length / steps;
  const fastest = longestDescent(schedule, steps, h) * curvature;
  if (!(fastest <= MOST_DESCENT)) {
    const allowed = `at most ${((h * MOST_DESCENT) / fastest).toPrecision(3)}, where κ∫η dt of a step is ${MOST_DESCENT}`;
    throw new InvalidParameterError("method.step", method.step, allowed);
  }
  const decay = new Float64Array(steps);
  const noise = new Float64Array(2 * steps);
  for (let k = 0; k < steps; k++) {
    const [from, middle, to] = [k * h, (k + 0.5) * h, (k + 1) * h];
    decay[k] = Math.exp(-curvature * schedule.clockBetween(from, to));
    noise[2 * k] = Math.sqrt(2 * temperature * schedule.heatBetween(from, middle)) || 0;
    noise[2 * k + 1] = Math.sqrt(2 * temperature * schedule.heatBetween(middle, to)) || 0;
  }
  const grid = createPathGrid(["loss"], steps, h);
  const recorder = createPathRecorder(grid);
  const streams = createStreams(method.seed);
  const { samples } = method;
  const draws = createDraws(streams.stream("noise", 0), streams.stream("noise", 0, 1));
  let path = 0;
  const finished = () => (path > 0 ? createMeanPath(grid, recorder.sums()) : undefined);
  const pacer = createPacer("Langevin paths in a convex basin", samples, options, finished);
  let x = 0;
  const observe = (out: Float64Array) => {
    out[0] = 0.5 * curvature * x * x;
  };
  for (; path < samples; path++) {
    draws.restart(streams.stream("noise", path), streams.stream("noise", path, 1));
    x = initialPosition;
    recorder.record(0, observe);
    for (let k = 0; k < steps; k++) {
      x = (x + noise[2 * k] * draws.normal()) * decay[k] + noise[2 * k + 1] * draws.normal();
      recorder.record(k + 1, observe);
    }
    recorder.end();
    if (pacer.due()) await pacer.pause(path + 1);
  }
  return createMeanPath(grid, recorder.sums());
}
