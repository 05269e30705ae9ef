import { type AxisPlan, linear, log, logTime } from "../drawing/axis";
import type { Drawing } from "../drawing/drawing";
import { measured, theory } from "../drawing/marks";
import { colourOf } from "../drawing/palette";
import { type PhaseRuns, recoversInLimit } from "./runs";

/** An algorithm of the paper, as the figures name and draw it. */
export interface PhaseAlgorithm {
  readonly name: string;
  readonly colour: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly batchSampling?: "with-replacement";
}

/**
 * Gradient descent, multi-pass SGD and persistent SGD with batches of half of the samples; those of SGD are drawn with
 * replacement, as section 5.2 of the paper has them.
 */
export function threeAlgorithms(persistence: number): readonly PhaseAlgorithm[] {
  const half = { batchFraction: 0.5 };
  return [
    { name: "GD", colour: colourOf(3), parameters: { algorithm: "gradient-descent" } },
    {
      name: "SGD",
      colour: colourOf(1),
      parameters: { algorithm: "sgd", ...half },
      batchSampling: "with-replacement",
    },
    { name: "p-SGD", colour: colourOf(0), parameters: { algorithm: "persistent-sgd", ...half, persistence } },
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
export function curvesDrawing(title: string, y: AxisPlan, curves: readonly PhaseCurve[]): Drawing {
  return {
    title,
    x: logTime,
    y,
    marks: curves.flatMap(({ time, values, standardError, colour, label }) => [
      theory(time, values, { colour, label }),
      ...(standardError ? [measured(time, values, { every: BAR_EVERY, standardError, colour })] : []),
    ]),
  };
}

/** A logarithmic axis for losses, from the least that is told apart from 0. */
export const lossAxis = (label: string): AxisPlan => log(label, { holds: [LEAST_LOSS] });

/** Losses as they are drawn on {@link lossAxis}: no run is followed far below the level of recovery. */
export const drawnLosses = (values: readonly number[]): number[] =>
  values.map((value) => Math.max(value, LEAST_LOSS));

/**
 * Overlaps of single runs against time, a drawing for each setting, on one scale: in colour those that find the signal,
 * others grey.
 */
export function runsDrawings<R extends Pick<PhaseRuns, "time" | "overlaps">>(
  settings: readonly R[],
  titleOf: (runs: R, k: number) => string,
  colour: (k: number) => string,
  finds: (runs: R, k: number) => boolean,
): Drawing[] {
  const y = linear("overlap m", { holds: [1, ...settings.flatMap(({ overlaps }) => overlaps.flat())] });
  return settings.map((runs, number) => {
    const { time, overlaps } = runs;
    const [found, lost] = [true, false].map((does) =>
      [...overlaps.keys()].filter((k) => finds(runs, k) === does),
    );
    return {
      title: titleOf(runs, number),
      x: logTime,
      y,
      marks: [
        ...lost.map((k) => theory(time, overlaps[k], { colour: GREY })),
        ...found.map((k) => theory(time, overlaps[k], { colour: colour(number) })),
      ],
    };
  });
}

/** The same of the limit N → ∞, by the settings that have it. */
export function limitDrawings(settings: readonly PhaseRuns[], colour: (k: number) => string): Drawing[] {
  const finite = settings.flatMap(({ name, limit }) =>
    limit ? [{ name: `${name}, N → ∞`, limit, time: limit.time, overlaps: limit.overlaps }] : [],
  );
  return runsDrawings(
    finite,
    ({ name }) => name,
    colour,
    ({ limit }, k) => recoversInLimit(limit, k),
  );
}
