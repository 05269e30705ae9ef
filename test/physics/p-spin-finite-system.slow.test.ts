import { beforeAll, describe, expect, it } from "vitest";
import { solveUniform } from "../../src/chsck";
import { extrapolatedCurveStatistic } from "../../src/compare";
import type { Ensemble, TwoTimeSolution } from "../../src/core/results";
import { pureCovariance } from "../../src/models/covariance";
import { createSchedule } from "../../src/schedule";
import { simulateSphericalLandscape } from "../../src/simulate";
import { type Misprints, type PrintedSolution, solvePrinted } from "./printed-equations";

/**
 * The theory against the finite system, p = 3, T = 1, η = 0.5 (1+t)^-0.4: samples of three sizes, extrapolated
 * to N → ∞. The corrected equations pass; each misprint fails on the very same data.
 */
const problem = {
  covariance: pureCovariance(3),
  temperature: 1,
  schedule: createSchedule({ kind: "power-law", rate: 0.5, exponent: 0.4 }),
};
const UNTIL = 10;
const TIMES = [0.2, 0.35, 0.6, 1, 1.4, 2, 2.8, 4, 5.5, 7.5, 10];
const PAIRS: [number, number][] = [
  [2, 0.5],
  [2, 1.5],
  [2, 1.75],
  [4, 2],
  [5, 1],
  [7, 6],
  [10, 2],
  [10, 5],
  [10, 8],
];
/** Samples per size, so that the three sizes weigh about alike in the extrapolation. */
const SIZES = [
  { size: 50, samples: 1200 },
  { size: 100, samples: 320 },
  { size: 200, samples: 80 },
];
const PASSES = 0.001;
const FAILS = 10;

describe("p-spin: theory against the finite system", () => {
  let ensembles: Ensemble[];
  let theory: TwoTimeSolution;

  beforeAll(async () => {
    theory = await solveUniform(problem, { kind: "uniform", until: UNTIL, points: 200, extrapolate: true });
    ensembles = [];
    for (const { size, samples } of SIZES) {
      ensembles.push(
        await simulateSphericalLandscape(problem, {
          size,
          samples,
          seed: 20261122,
          step: 0.1,
          until: UNTIL,
          times: TIMES,
          pairs: PAIRS,
          keepCurves: true,
        }),
      );
    }
  });

  const losses = () => ensembles.map(({ size, curves }) => ({ size, curves: curves!.loss }));
  const pairs = (name: string) =>
    ensembles.map(({ size, twoTime }) => ({ size, curves: twoTime!.curves![name] }));
  const against = (values: number[], groups: ReturnType<typeof losses>) =>
    extrapolatedCurveStatistic(Float64Array.from(values), groups);

  it("passes for the loss, the correlation and the response", () => {
    const loss = against([...theory.sample(TIMES).series.loss], losses());
    const correlation = against(
      PAIRS.map(([t, s]) => theory.correlation(t, s)),
      pairs("correlation"),
    );
    const response = against(
      PAIRS.map(([t, s]) => theory.response(t, s)),
      pairs("response"),
    );
    for (const { pValue } of [loss, correlation, response]) expect(pValue).toBeGreaterThanOrEqual(PASSES);
  });

  it("rejects each misprint by more than ten standard errors", () => {
    const printed = (misprints: Misprints) =>
      solvePrinted(3, 1, problem.schedule.rate, UNTIL, 400, misprints);
    const value = (s: PrintedSolution, f: "correlation" | "response") =>
      PAIRS.map(([t, tPrime]) => s[f][Math.round(t / s.step)][Math.round(tPrime / s.step)]);
    const loss = (s: PrintedSolution) => TIMES.map((t) => s.loss[Math.round(t / s.step)]);

    const source = printed({ responseSource: true });
    expect(against(loss(source), losses()).statistic).toBeGreaterThan(FAILS);
    expect(against(value(source, "response"), pairs("response")).statistic).toBeGreaterThan(FAILS);

    const column = printed({ rateAtColumn: true });
    expect(against(loss(column), losses()).statistic).toBeGreaterThan(FAILS);
    expect(against(value(column, "correlation"), pairs("correlation")).statistic).toBeGreaterThan(FAILS);

    const noise = printed({ noiseTerm: true });
    expect(against(value(noise, "correlation"), pairs("correlation")).statistic).toBeGreaterThan(FAILS);
  });

  it("has a test that can fail: the same page without misprints passes", () => {
    const correct = solvePrinted(3, 1, problem.schedule.rate, UNTIL, 400);
    const loss = TIMES.map((t) => correct.loss[Math.round(t / correct.step)]);
    expect(against(loss, losses()).pValue).toBeGreaterThanOrEqual(PASSES);
  });
});
