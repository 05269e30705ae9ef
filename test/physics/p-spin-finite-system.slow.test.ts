import { beforeAll, describe, expect, it } from "vitest";
import { solveUniform } from "../../src/chsck";
import { pureCovariance } from "../../src/models/covariance";
import { createSchedule } from "../../src/schedule";
import { at, FAILS, type FiniteSystem, PASSES, simulateSizes } from "./finite-system";
import { type Misprints, solvePrinted } from "./printed-equations";

/**
 * The theory against the finite system, p = 3, T = 1, η = 0.5 (1+t)^-0.4: the corrected equations pass; each
 * misprint fails on the very same data. Samples are chosen so that the sizes weigh about alike.
 */
const problem = {
  covariance: pureCovariance(3),
  temperature: 1,
  schedule: createSchedule({ kind: "power-law", rate: 0.5, exponent: 0.4 }),
};
const UNTIL = 10;

describe("p-spin: theory against the finite system", () => {
  let finite: FiniteSystem;

  beforeAll(async () => {
    finite = await simulateSizes(problem, {
      sizes: [
        { size: 50, samples: 1200 },
        { size: 100, samples: 320 },
        { size: 200, samples: 80 },
      ],
      until: UNTIL,
      step: 0.1,
      times: [0.2, 0.35, 0.6, 1, 1.4, 2, 2.8, 4, 5.5, 7.5, 10],
      pairs: [
        [2, 0.5],
        [2, 1.5],
        [2, 1.75],
        [4, 2],
        [5, 1],
        [7, 6],
        [10, 2],
        [10, 5],
        [10, 8],
      ],
    });
  });

  it("passes for the loss, the correlation and the response", async () => {
    const theory = await solveUniform(problem, {
      kind: "uniform",
      until: UNTIL,
      points: 200,
      extrapolate: true,
    });
    const { times, pairs, against } = finite;
    expect(against("loss", [...theory.sample(times).series.loss]).pValue).toBeGreaterThanOrEqual(PASSES);
    for (const quantity of ["correlation", "response"] as const) {
      const curve = pairs.map(([t, tPrime]) => theory[quantity](t, tPrime));
      expect(against(quantity, curve).pValue, quantity).toBeGreaterThanOrEqual(PASSES);
    }
  });

  /** Statistics of the page as printed, or as corrected. */
  function printed(misprints: Misprints) {
    const page = solvePrinted(problem, UNTIL, 400, misprints);
    const pair = (quantity: "correlation" | "response") =>
      finite.pairs.map(([t, tPrime]) => at(at(page[quantity], t, page.step), tPrime, page.step));
    return {
      loss: finite.against(
        "loss",
        finite.times.map((t) => at(page.loss, t, page.step)),
      ),
      correlation: finite.against("correlation", pair("correlation")),
      response: finite.against("response", pair("response")),
    };
  }

  it("rejects each misprint by more than ten standard errors", () => {
    const source = printed({ responseSource: true });
    expect(source.loss.statistic).toBeGreaterThan(FAILS);
    expect(source.response.statistic).toBeGreaterThan(FAILS);
    const column = printed({ rateAtColumn: true });
    expect(column.loss.statistic).toBeGreaterThan(FAILS);
    expect(column.correlation.statistic).toBeGreaterThan(FAILS);
    const noise = printed({ noiseTerm: true });
    expect(noise.correlation.statistic).toBeGreaterThan(FAILS);
  });

  it("rejects them for the misprints alone: the same page corrected passes", () => {
    const corrected = printed({});
    for (const { pValue } of Object.values(corrected)) expect(pValue).toBeGreaterThanOrEqual(PASSES);
  });
});
