import { compare } from "../../compare";
import { simulateConfig, solveConfig } from "../../systems/calls";
import { comparisonFigure } from "../kit/comparison-figure";
import { plain } from "../kit/plain";
import { probability } from "../kit/table";
import type { Figure, FigureResult, FigureTools, Preset, Recipe } from "../old/kit/figure";
import { citationsOf } from "../old/kit/recipe";
import { paper, scheduleText, seed } from "../old/setting";

/** The point at which theory and finite system are compared: both channels matter, the signal is easy. */
export const compared = { p: 3, matrixNoise: 0.5, tensorNoise: 1, temperature: 0.5 } as const;

const INITIAL_OVERLAP = 0.2;
const EXPONENT = 0.4;

/** Sizes of the computation behind the figure. */
export interface SpikedAgreementSizes {
  /** Steps of the theory. */
  readonly points: number;
  readonly size: number;
  readonly samples: number;
  readonly step: number;
}

const SIZES: Record<Preset, SpikedAgreementSizes> = {
  quick: { points: 250, size: 80, samples: 36, step: 0.1 },
  paper: { points: 1200, size: 160, samples: 200, step: 0.05 },
};

const QUANTITIES = ["overlap", "loss", "matrixLoss", "tensorLoss"];
const TIMES = [0.5, 1, 1.5, 2, 3, 4, 6, 8];

/** Theory against the finite system for overlap and loss of the spiked matrix-tensor model. */
export const spikedAgreement: Figure = {
  id: "spiked-agreement",
  title: "Spiked matrix-tensor model: theory and finite system",
  paper,
  run: (preset, tools) => spikedAgreementFigure(SIZES[preset], tools),
};

/** The figure at sizes of one's own. @throws InterruptedError after an abort. */
export async function spikedAgreementFigure(
  sizes: SpikedAgreementSizes,
  tools: FigureTools,
): Promise<FigureResult> {
  const { size, samples } = sizes;
  const recipe = recipeOf(sizes);
  const solution = await solveConfig(recipe.config, tools.options);
  const ensemble = await simulateConfig(recipe.config, tools.options);
  const all = compare(solution, ensemble);
  const quantities = QUANTITIES.map((name) => all.quantities.find(({ quantity }) => quantity === name)!);
  return {
    id: spikedAgreement.id,
    title: spikedAgreement.title,
    paper: spikedAgreement.paper,
    caption:
      `Spiked matrix-tensor model with p = 3, Δ2 = 0.5, Δp = 1 at T = 0.5, ${scheduleText} with β = ${EXPONENT}, from a start ` +
      `with overlap ${INITIAL_OVERLAP}. Lines: theory for N → ∞. Dots: mean over ${samples} finite systems of N = ${size} spins, bars of ` +
      `one standard error. The table gives the largest distance over a curve in standard errors, and the probability p of so ` +
      `large a distance if the theory holds at this N.`,
    panels: [
      {
        name: "Overlap and loss, whole and by channel",
        svg: comparisonFigure({ ...all, quantities }, `N = ${size}`, tools.document),
      },
    ],
    table: {
      columns: ["quantity", "largest distance / SE", "p"],
      rows: quantities.map(({ quantity, statistic, pValue }) => [
        quantity,
        Number(statistic!.toFixed(2)),
        probability(pValue!),
      ]),
    },
    notes: [
      `The dots are the finite system as it is, not extrapolated: they have a bias of order 1/N = ${(1 / size).toPrecision(2)}, largest in the ` +
        `overlap at late times. More samples make it visible; more spins take it away.`,
      "Times along a curve, and the quantities of a sample, are correlated; the p-value is a bootstrap of whole sample curves.",
      PAPER_COST,
    ],
    data: {
      size,
      samples,
      curves: quantities.map(({ quantity, statistic, pValue, time, theory, simulation, standardError }) => ({
        quantity,
        statistic: statistic!,
        pValue: pValue!,
        ...plain({ time, theory, simulation, standardError }),
      })),
    },
    recipes: [recipe],
    citations: citationsOf(recipe.config),
  };
}

const PAPER_COST = `Paper preset: N = ${SIZES.paper.size}, ${SIZES.paper.samples} samples; about 3 minutes on one core, estimated from single runs.`;

function recipeOf({ points, size, samples, step }: SpikedAgreementSizes): Recipe {
  const until = TIMES[TIMES.length - 1];
  return {
    label: "theory and finite system",
    verb: "compare",
    config: {
      system: "spiked-matrix-tensor",
      parameters: {
        ...compared,
        schedule: { kind: "power-law", rate: 0.5, exponent: EXPONENT, offset: 1 },
        initialOverlap: INITIAL_OVERLAP,
      },
      method: { kind: "uniform", until, points },
      simulation: { size, samples, seed, step, until },
      report: { times: TIMES, quantities: QUANTITIES },
    },
  };
}
