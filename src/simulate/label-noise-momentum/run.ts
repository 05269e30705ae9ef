import { ConvergenceError } from "../../core/errors";
import type { MomentumProblem } from "../../models/label-noise-momentum/problem";
import { createStreams } from "../../numerics/streams";
import type { SampleCurves, Simulator } from "../ensemble";
import { createProcess, type ProcessKind } from "./create";
import { createLineFit } from "./fits";
import type { DescentProcess } from "./process";

/** All there is to know of a simulation, as plain data. */
export interface MomentumSetup {
  readonly problem: MomentumProblem;
  readonly start: Float64Array;
  readonly process: ProcessKind;
  readonly seed: number | string;
  /** Step indices to report at, ascending. */
  readonly reports: Float64Array;
  /** Last step. */
  readonly until: number;
  /** ln radius is kept at every so many steps, for the time scales of its mean; 0: not at all. */
  readonly stride: number;
  /** Radius of the first passage; 0: none. */
  readonly level: number;
}

/** Weights are reported one by one up to so many. */
const MOST_POSITIONS = 8;
/** Steps between two looks at the clock, for a process of a few and one of many weights. */
const SLICE = 256;

/**
 * Makes single runs: series radius, logRadius, loss, hessianTrace, and where there are any testError and position[i]; events
 * firstPassageTime (the first step with a radius below the level) and fitTime (−1/slope of ln radius up to it).
 * A run throws ConvergenceError once its weights grow beyond all bounds.
 */
export function createMomentumRunner(setup: MomentumSetup): Simulator {
  const { problem, start, seed, reports, until, stride, level } = setup;
  const process = createProcess(problem, start, setup.process);
  const streams = createStreams(seed);
  const slice = start.length > 1000 ? 1 : SLICE;

  return function* run(sample) {
    const curves = seriesOf(process, reports.length);
    const fine = new Float64Array(stride > 0 ? Math.floor(until / stride) + 1 : 0);
    const fit = createLineFit();
    let report = 0;
    let passage = level > 0 ? -1 : 0;
    process.start(streams.stream("noise", sample));
    const look = (step: number) => {
      for (; report < reports.length && reports[report] === step; report++) record(process, curves, report);
      if (stride > 0 && step % stride === 0) fine[step / stride] = Math.log(process.radius());
    };
    look(0);
    if (passage < 0) {
      fit.add(0, Math.log(process.radius()));
      if (process.radius() < level) passage = 0;
    }

    for (let step = 0; step < until; ) {
      const end = Math.min(until, step + slice);
      while (step < end) {
        process.step();
        step++;
        if (passage < 0) {
          const radius = process.radius();
          fit.add(step, Math.log(radius));
          if (radius < level) passage = step;
        }
        look(step);
      }
      if (!Number.isFinite(process.radius())) throw diverged(sample, step);
      yield step / until;
    }
    return {
      series: Object.fromEntries(Object.entries(curves)),
      ...(level > 0 && {
        events: {
          firstPassageTime: passage < 0 ? Infinity : passage,
          // A run that starts below the level has no line to fit.
          fitTime: passage <= 0 ? Infinity : -1 / fit.slope(),
        },
      }),
      ...(stride > 0 && { fine }),
    } satisfies SampleCurves;
  };
}

function seriesOf(process: DescentProcess, length: number): Record<string, Float64Array> {
  const { weights } = process;
  const positions =
    weights && weights.length <= MOST_POSITIONS ? Array.from(weights, (_, i) => `position[${i}]`) : [];
  const names = [
    "radius",
    "logRadius",
    "loss",
    "hessianTrace",
    ...(process.testError ? ["testError"] : []),
    ...positions,
  ];
  return Object.fromEntries(names.map((name) => [name, new Float64Array(length)]));
}

function record(process: DescentProcess, curves: Record<string, Float64Array>, at: number): void {
  const radius = process.radius();
  curves.radius[at] = radius;
  curves.logRadius[at] = Math.log(radius);
  curves.loss[at] = process.loss();
  curves.hessianTrace[at] = process.hessianTrace();
  if (process.testError) curves.testError[at] = process.testError();
  for (let i = 0; `position[${i}]` in curves; i++) curves[`position[${i}]`][at] = process.weights![i];
}

function diverged(sample: number, step: number): ConvergenceError {
  return new ConvergenceError(`The weights of sample ${sample} grow without bound by step ${step}.`, {
    reached: step,
    advice: "Take a smaller learning rate, or less noise.",
  });
}
