import { beforeAll, describe, expect, it } from "vitest";
import { solveUniform, type TwoTimeProblem } from "../../src/chsck";
import { createCovariance, pureCovariance } from "../../src/models/covariance";
import { createSchedule } from "../../src/schedule";
import { at, FAILS, type FiniteSystem, PASSES, simulateSizes } from "./finite-system";
import { type Misprints, solvePrinted } from "./printed-equations";

/** Theory against the finite system for starts in equilibrium (quietly planted), random fields and jumps of the rate. */
const UNTIL = 4;
const times = [0.15, 0.3, 0.5, 0.8, 1.2, 1.7, 2.4, 3.2, 4];
const schedule = createSchedule(1);
const cases: readonly {
  readonly label: string;
  readonly problem: TwoTimeProblem;
  readonly misprint?: Misprints;
  readonly fails?: readonly ("loss" | "correlation" | "response")[];
}[] = [
  {
    label: "a quench from T0 = 1 to T = 0.3",
    problem: { covariance: pureCovariance(3), temperature: 0.3, schedule, initialTemperature: 1 },
    misprint: { startForgotten: true },
    fails: ["loss", "correlation"],
  },
  {
    label: "equilibrium at T0 = T = 1",
    problem: { covariance: pureCovariance(3), temperature: 1, schedule, initialTemperature: 1 },
  },
  {
    label: "a random field",
    problem: {
      covariance: createCovariance([
        { p: 1, variance: 0.3 },
        { p: 3, variance: 1 },
      ]),
      temperature: 0.5,
      schedule,
    },
    misprint: { fieldForgotten: true },
    fails: ["loss", "correlation"],
  },
  {
    label: "a rate that falls to a tenth",
    problem: {
      covariance: pureCovariance(3),
      temperature: 1,
      schedule: createSchedule({ kind: "steps", rate: 1, factor: 0.1, times: [1.2] }),
    },
  },
];

describe.each(cases)("$label: theory against the finite system", ({ problem, misprint, fails = [] }) => {
  let finite: FiniteSystem;

  beforeAll(async () => {
    finite = await simulateSizes(problem, {
      sizes: [
        { size: 40, samples: 3000 },
        { size: 80, samples: 800 },
        { size: 160, samples: 160 },
      ],
      until: UNTIL,
      step: 0.05,
      times,
      pairs: [
        [1.2, 0.4],
        [2.4, 0.8],
        [2.4, 1.7],
        [4, 0.4],
        [4, 1.2],
        [4, 2.4],
        [4, 3.2],
      ],
    });
  });

  it("passes for the loss, the correlation and the response", async () => {
    const theory = await solveUniform(problem, { kind: "uniform", until: UNTIL, points: 120 });
    const { pairs, against } = finite;
    expect(against("loss", [...theory.sample(times).series.loss]).pValue).toBeGreaterThanOrEqual(PASSES);
    for (const quantity of ["correlation", "response"] as const) {
      const curve = pairs.map(([t, tPrime]) => theory[quantity](t, tPrime));
      expect(against(quantity, curve).pValue, quantity).toBeGreaterThanOrEqual(PASSES);
    }
  });

  it.runIf(misprint)("rejects equations without that term by more than ten standard errors", () => {
    for (const [misprints, check] of [
      [misprint, (statistic: number) => expect(statistic).toBeGreaterThan(FAILS)],
      [{}, (_: number, pValue: number) => expect(pValue).toBeGreaterThanOrEqual(PASSES)],
    ] as const) {
      const page = solvePrinted(problem, UNTIL, 160, misprints);
      for (const quantity of fails) {
        const curve =
          quantity === "loss"
            ? times.map((t) => at(page.loss, t, page.step))
            : finite.pairs.map(([t, tPrime]) => at(at(page[quantity], t, page.step), tPrime, page.step));
        const { statistic, pValue } = finite.against(quantity, curve);
        check(statistic, pValue);
      }
    }
  });
});
