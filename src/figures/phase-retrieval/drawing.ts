import { colourOf } from "../drawing/palette";
import { type Axis, linearAxis, logAxis } from "../old/drawing/axis";
import type { Drawing } from "../old/drawing/drawing";
import type { PhaseRuns } from "./runs";

/** An algorithm of the paper, as the figures name and draw it. */
export interface PhaseAlgorithm {
  readonly name: string;
  readonly colour: string;
  readonly parameters: Readonly<Record<string, unknown>>;
}

/** Gradient descent, multi-pass SGD and persistent SGD with batches of half of the samples. */
export function threeAlgorithms(persistence: number): readonly PhaseAlgorithm[] {
  return [
    { name: "GD", colour: colourOf(3), parameters: { algorithm: "gradient-descent" } },
    { name: "SGD", colour: colourOf(1), parameters: { algorithm: "sgd", batchFraction: 0.5 } },
    {
      name: "p-SGD",
      colour: colourOf(0),
      parameters: { algorithm: "persistent-sgd", batchFraction: 0.5, persistence },
    },
  ];
}

/** A curve of a setting, with bars where they are known. */
export interface PhaseCurve {
  readonly time: readonly number[];
  readonly values: readonly number[];
  readonly standardError?: readonly number[];
  readonly colour: string;
  /** At its end. */
  readonly label?: string;
}

/** Bars stand at every so many report times. */
const BAR_EVERY = 6;
const GREY = "rgba(128,128,128,0.55)";
/** Losses below are those of runs that have recovered, in print a line at the bottom. */
const LEAST_LOSS = 1e-7;

/** Curves of several settings against the logarithm of time. */
export function curvesDrawing(title: string, y: Axis, curves: readonly PhaseCurve[]): Drawing {
  const barred = curves.filter(({ standardError }) => standardError !== undefined);
  return {
    title,
    description: `${title} against time`,
    x: logAxis(
      "time t",
      curves.flatMap(({ time }) => time),
      0,
    ),
    y,
    lines: curves.map(({ time, values, colour, label }) => ({ x: time, y: values, colour, label })),
    dots: barred.map(({ time, values, standardError, colour }) => {
      const every = (those: readonly number[]) => those.filter((_, k) => k % BAR_EVERY === 0);
      return { x: every(time), y: every(values), standardError: every(standardError!), colour };
    }),
  };
}

/** An axis for the overlaps of the single runs of all settings. */
export function overlapAxis(settings: readonly PhaseRuns[]): Axis {
  return linearAxis("overlap m", [1, ...settings.flatMap(({ overlaps }) => overlaps.flat())]);
}

/** A logarithmic axis for losses, from the least that is told apart from 0. */
export function lossAxis(label: string, values: readonly number[]): Axis {
  return logAxis(label, [LEAST_LOSS, ...values]);
}

/** Losses as they are drawn on {@link lossAxis}: no run is followed far below the level of recovery. */
export const drawnLosses = (values: readonly number[]): number[] =>
  values.map((value) => Math.max(value, LEAST_LOSS));

/** Overlap of single runs against time: in colour those that find the signal, by default as they recover it; others grey. */
export function runsDrawing(
  title: string,
  { time, overlaps, recoveryTimes }: PhaseRuns,
  { y, colour, finds }: { y: Axis; colour: string; finds?: (run: readonly number[]) => boolean },
): Drawing {
  const found = overlaps.map((run, k) => (finds ? finds(run) : recoveryTimes[k] !== null));
  const line = (k: number) => ({ x: time, y: overlaps[k], colour: found[k] ? colour : GREY });
  const numbers = [...overlaps.keys()];
  return {
    title,
    description: `Overlap of single runs against time, ${title}`,
    x: logAxis("time t", time, 0),
    y,
    lines: [...numbers.filter((k) => !found[k]), ...numbers.filter((k) => found[k])].map(line),
  };
}
