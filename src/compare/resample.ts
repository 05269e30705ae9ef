import { createDraws } from "../numerics/draws";
import { meanCurve } from "../numerics/statistics";
import { createStreams } from "../numerics/streams";
import { ROUNDING } from "./deviation";

/** Fixed once for all tests of theory against simulation; never searched for. */
const SEED = 20261122;

/** Sample curves around 0, and what their mean counts for. */
export interface CentredGroup {
  readonly samples: number;
  readonly coefficient: Float64Array;
  readonly mean: Float64Array;
  /** Squared standard error of the mean; 0 where the samples agree to rounding. */
  readonly squaredError: Float64Array;
  /** Row-major samples × points: coefficient · (curve − mean); 0 where the samples agree to rounding. */
  readonly rows: Float64Array;
}

/** Independent normal noise at every point. */
export interface PointNoise {
  readonly error: Float64Array;
  /** Number of samples from which the errors were estimated; Infinity where they are known. */
  readonly samples: number;
}

/** @throws InvalidParameterError for fewer than 2 curves, or lengths that differ. */
export function centre(curves: readonly Float64Array[], coefficient: Float64Array): CentredGroup {
  const { mean, standardError } = meanCurve(curves);
  const points = mean.length;
  const rows = new Float64Array(curves.length * points);
  const squaredError = standardError.map((error, k) =>
    error > ROUNDING * Math.abs(mean[k]) ? error * error : 0,
  );
  for (let k = 0; k < points; k++) {
    if (squaredError[k] === 0) continue;
    for (let sample = 0; sample < curves.length; sample++) {
      rows[sample * points + k] = coefficient[k] * (curves[sample][k] - mean[k]);
    }
  }
  return { samples: curves.length, coefficient, mean, squaredError, rows };
}

/**
 * A function that makes one resample and returns its statistic, the largest |sum of the resampled means and the noise|
 * over the standard error of that same resample. An estimated standard error of the noise fluctuates like
 * √(χ²_{n−1}/(n−1)).
 */
export function createResampler(
  groups: readonly CentredGroup[],
  { error, samples }: PointNoise,
): () => number {
  const points = error.length;
  const streams = createStreams(SEED);
  const drawn = groups.map((_, index) => streams.stream("bootstrap", index));
  const draws = createDraws(
    streams.stream("bootstrap", groups.length),
    streams.stream("bootstrap", groups.length + 1),
  );
  const counts = groups.map((group) => new Uint16Array(group.samples));
  const deviation = new Float64Array(points);
  const squaredError = new Float64Array(points);
  const sum = new Float64Array(points);
  const squares = new Float64Array(points);

  function addNoise(): void {
    for (let k = 0; k < points; k++) {
      if (error[k] === 0) continue;
      const spread = samples === Infinity ? 1 : draws.chiSquare(samples - 1) / (samples - 1);
      deviation[k] += error[k] * draws.normal();
      squaredError[k] += error[k] ** 2 * spread;
    }
  }

  function addGroup(index: number): void {
    const { samples, rows } = groups[index];
    const count = counts[index].fill(0);
    for (let i = 0; i < samples; i++) count[drawn[index].integer(samples)]++;
    sum.fill(0);
    squares.fill(0);
    for (let sample = 0, row = 0; sample < samples; sample++, row += points) {
      const times = count[sample];
      if (times === 0) continue;
      for (let k = 0; k < points; k++) {
        const value = rows[row + k];
        sum[k] += times * value;
        squares[k] += times * value * value;
      }
    }
    for (let k = 0; k < points; k++) {
      const mean = sum[k] / samples;
      deviation[k] += mean;
      // Rounding may leave a tiny negative variance when a resample is one curve, drawn every time.
      squaredError[k] += Math.max(0, squares[k] / samples - mean * mean) / (samples - 1);
    }
  }

  return () => {
    deviation.fill(0);
    squaredError.fill(0);
    addNoise();
    for (let index = 0; index < groups.length; index++) addGroup(index);
    let largest = 0;
    for (let k = 0; k < points; k++) {
      if (deviation[k] === 0) continue;
      largest = Math.max(largest, Math.abs(deviation[k]) / Math.sqrt(squaredError[k]));
    }
    return largest;
  };
}
