import { linear, log } from "../drawing/axis";
import { measured, theory } from "../drawing/marks";
import { colourOf } from "../drawing/palette";
import { seedFor } from "../kit/config";
import { figure } from "../kit/figure";
import type { Lab } from "../kit/lab";
import { fixed, table } from "../kit/table";
import { decaying, paper, sphericalSk } from "./setting";

const RATE = 0.5;
/** Z² of a typical start: the median of its law. */
const TYPICAL = 0.455;

/** Shortest hold that is tried, as a share of the budget: so short that the search is in its logarithm. */
const EARLIEST = 2e-3;

/** The best schedules of one budget: a decay from the start, and one after a hold. */
interface Best {
  readonly budget: number;
  readonly exponent: number;
  readonly oneStep: number;
  readonly switchTime: number;
  readonly lateExponent: number;
  readonly twoStep: number;
}

/** Without a gap: which decay is best for a budget, from the start and after a hold, before and after the crossing time. */
export const budget = figure({
  id: "spherical-sk-budget",
  title: "Spherical SK of finite size: the best schedule of a budget",
  paper: `${paper}, section 3.1, finite-dimensional effects`,

  presets: {
    quick: { size: 200, budgets: [10, 100, 1000], samples: 16, evaluations: 24 },
    standard: { size: 1000, budgets: [20, 60, 200, 600, 2000, 6000, 2e4], samples: 60, evaluations: 80 },
    paper: { size: 3000, budgets: [20, 60, 200, 600, 2000, 6000, 2e4, 1e5], samples: 200, evaluations: 80 },
  },
  cost: { quick: 7, standard: 110, paper: 1800 },
  sizesText: ({ size, budgets, samples }) =>
    `N = ${size}, budgets to t = ${budgets[budgets.length - 1]}, ${samples} samples`,

  async compute(lab, { size, budgets, samples, evaluations }) {
    const finite = { temperature: 1, size, spikeWeight: TYPICAL };
    const constant = await lab.solve(
      "crossing at constant rate",
      sphericalSk({ ...finite, schedule: RATE }, { method: { until: size }, report: { times: [size] } }),
    );
    const found = await lab.parts(
      budgets,
      async (time, inner) => {
        const search = (parameters: object, label: string) =>
          best(inner, `${label}, t = ${time}`, parameters, time, evaluations);
        const typical = await search(finite, `N = ${size}`);
        const infinite = await search({ temperature: 1 }, "N = ∞");
        const measuredAt = async (label: string, schedule: object) => {
          const config = sphericalSk(
            { temperature: 1, schedule },
            {
              simulation: { size, samples, seed: seedFor("sk budget"), until: time },
              report: { times: [time], quantities: ["excessLoss"] },
            },
          );
          const { series, standardError } = await inner.simulate(`${label}, t = ${time}`, config);
          return { value: series.excessLoss[0], error: standardError.excessLoss[0] };
        };
        const { exponent, lateExponent, switchTime } = typical;
        const oneStep = await measuredAt("finite system, decay", decaying(RATE, exponent));
        const twoStep = await measuredAt(
          "finite system, hold then decay",
          decaying(RATE, lateExponent, switchTime),
        );
        return { typical, infinite, oneStep, twoStep };
      },
      { calls: 6, cost: (time) => 1 + time / 2000 },
    );
    return { crossing: constant.events!.crossingTime[0], found };
  },

  show({ crossing, found }, { size, samples }) {
    const moments = [{ value: crossing, label: "crossing" }];
    const budgets = found.map(({ typical }) => typical.budget);
    const x = log("budget t", { padding: 0.02 });
    const curve = (of: (best: Best) => number) => [
      theory(
        budgets,
        found.map(({ typical }) => of(typical)),
        { colour: colourOf(0), label: `N = ${size}` },
      ),
      theory(
        budgets,
        found.map(({ infinite }) => of(infinite)),
        { colour: colourOf(1), dashed: true, label: "N = ∞" },
      ),
    ];
    const dots = (of: "oneStep" | "twoStep", colour: number) =>
      measured(
        budgets,
        found.map((one) => one[of].value),
        { standardError: found.map((one) => one[of].error), colour: colourOf(colour) },
      );
    return {
      caption:
        `Spherical SK without a gap, T = 1, first rate ${RATE}: the schedules with the least loss above the ground state at the end of a ` +
        `budget t, by optimise. Dotted: the crossing at constant rate, when half of the weight is on the lowest mode ` +
        `(of the order N^⅔ in the clock), t = ${fixed(crossing, 0)}. A decay from the start is best with β near 1/2 below it. Among schedules with a hold, ` +
        `N = ∞ knows no time but the budget, and the best hold grows with it. At N = ${size} the best hold stops growing beyond the crossing: ` +
        `once the lowest mode is found, the rest of the budget is for the decay. Dots: finite systems, mean over ${samples} samples. ` +
        `Late ones lie above the lines, which are of a typical spectrum, its eigenvalues at their mean places: some samples have a small gap, and raise the mean.`,
      panels: {
        "Best exponent of a decay from the start": {
          description: "Best exponent by budget, finite and infinite size",
          drawings: [
            { x, y: linear("β", { holds: [0, 1] }), moments, marks: curve(({ exponent }) => exponent) },
          ],
        },
        "Best length of a hold": {
          description: "Best switch time by budget, finite and infinite size",
          drawings: [{ x, y: log("switch time t_s"), moments, marks: curve(({ switchTime }) => switchTime) }],
        },
        "Loss of the best schedules": {
          description: "Least loss above the ground state by budget, with and without a hold",
          drawings: [
            {
              x,
              y: log("ℓ − ℓ_0"),
              moments,
              marks: [
                theory(
                  budgets,
                  found.map(({ typical }) => typical.oneStep),
                  { colour: colourOf(2), label: "decay" },
                ),
                theory(
                  budgets,
                  found.map(({ typical }) => typical.twoStep),
                  { colour: colourOf(3), label: "hold, decay" },
                ),
                dots("oneStep", 2),
                dots("twoStep", 3),
              ],
            },
          ],
        },
      },
      table: table(found, [
        ["budget t", ({ typical }) => typical.budget],
        ["best β from the start", ({ typical }) => typical.exponent, 2],
        ["N = ∞", ({ infinite }) => infinite.exponent, 2],
        ["best t_s", ({ typical }) => Number(typical.switchTime.toPrecision(3))],
        ["and β", ({ typical }) => typical.lateExponent, 2],
        ["t_s at N = ∞", ({ infinite }) => Number(infinite.switchTime.toPrecision(3))],
      ]),
      notes: [
        "The theory at finite size is that of a typical spectrum, its eigenvalues at their mean places, and of a typical start along the lowest mode; the mean over samples, some of them with a small gap, is up to half as much above it.",
        "After the hold the best exponent is below 1: without a gap 2η₀κ < 1, and β = 1 would stop the descent before the modes next to the lowest one have cooled.",
      ],
    };
  },
});

async function best(
  lab: Lab,
  label: string,
  parameters: object,
  time: number,
  evaluations: number,
): Promise<Best> {
  const search = (over: object, most: number, words: string) =>
    lab.search(
      `${label}, ${words}`,
      sphericalSk(
        { ...parameters, schedule: decaying(RATE, 0.5) },
        {
          method: { tolerance: 1e-5 },
          optimise: { parameters: over, minimise: { quantity: "excessLoss", time }, evaluations: most },
        },
      ),
    );
  const exponents = { "schedule.exponent": [0, 1.2] };
  const one = (await search(exponents, evaluations / 2, "decay from the start"))!;
  const two = (await search(
    { "schedule.switchTime": [EARLIEST * time, time], ...exponents },
    evaluations,
    "hold, then decay",
  ))!;
  return {
    budget: time,
    exponent: one.at[0],
    oneStep: one.value,
    switchTime: two.at[0],
    lateExponent: two.at[1],
    twoStep: two.value,
  };
}
