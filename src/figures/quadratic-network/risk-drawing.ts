import { colourOf } from "../drawing/palette";
import { linearAxis } from "../old/drawing/axis";
import type { Drawing } from "../old/drawing/drawing";

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
  /** The mean is drawn at every so many times. */
  readonly dotEvery: number;
}

/** Single runs thin and grey, their mean as dots with bars, the equations as a line, the diffusion dashed. */
export function riskDrawing(
  title: string,
  description: string,
  { time, equations, diffusion, simulation, standardError, runs, dotEvery }: RiskCurves,
): Drawing {
  const some = (values: readonly number[]) => values.filter((_, k) => k % dotEvery === 0);
  return {
    title,
    description,
    x: linearAxis("time t", time, 0),
    y: linearAxis("excess risk R − Δ/2", [0, ...equations, ...runs.flat()]),
    lines: [
      ...runs.map((run) => ({ x: time, y: run, colour: "rgba(128,128,128,0.55)" })),
      ...(diffusion.length > 0 ? [{ x: time, y: diffusion, colour: colourOf(2), dashed: true }] : []),
      { x: time, y: equations, colour: colourOf(0) },
    ],
    dots: [{ x: some(time), y: some(simulation), standardError: some(standardError), colour: colourOf(3) }],
  };
}
