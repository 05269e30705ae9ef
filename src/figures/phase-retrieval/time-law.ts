import { leastSquares } from "../../numerics/least-squares";
import { mean, standardError } from "../../numerics/statistics";
import { linear, log } from "../drawing/axis";
import type { Drawing } from "../drawing/drawing";
import { measured, theory } from "../drawing/marks";
import { withError } from "../kit/table";
import type { PhaseRuns, PhaseSetting } from "./runs";

/** Random starts of persistent SGD with so many measurements that nothing traps it; `sizes`: dimensions N, and samples of each. */
export interface EasySizes {
  readonly sizes: readonly number[];
  readonly samples: readonly number[];
  readonly until: number;
}

export const EASY_RATIO = 12;
/** Larger rates do not settle at so many measurements. */
const LEARNING_RATE = 0.012;
const PERSISTENCE = 0.5;

/** The settings of the runs. */
export const easySettings = ({ sizes, samples, until }: EasySizes): PhaseSetting[] =>
  sizes.map((size, k) => ({
    name: `N = ${size}, α = ${EASY_RATIO}`,
    parameters: {
      sampleRatio: EASY_RATIO,
      initialOverlap: 0,
      learningRate: LEARNING_RATE,
      algorithm: "persistent-sgd",
      batchFraction: 0.5,
      persistence: PERSISTENCE,
    },
    size,
    samples: samples[k],
    until,
  }));

/** Mean time of recovery at a dimension, of the runs that do recover. */
export interface EasyTime {
  readonly size: number;
  readonly time: number;
  readonly error: number;
  readonly recovered: number;
  readonly samples: number;
}

export function easyTime({ size, samples, recoveryTimes }: PhaseRuns): EasyTime {
  const times = recoveryTimes.filter((t) => t !== null);
  return { size, time: mean(times), error: standardError(times), recovered: times.length, samples };
}

interface Law {
  readonly value: number;
  readonly slope: number;
  readonly error: number;
}

/** Weighted straight line in ln N: value at N = 1, slope and its standard error. */
function lineOf(
  times: readonly EasyTime[],
  y: (one: EasyTime) => number,
  error: (one: EasyTime) => number,
): Law {
  const { combination, covariance } = leastSquares(
    [times.map(() => 1), times.map(({ size }) => Math.log(size))],
    times.map(error),
  );
  const [value, slope] = combination.map((weights) =>
    times.reduce((sum, one, i) => sum + weights[i] * y(one), 0),
  );
  return { value, slope, error: Math.sqrt(covariance[1][1]) };
}

const logarithmic = (times: readonly EasyTime[]) =>
  lineOf(
    times,
    ({ time }) => time,
    ({ error }) => error,
  );

/** What the times say of their law. */
export function lawText(times: readonly EasyTime[]): string {
  const { slope, error } = logarithmic(times);
  const power = lineOf(
    times,
    ({ time }) => Math.log(time),
    ({ time, error }) => error / time,
  );
  const [first, last] = [times[0], times[times.length - 1]];
  return (
    `At α = ${EASY_RATIO} (persistence ${PERSISTENCE}, η = ${LEARNING_RATE}), where nothing traps the runs, the mean time goes from ${withError(first.time, first.error, 2)} at N = ${first.size} ` +
    `to ${withError(last.time, last.error, 2)} at N = ${last.size}: ${withError(slope, error, 2)} for each factor e in N. As a power of N its exponent would be ${withError(power.slope, power.error, 2)}.`
  );
}

/** Mean times against ln N, with their straight line. */
export function lawDrawing(times: readonly EasyTime[], colour: string): Drawing {
  const { value, slope } = logarithmic(times);
  const sizes = times.map(({ size }) => size);
  return {
    title: `α = ${EASY_RATIO}`,
    x: log("dimension N", { holds: sizes, ticks: sizes }),
    y: linear("mean time of recovery", { holds: [0] }),
    marks: [
      theory(
        sizes,
        sizes.map((size) => value + slope * Math.log(size)),
        { colour, dashed: true, label: "a + b ln N" },
      ),
      measured(
        sizes,
        times.map(({ time }) => time),
        { standardError: times.map(({ error }) => error), colour },
      ),
    ],
    legend: "bottom-right",
  };
}
