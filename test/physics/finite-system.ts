import type { TwoTimeProblem } from "../../src/chsck";
import { type CurveStatistic, extrapolatedCurveStatistic } from "../../src/compare";
import type { Ensemble } from "../../src/core/results";
import { simulateSphericalLandscape } from "../../src/simulate/landscape";

/** A theory passes at this p-value; a misprint must fail by this many standard errors. */
export const PASSES = 0.001;
export const FAILS = 10;

export interface Request {
  readonly sizes: readonly { readonly size: number; readonly samples: number }[];
  readonly until: number;
  readonly step: number;
  readonly times: readonly number[];
  readonly pairs: readonly (readonly [number, number])[];
}

/** Samples of several sizes, against which a curve of the infinite system is tested after 1/N extrapolation. */
export interface FiniteSystem {
  readonly times: readonly number[];
  readonly pairs: Request["pairs"];
  against(quantity: string, theory: readonly number[]): CurveStatistic;
}

export async function simulateSizes(problem: TwoTimeProblem, request: Request): Promise<FiniteSystem> {
  const ensembles: Ensemble[] = [];
  for (const { size, samples } of request.sizes) {
    const { until, step, times, pairs } = request;
    const simulation = { size, samples, seed: 20261122, step, until, times, pairs, keepCurves: true };
    ensembles.push(await simulateSphericalLandscape(problem, simulation));
  }
  return {
    times: request.times,
    pairs: request.pairs,
    against(quantity, theory) {
      const groups = ensembles.map(({ size, curves, twoTime }) => ({
        size,
        curves: (curves?.[quantity] ?? twoTime?.curves?.[quantity])!,
      }));
      return extrapolatedCurveStatistic(Float64Array.from(theory), groups);
    },
  };
}

/** Entry of a grid of equal steps from 0 at a time that is a node of it. */
export const at = <T>(values: ArrayLike<T>, t: number, step: number): T => values[Math.round(t / step)];
