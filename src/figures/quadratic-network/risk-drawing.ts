import { linear, time as timeAxis } from "../drawing/axis";
import type { Drawing } from "../drawing/drawing";
import { measured, theory } from "../drawing/marks";
import { colourOf } from "../drawing/palette";

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

/** Single runs thin and grey, their mean as dots with bars, the equations as a line, the diffusion dashed. */
export function riskDrawing(title: string, curves: RiskCurves, every: number): Drawing {
  const { time, equations, diffusion, simulation, standardError, runs } = curves;
  const noisy = { colour: colourOf(2), dashed: true, label: "diffusion" };
  return {
    title,
    x: timeAxis,
    y: linear("excess risk R − Δ/2", { holds: [0] }),
    legend: "bottom-left",
    marks: [
      ...runs.map((run) => theory(time, run, { colour: "rgba(128,128,128,0.55)" })),
      ...(diffusion.length > 0 ? [theory(time, diffusion, noisy)] : []),
      theory(time, equations, { colour: colourOf(0), label: "equations" }),
      measured(time, simulation, { every, standardError, colour: colourOf(3), label: "SGD, mean" }),
    ],
  };
}
