import { describe, expect, it } from "vitest";
import { compare, compareAsync, curveStatistic } from "../../src/compare";
import { InterruptedError } from "../../src/core/errors";
import type { Progress } from "../../src/core/options";
import type { Ensemble, Solution, Trajectory } from "../../src/core/results";
import { meanCurve } from "../../src/numerics/statistics";
import { createStreams } from "../../src/numerics/streams";

const SEED = 20261122;
const TIME = Float64Array.of(0, 1, 2, 3);
const TRUTH = Float64Array.of(1, 0.5, 0.3, 0.2);

/** Curves around the truth, all equal at time 0, with a noise that is common to all later times. */
function curvesOf(samples: number, block: number, noise = 0.2): Float64Array[] {
  const normals = new Float64Array(2 * samples);
  createStreams(SEED).stream("data", block).fillNormal(normals);
  return Array.from({ length: samples }, (_, i) =>
    TRUTH.map((value, k) => (k === 0 ? value : value + noise * (normals[2 * i] + normals[2 * i + 1] / k))),
  );
}

function ensembleOf(curves: readonly Float64Array[], change: Partial<Ensemble> = {}): Ensemble {
  const { mean, standardError } = meanCurve(curves);
  return {
    time: TIME,
    series: { loss: mean, other: mean },
    standardError: { loss: standardError, other: standardError },
    curves: { loss: curves },
    samples: curves.length,
    size: 100,
    ...change,
  };
}

function solutionOf(loss: Float64Array, change: Partial<Trajectory> = {}, samples?: number): Solution {
  const trajectory = { time: TIME, series: { loss }, ...change };
  return { ...trajectory, sample: () => trajectory, notes: [], samples };
}

/** A theory that is the mean of its curves. */
function meanSolution(curves: readonly Float64Array[], keep: boolean): Solution {
  const { mean, standardError } = meanCurve(curves);
  const errors = { standardError: { loss: standardError } };
  return solutionOf(mean, keep ? { ...errors, curves: { loss: curves } } : errors, curves.length);
}

describe("compare", () => {
  const curves = curvesOf(30, 0);
  const ensemble = ensembleOf(curves);

  it("tests a theory without noise by its curve statistic, of the quantities both report", () => {
    const { quantities, samples, size, events } = compare(solutionOf(TRUTH), ensemble);
    expect(quantities.map(({ quantity }) => quantity)).toEqual(["loss"]);
    const { statistic, pValue, deviations } = curveStatistic(TRUTH, curves);
    expect(quantities[0]).toMatchObject({ statistic, pValue, deviation: deviations });
    expect(quantities[0].standardError).toEqual(ensemble.standardError.loss);
    expect([samples, size, events]).toEqual([30, 100, undefined]);
  });

  it("adds the error of a theory that is a mean in quadrature", () => {
    const theory = curvesOf(12, 1, 0.4);
    const { mean, standardError } = meanCurve(theory);
    for (const keep of [true, false]) {
      const [{ deviation, ...compared }] = compare(meanSolution(theory, keep), ensemble).quantities;
      for (let k = 1; k < TIME.length; k++) {
        const error = Math.hypot(standardError[k], ensemble.standardError.loss[k]);
        expect(compared.standardError[k]).toBeCloseTo(error, 14);
        expect(deviation[k]).toBeCloseTo((mean[k] - ensemble.series.loss[k]) / error, 10);
      }
      // All agree at time 0.
      expect(deviation[0]).toBe(0);
      expect(compared.pValue).toBeGreaterThan(0.001);
      expect(compared.pValue).toBeLessThan(1);
    }
  });

  it("takes the theory's curves into the bootstrap where it has them, and its errors where not", () => {
    const theory = curvesOf(12, 1, 0.4);
    const { mean, standardError } = meanCurve(theory);
    const pValue = (solution: Solution) => compare(solution, ensemble).quantities[0].pValue;
    const withCurves = curveStatistic(mean, curves, { theoryCurves: theory }).pValue;
    expect(pValue(meanSolution(theory, true))).toBe(withCurves);
    const withErrors = curveStatistic(mean, curves, { theoryError: standardError, theorySamples: 12 }).pValue;
    expect(pValue(meanSolution(theory, false))).toBe(withErrors);
    // One noise at all times leaves less room for a large deviation than independent ones.
    expect(withErrors).toBeGreaterThan(withCurves);
  });

  it("has no p-value where one side has a single sample or an infinite value, and no deviation without an error", () => {
    const alone = solutionOf(TRUTH, { standardError: { loss: TRUTH.map(() => Infinity) } }, 1);
    for (const [solution, one] of [
      [alone, ensemble],
      [solutionOf(TRUTH.with(0, Infinity)), ensemble],
      [solutionOf(TRUTH), ensembleOf(curves, { curves: { loss: curves.slice(1, 2) } })],
    ] as const) {
      const [compared] = compare(solution, one).quantities;
      expect(compared.pValue).toBeUndefined();
      expect(compared.deviation.some(Number.isNaN)).toBe(solution === alone);
    }
    expect(compare(alone, ensemble).quantities[0].deviation.every(Number.isNaN)).toBe(true);
  });

  it("compares two-time quantities at the pairs of the ensemble", () => {
    const pairs = [
      [2, 1],
      [3, 1],
    ] as const;
    const correlation = Float64Array.of(0.5, 0.25);
    const pairCurves = curves.map((curve) =>
      correlation.map((value, k) => value + curve[k + 1] - TRUTH[k + 1]),
    );
    const { mean, standardError } = meanCurve(pairCurves);
    const twoTime = {
      pairs,
      series: { correlation: mean },
      standardError: { correlation: standardError },
      curves: { correlation: pairCurves },
    };
    const solution = {
      ...solutionOf(TRUTH),
      correlation: (t: number, tPrime: number) => 2 ** (tPrime - t),
      response: () => 0,
      estimate: (_quantity: string, t: number, tPrime: number) => ({ value: 2 ** (tPrime - t) }),
      twoTime: ["correlation", "response"],
    };
    const [, compared] = compare(solution, { ...ensemble, twoTime }).quantities;
    expect(compared.quantity).toBe("correlation");
    expect([...compared.theory]).toEqual([...correlation]);
    expect(compared.pValue).toBe(curveStatistic(correlation, pairCurves).pValue);

    const estimate = (...at: [string, number, number]) => ({ ...solution.estimate(...at), standardError: 1 });
    const [, noisy] = compare({ ...solution, estimate, samples: 9 }, { ...ensemble, twoTime }).quantities;
    expect(noisy.standardError[0]).toBeCloseTo(Math.hypot(1, standardError[0]), 14);
  });
});

describe("compareAsync", () => {
  const ensemble = ensembleOf(curvesOf(200, 2));

  it("gives the same, tells its progress and lets others have their turn", async () => {
    const told: Progress[] = [];
    let turns = 0;
    const timer = setInterval(() => turns++, 1);
    const compared = await compareAsync(solutionOf(TRUTH), ensemble, { onProgress: (p) => told.push(p) });
    clearInterval(timer);
    expect(compared).toEqual(compare(solutionOf(TRUTH), ensemble));
    expect(told[0]).toEqual({ label: "comparison", done: 0, total: 10_000 });
    expect(turns).toBeGreaterThan(0);
  });

  it("hands over the deviations after an abort", async () => {
    const work = compareAsync(solutionOf(TRUTH), ensemble, { signal: AbortSignal.abort() });
    const error = await work.catch((e) => e);
    expect(error).toBeInstanceOf(InterruptedError);
    const whole = compare(solutionOf(TRUTH), ensemble).quantities[0];
    const [part] = error.partial.quantities;
    expect(part.pValue).toBeUndefined();
    for (const [k, deviation] of whole.deviation.entries())
      expect(part.deviation[k]).toBeCloseTo(deviation, 12);
  });
});
