import { beforeAll, describe, expect, it } from "vitest";
import { solveUniform } from "../../src/chsck";
import { createCovariance } from "../../src/models/covariance";
import { createSchedule } from "../../src/schedule";
import { at, FAILS, type FiniteSystem, PASSES, simulateSizes } from "./finite-system";
import { type Misprints, solvePrinted } from "./printed-equations";

/** Spiked matrix-tensor model, Δ2 = 0.5, Δ3 = 1, T = 0.5, m0 = 0.2, η = 0.5 (1+t)^-0.4, against the finite system. */
const problem = {
  covariance: createCovariance([
    { p: 2, variance: 2 },
    { p: 3, variance: 1 },
  ]),
  temperature: 0.5,
  schedule: createSchedule({ kind: "power-law", rate: 0.5, exponent: 0.4 }),
  initialOverlap: 0.2,
};
const UNTIL = 10;
const QUANTITIES = ["overlap", "loss", "loss[0]", "loss[1]"] as const;

describe("spiked matrix-tensor: theory against the finite system", () => {
  let finite: FiniteSystem;

  beforeAll(async () => {
    finite = await simulateSizes(problem, {
      sizes: [
        { size: 80, samples: 500 },
        { size: 120, samples: 220 },
        { size: 200, samples: 70 },
      ],
      until: UNTIL,
      step: 0.1,
      times: [0.2, 0.4, 0.7, 1, 1.5, 2, 3, 4, 5.5, 7.5, 10],
      pairs: [
        [2, 1.5],
        [4, 2],
        [10, 2],
        [10, 5],
        [10, 8],
      ],
    });
  });

  it("passes for the overlap, the loss, both channels, correlation and response", async () => {
    const theory = await solveUniform(problem, {
      kind: "uniform",
      until: UNTIL,
      points: 200,
      extrapolate: true,
    });
    const { series } = theory.sample(finite.times);
    for (const quantity of QUANTITIES) {
      expect(finite.against(quantity, [...series[quantity]]).pValue, quantity).toBeGreaterThanOrEqual(PASSES);
    }
    for (const quantity of ["correlation", "response"] as const) {
      const curve = finite.pairs.map(([t, tPrime]) => theory[quantity](t, tPrime));
      expect(finite.against(quantity, curve).pValue, quantity).toBeGreaterThanOrEqual(PASSES);
    }
  });

  /** Statistics of the page as printed, or as corrected. */
  function printed(misprints: Misprints) {
    const page = solvePrinted(problem, UNTIL, 400, misprints);
    const loss = finite.times.map((t) => at(page.loss, t, page.step));
    const correlation = finite.pairs.map(([t, tPrime]) =>
      at(at(page.correlation, t, page.step), tPrime, page.step),
    );
    return { loss: finite.against("loss", loss), correlation: finite.against("correlation", correlation) };
  }

  it("rejects each misprint by more than ten standard errors", () => {
    expect(printed({ responseSource: true }).loss.statistic).toBeGreaterThan(FAILS);
    expect(printed({ rateAtColumn: true }).correlation.statistic).toBeGreaterThan(FAILS);
    expect(printed({ noiseTerm: true }).correlation.statistic).toBeGreaterThan(FAILS);
    for (const { pValue } of Object.values(printed({}))) expect(pValue).toBeGreaterThanOrEqual(PASSES);
  });
});
