import {
  type Comparison,
  compare,
  extrapolatedCurveStatistic,
  extrapolateSize,
  type QuantityComparison,
  type SizedCurves,
} from "../../compare";
import type { Ensemble } from "../../core/results";
import { simulateConfig, solveConfig } from "../../systems/calls";
import { comparisonFigure, probability } from "../kit/comparison-figure";
import type { Figure, FigureResult, FigureTools, Preset, Recipe } from "../kit/figure";
import { plain } from "../kit/plain";
import { citationsOf } from "../kit/recipe";
import { paper, pSpinParameters, scheduleNote, scheduleText, seed } from "./setting";

/** Sizes of the computation behind the figure. */
export interface AgreementSizes {
  /** Steps of the theory up to the last time of the finite system. */
  readonly points: number;
  /** Numbers of spins, and samples of each. */
  readonly sizes: readonly number[];
  readonly samples: readonly number[];
  readonly step: number;
}

const SIZES: Record<Preset, AgreementSizes> = {
  quick: { points: 300, sizes: [32, 64], samples: [160, 60], step: 0.1 },
  paper: { points: 1200, sizes: [60, 120], samples: [800, 400], step: 0.05 },
};

const QUANTITIES = ["loss", "correlation", "response"];
const TIMES = [0.5, 1, 1.5, 2, 3, 4, 6, 8, 10];
const PAIRS = [1, 4].flatMap((wait) => [0.5, 1, 2, 4, 6].map((delay) => [wait + delay, wait] as const));
/** A theory passes above this p-value. */
const PASS = 1e-3;

/** Theory against the finite system for loss, correlation and response, with the 1/N bias taken out. */
export const pSpinAgreement: Figure = {
  id: "p-spin-agreement",
  title: "Agreement of theory and finite system",
  paper,
  run: (preset, tools) => agreementFigure(SIZES[preset], tools),
};

/** The figure at sizes of one's own. @throws InterruptedError after an abort. */
export async function agreementFigure(sizes: AgreementSizes, tools: FigureTools): Promise<FigureResult> {
  const recipes = recipesOf(sizes);
  const solution = await solveConfig(recipes[0].config, tools.options);
  const ensembles: Ensemble[] = [];
  for (const { config } of recipes) ensembles.push(await simulateConfig(config, tools.options));
  const comparisons = ensembles.map((ensemble) => onlyShown(compare(solution, ensemble)));
  const limit = extrapolated(comparisons, ensembles);

  const labels = [...sizes.sizes.map((size) => `N = ${size}`), "N → ∞"];
  const all = [...comparisons, limit];
  const numbers = limit.quantities.flatMap(({ quantity }, q) =>
    all.map(({ quantities }, k) => {
      const { statistic, pValue, theory } = quantities[q];
      return { quantity, system: labels[k], points: theory.length, statistic: statistic!, pValue: pValue! };
    }),
  );
  const curves = all.flatMap(({ quantities }, k) =>
    quantities.map(({ quantity, time, timePrime, theory, simulation, standardError }) => ({
      quantity,
      system: labels[k],
      ...(timePrime && plain({ timePrime })),
      ...plain({ time, theory, simulation, standardError }),
    })),
  );
  const passed = numbers.filter(({ system, pValue }) => system === "N → ∞" && pValue >= PASS).length;
  return {
    id: pSpinAgreement.id,
    title: pSpinAgreement.title,
    paper: pSpinAgreement.paper,
    caption:
      `3-spin model at T = 1, ${scheduleText} with β = 0.4. Lines: theory. Dots: finite systems of N = ${sizes.sizes.join(" and ")} ` +
      `spins (${sizes.samples.join(" and ")} samples), extrapolated to N → ∞ in 1/N; bars of one standard error. The ` +
      `table gives the largest distance over a curve in standard errors, and the probability p of so large a distance ` +
      `if the theory is exact. ${passed} of ${limit.quantities.length} quantities agree at N → ∞ (p ≥ ${PASS}).`,
    panels: [
      {
        name: "Theory and extrapolated finite system",
        svg: comparisonFigure(limit, "3-spin model, N → ∞", tools.document),
      },
    ],
    table: {
      columns: ["quantity", "finite system", "points", "largest distance / SE", "p", "verdict"],
      rows: numbers.map(({ quantity, system, points, statistic, pValue }) => [
        quantity,
        system,
        points,
        Number(statistic.toFixed(2)),
        probability(pValue),
        pValue >= PASS ? "agrees" : "differs",
      ]),
    },
    notes: [
      "At a given N the finite system differs from the theory by a bias of order 1/N, which enough samples make visible; " +
        "a small p in those rows tells of the finite size, not of the theory. The test of the theory is N → ∞.",
      "Times along a curve are correlated; the p-value is a bootstrap of whole sample curves and takes care of that.",
      scheduleNote,
      PAPER_COST,
    ],
    data: { statistics: numbers, curves, sizes: [...sizes.sizes], samples: [...sizes.samples] },
    recipes,
    citations: citationsOf(recipes[0].config),
  };
}

const PAPER_COST = `Paper preset: N = ${SIZES.paper.sizes.join(", ")} with ${SIZES.paper.samples.join(", ")} samples; about 5 minutes on one core, estimated from single runs.`;

/** One config for each size; couplings, starts and noise of different sizes are independent by their seeds. */
function recipesOf({ points, sizes, samples, step }: AgreementSizes): Recipe[] {
  const until = TIMES[TIMES.length - 1];
  return sizes.map((size, k) => ({
    label: `theory, and finite system of N = ${size}`,
    verb: "compare",
    config: {
      system: "p-spin",
      parameters: pSpinParameters(3, 0.4),
      method: { kind: "uniform", until, points },
      simulation: { size, samples: samples[k], seed: `${seed} N=${size}`, step, until },
      report: { times: TIMES, pairs: PAIRS, quantities: QUANTITIES },
    },
  }));
}

function onlyShown(comparison: Comparison): Comparison {
  return {
    ...comparison,
    quantities: comparison.quantities.filter(({ quantity }) => QUANTITIES.includes(quantity)),
  };
}

/** The comparison with the limit N → ∞ of several sizes. */
function extrapolated(comparisons: readonly Comparison[], ensembles: readonly Ensemble[]): Comparison {
  const quantities = comparisons[0].quantities.map((base): QuantityComparison => {
    const { quantity, theory } = base;
    const groups = ensembles.map(
      (ensemble): SizedCurves => ({
        size: ensemble.size,
        curves: (base.timePrime ? ensemble.twoTime!.curves : ensemble.curves)![quantity],
      }),
    );
    const { mean, standardError } = extrapolateSize(groups);
    const { statistic, pValue, deviations } = extrapolatedCurveStatistic(theory, groups);
    return { ...base, simulation: mean, standardError, deviation: deviations, statistic, pValue };
  });
  const samples = ensembles.reduce((sum, ensemble) => sum + ensemble.samples, 0);
  return { quantities, samples, size: Number.POSITIVE_INFINITY };
}
