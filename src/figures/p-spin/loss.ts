import { curveStatistic } from "../../compare";
import { simulateConfig, solveConfig } from "../../systems/calls";
import { arrange } from "../drawing/arrangement";
import { linearAxis, logAxis } from "../drawing/axis";
import { type Drawing, draw } from "../drawing/drawing";
import { colourOf } from "../drawing/palette";
import { probability } from "../kit/comparison-figure";
import type { Figure, FigureResult, FigureTools, Preset, Recipe } from "../kit/figure";
import { plain } from "../kit/plain";
import { citationsOf, predictConfig, timesBetween } from "../kit/recipe";
import { betas, paper, pSpinParameters, scheduleNote, scheduleText, seed } from "./setting";

/** Sizes of the computation behind the figure. */
export interface LossSizes {
  /** Theory: last time and number of steps. */
  readonly until: number;
  readonly points: number;
  /** Finite system: spins, samples, step and last time. */
  readonly size: number;
  readonly samples: number;
  readonly step: number;
  readonly simulatedUntil: number;
}

const SIZES: Record<Preset, LossSizes> = {
  quick: { until: 100, points: 400, size: 64, samples: 24, step: 0.1, simulatedUntil: 12 },
  paper: { until: 1000, points: 4000, size: 150, samples: 100, step: 0.05, simulatedUntil: 20 },
};

const FIRST_TIME = 0.1;
const EARLIEST_SHOWN = 0.2;

/** Loss curves of the 3-spin model for several decay exponents: theory to late times, finite system at early ones. */
export const pSpinLoss: Figure = {
  id: "p-spin-loss",
  title: "Loss of the 3-spin model under power-law schedules",
  paper: `${paper}, figure 4`,
  run: (preset, tools) => lossFigure(SIZES[preset], tools),
};

/** The figure at sizes of one's own. @throws InterruptedError after an abort. */
export async function lossFigure(sizes: LossSizes, tools: FigureTools): Promise<FigureResult> {
  const { options, document } = tools;
  const recipes: Recipe[] = [];
  const curves: BetaCurves[] = [];
  for (const beta of betas) {
    const { theory, simulation } = configs(beta, sizes);
    recipes.push(
      { label: `β = ${beta}, theory`, verb: "solve", config: theory },
      { label: `β = ${beta}, finite system`, verb: "simulate", config: simulation },
    );
    const solution = await solveConfig(theory, options);
    const { time, series } = solution.sample(theory.report.times);
    const ensemble = await simulateConfig(simulation, options);
    const expected = solution.sample(ensemble.time).series.loss;
    const { statistic, pValue } = curveStatistic(expected, ensemble.curves!.loss);
    curves.push({
      beta,
      predictedExponent: Number(await predictConfig(theory, "lossExponent")),
      theory: plain({ time, loss: series.loss, excessLoss: series.excessLoss }),
      finite: plain({
        time: ensemble.time,
        loss: ensemble.series.loss,
        excessLoss: ensemble.series.excessLoss,
        standardError: ensemble.standardError.loss,
      }),
      statistic,
      pValue,
    });
  }
  const threshold = Number(await predictConfig(recipes[0].config, "thresholdLossZero"));
  const excesses = curves.flatMap(({ theory }) => theory.excessLoss);
  const listed = `β = ${betas.join(", ")}`;
  const panels = [
    {
      name: "Theory: loss above the T = 0 threshold",
      svg: draw(
        {
          description: `Loss above the threshold against time, both logarithmic, theory for ${listed}`,
          x: logAxis("time t", [FIRST_TIME, sizes.until], 0),
          y: logAxis("loss per spin above the T = 0 threshold", excesses),
          lines: curves.map(({ beta, theory }, k) => ({
            x: theory.time,
            y: theory.excessLoss,
            colour: colourOf(k),
            label: `β = ${beta}`,
          })),
        },
        document,
      ),
    },
    {
      name: `Theory and finite system, N = ${sizes.size}`,
      svg: arrange(
        curves.map((curve, k) => early(curve, colourOf(k), sizes.simulatedUntil)),
        {
          columns: 2,
          description: `Loss per spin against time for ${listed}; lines: theory, dots: finite system`,
        },
        document,
      ),
    },
  ];
  return {
    id: pSpinLoss.id,
    title: pSpinLoss.title,
    paper: pSpinLoss.paper,
    caption:
      `Spherical 3-spin model at temperature T = 1 from a random start, learning rate ${scheduleText}. Lines: ` +
      `exact equations for N → ∞. Dots: mean over ${sizes.samples} finite systems of N = ${sizes.size} spins, bars ` +
      `of one standard error. β = 0.4 falls fastest: a slower decay leaves too much noise, a faster one stops the clock.`,
    panels,
    table: {
      columns: [
        "β",
        "late exponent, predicted",
        `loss at t = ${sizes.until}, theory`,
        "largest distance / SE",
        "p",
      ],
      rows: curves.map(({ beta, predictedExponent, theory, statistic, pValue }) => [
        beta,
        Number(predictedExponent.toFixed(3)),
        Number(theory.loss[theory.loss.length - 1].toFixed(4)),
        Number(statistic.toFixed(2)),
        probability(pValue),
      ]),
    },
    notes: [
      `The dots are the finite system as it is, not extrapolated: besides the error that the bars show they have a ` +
        `bias of order 1/N = ${(1 / sizes.size).toPrecision(2)}. Every β has the same couplings and starts, so that dots ` +
        `go up and down together, along a curve and from panel to panel. The table gives the largest distance of the ` +
        `dots from the theory and the probability p of so large a one; the agreement figure also takes out the bias.`,
      scheduleNote,
      PAPER_COST,
    ],
    data: { threshold, curves, size: sizes.size, samples: sizes.samples },
    recipes,
    citations: citationsOf(recipes[0].config),
  };
}

interface BetaCurves {
  readonly beta: number;
  readonly predictedExponent: number;
  readonly theory: Record<"time" | "loss" | "excessLoss", number[]>;
  readonly finite: Record<"time" | "loss" | "excessLoss" | "standardError", number[]>;
  readonly statistic: number;
  readonly pValue: number;
}

/** One β at the times that the finite system reaches, on a linear scale. */
function early({ beta, theory, finite }: BetaCurves, colour: string, until: number): Drawing {
  const shown = [...theory.time.keys()].filter(
    (k) => EARLIEST_SHOWN <= theory.time[k] && theory.time[k] <= until,
  );
  const x = shown.map((k) => theory.time[k]);
  const y = shown.map((k) => theory.loss[k]);
  return {
    description: `β = ${beta}`,
    title: `β = ${beta}`,
    x: logAxis("time t", [x[0], until]),
    y: linearAxis("loss per spin", [...y, ...finite.loss]),
    lines: [{ x, y, colour }],
    dots: [{ x: finite.time, y: finite.loss, standardError: finite.standardError, colour }],
  };
}

const PAPER_COST = `Paper preset: theory to t = ${SIZES.paper.until}, N = ${SIZES.paper.size}, ${SIZES.paper.samples} samples; about 20 minutes on one core, estimated from single runs.`;

function configs(beta: number, sizes: LossSizes) {
  const system = "p-spin";
  const parameters = pSpinParameters(3, beta);
  const { until, points, size, samples, step, simulatedUntil } = sizes;
  return {
    theory: {
      system,
      parameters,
      method: { kind: "uniform", until, points },
      report: { times: timesBetween(FIRST_TIME, until, 80) },
    },
    simulation: {
      system,
      parameters,
      simulation: { size, samples, seed, step, until: simulatedUntil },
      report: { times: timesBetween(0.3, simulatedUntil, 12) },
    },
  };
}
