import { type Comparison, compare, extrapolatedCurveStatistic, extrapolateSize } from "../../compare";
import type { Ensemble, Solution } from "../../core/results";
import { comparisonPicture } from "../kit/comparison-figure";
import { seed } from "../kit/config";
import { figure } from "../kit/figure";
import { plain } from "../kit/plain";
import { probability, table } from "../kit/table";
import { paper, pSpin, scheduleNote, scheduleText } from "./setting";

const QUANTITIES = ["loss", "correlation", "response"];
const TIMES = [0.5, 1, 1.5, 2, 3, 4, 6, 8, 10];
const PAIRS = [1, 4].flatMap((wait) => [0.5, 1, 2, 4, 6].map((delay) => [wait + delay, wait] as const));
/** A theory passes above this p-value. */
const PASS = 1e-3;
const LIMIT = "N → ∞";

/** Theory against the finite system for loss, correlation and response, with the 1/N bias taken out. */
export const agreement = figure({
  id: "p-spin-agreement",
  title: "Agreement of theory and finite system",
  paper,

  // Steps of the theory up to the last time of the finite system; numbers of spins, and samples of each.
  presets: {
    quick: { points: 300, sizes: [32, 64], samples: [160, 60], step: 0.1 },
    standard: { points: 600, sizes: [50, 100], samples: [400, 200], step: 0.05 },
    paper: { points: 1200, sizes: [60, 120], samples: [800, 400], step: 0.05 },
  },
  cost: { quick: 3.2, standard: 16, paper: 55 },
  sizesText: ({ sizes, samples }) => `N = ${sizes.join(", ")} with ${samples.join(", ")} samples`,

  async compute(lab, { points, sizes, samples, step }) {
    const until = TIMES[TIMES.length - 1];
    // Couplings, starts and noise of different sizes are independent by their seeds.
    const runs: { theory: Solution; ensemble: Ensemble }[] = [];
    for (const [k, size] of sizes.entries()) {
      const config = pSpin(3, 0.4, {
        method: { kind: "uniform", until, points, extrapolate: false },
        simulation: { size, samples: samples[k], seed: `${seed} N=${size}`, step, until },
        report: { times: TIMES, pairs: PAIRS, quantities: QUANTITIES },
      });
      runs.push(await lab.both(`theory, and finite system of N = ${size}`, config));
    }
    const comparisons = runs.map(({ theory, ensemble }) =>
      compare(theory, ensemble).quantities.filter(({ quantity }) => QUANTITIES.includes(quantity)),
    );
    const all = [
      ...comparisons.map((quantities, k) => ({ system: `N = ${sizes[k]}`, quantities })),
      { system: LIMIT, quantities: extrapolated(comparisons[0], runs) },
    ];
    return {
      statistics: QUANTITIES.flatMap((_, q) =>
        all.map(({ system, quantities }) => {
          const { quantity, statistic, pValue, theory } = quantities[q];
          return { quantity, system, points: theory.length, statistic: statistic!, pValue: pValue! };
        }),
      ),
      curves: all.flatMap(({ system, quantities }) =>
        quantities.map(({ quantity, time, timePrime, theory, simulation, standardError }) => ({
          quantity,
          system,
          ...(timePrime && plain({ timePrime })),
          ...plain({ time, theory, simulation, standardError }),
        })),
      ),
      sizes: [...sizes],
      samples: [...samples],
    };
  },

  show({ statistics, curves, sizes, samples }) {
    const limit = statistics.filter(({ system }) => system === LIMIT);
    const passed = limit.filter(({ pValue }) => pValue >= PASS).length;
    const drawn = curves
      .filter(({ system }) => system === LIMIT)
      .map((curve, k) => ({ ...curve, pValue: limit[k].pValue }));
    return {
      caption:
        `3-spin model at T = 1, ${scheduleText} with β = 0.4. Lines: theory. Dots: finite systems of N = ${sizes.join(" and ")} ` +
        `spins (${samples.join(" and ")} samples), extrapolated to N → ∞ in 1/N; bars of one standard error. The ` +
        `table gives the largest distance over a curve in standard errors, and the probability p of so large a distance ` +
        `if the theory is exact. ${passed} of ${limit.length} quantities agree at N → ∞ (p ≥ ${PASS}).`,
      panels: { "Theory and extrapolated finite system": comparisonPicture(drawn, `3-spin model, ${LIMIT}`) },
      table: table(statistics, [
        ["quantity", ({ quantity }) => quantity],
        ["finite system", ({ system }) => system],
        ["points", ({ points }) => points],
        ["largest distance / SE", ({ statistic }) => statistic, 2],
        ["p", ({ pValue }) => probability(pValue)],
        ["verdict", ({ pValue }) => (pValue >= PASS ? "agrees" : "differs")],
      ]),
      notes: [
        "At a given N the finite system differs from the theory by a bias of order 1/N, which enough samples make visible; " +
          "a small p in those rows tells of the finite size, not of the theory. The test of the theory is N → ∞.",
        "Times along a curve are correlated; the p-value is a bootstrap of whole sample curves and takes care of that.",
        scheduleNote,
      ],
    };
  },
});

/** The comparison with the limit N → ∞ of several sizes. */
function extrapolated(bases: Comparison["quantities"], runs: readonly { ensemble: Ensemble }[]) {
  return bases.map((base) => {
    const { quantity, theory, timePrime } = base;
    const groups = runs.map(({ ensemble }) => ({
      size: ensemble.size,
      curves: (timePrime ? ensemble.twoTime!.curves : ensemble.curves)![quantity],
    }));
    const { mean, standardError } = extrapolateSize(groups);
    const { statistic, pValue } = extrapolatedCurveStatistic(theory, groups);
    return { ...base, simulation: mean, standardError, statistic, pValue };
  });
}
