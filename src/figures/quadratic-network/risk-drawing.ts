import { linear, time as timeAxis } from "../drawing/axis";
import type { Drawing } from "../drawing/drawing";
import { type Line, measured, theory } from "../drawing/marks";
import { colourOf } from "../drawing/palette";
import { THRESHOLD } from "./setting";

/** Single runs that are drawn. */
export const SHOWN_RUNS = 8;
/** Of the equations that the runs are drawn with. */
export const TOLERANCE = 1e-9;
/** How the diffusion is solved that is drawn with them. */
export const DIFFUSION = { kind: "sde", scheme: "weak2", step: 0.05 } as const;

/** Excess risk of SGD against time, and what the equations make of it. */
export interface RiskCurves {
  readonly time: readonly number[];
  readonly equations: readonly number[];
  /** Mean of the diffusion; empty where it is not solved. */
  readonly diffusion: readonly number[];
  /** Mean of the runs of SGD. */
  readonly simulation: readonly number[];
  readonly standardError: readonly number[];
  readonly runs: readonly (readonly number[])[];
}

/** Mean times of the exit: verticals in the colours of the curves. */
export interface ExitTimes {
  readonly equations: number;
  readonly simulation: number;
}

/**
 * Single runs thin and grey, their mean as dots with bars, the equations as a line, the diffusion dashed; the exits as
 * dashed verticals, and the risk at the exit as a dotted level.
 */
export function riskDrawing(title: string, curves: RiskCurves, every: number, exits: ExitTimes): Drawing {
  const { time, equations, diffusion, simulation, standardError, runs } = curves;
  const noisy = { colour: colourOf(2), dashed: true, label: "diffusion" };
  const top = equations[0];
  return {
    title,
    x: timeAxis,
    // Room for the legend above the level.
    y: linear("excess risk R − Δ/2", { holds: [0, 1.4 * top] }),
    legend: "top-right",
    levels: [{ value: (1 - THRESHOLD) * top, label: "" }],
    marks: [
      exitLine(exits.equations, top, colourOf(0)),
      exitLine(exits.simulation, top, colourOf(3)),
      ...runs.map((run) => theory(time, run, { colour: "rgba(128,128,128,0.55)" })),
      ...(diffusion.length > 0 ? [theory(time, diffusion, noisy)] : []),
      theory(time, equations, { colour: colourOf(0), label: "equations" }),
      measured(time, simulation, { every, standardError, colour: colourOf(3), label: "SGD, mean" }),
    ],
  };
}

/** A vertical at the time of an exit, up to a height. */
export const exitLine = (time: number, height: number, colour: string): Line =>
  theory([time, time], [0, height], { colour, dashed: true });
