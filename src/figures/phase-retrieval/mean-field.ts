import { compareAsync, type QuantityComparison } from "../../compare";
import type { Ensemble, Solution } from "../../core/results";
import { simulateConfig, solveConfig } from "../../systems/calls";
import { colourOf } from "../drawing/palette";
import { seedFor } from "../kit/config";
import { plain } from "../kit/plain";
import { probability } from "../kit/table";
import { arrange } from "../old/drawing/arrangement";
import { linearAxis } from "../old/drawing/axis";
import type { Drawing, Line } from "../old/drawing/drawing";
import type { Figure, FigureResult, FigureTools, Panel, Preset, Recipe } from "../old/kit/figure";
import { type ConfigSource, citationsOf } from "../old/kit/recipe";
import { phasePaper } from "./phase-figure";
import { WARM } from "./runs";

/** Sizes of the computation behind the figure. */
export interface MeanFieldSizes {
  readonly learningRate: number;
  /** Last time t. */
  readonly until: number;
  /** Of the theory: trajectories of the effective process in an iteration, iterations, independent runs. */
  readonly trajectories: number;
  readonly iterations: number;
  readonly runs: number;
  /** Of the finite system: dimension N, and runs. */
  readonly size: number;
  readonly samples: number;
}

const SIZES: Record<Preset, MeanFieldSizes> = {
  quick: {
    learningRate: 0.02,
    until: 0.6,
    trajectories: 384,
    iterations: 24,
    runs: 4,
    size: 200,
    samples: 40,
  },
  paper: {
    learningRate: 0.01,
    until: 1,
    trajectories: 1024,
    iterations: 100,
    runs: 8,
    size: 1000,
    samples: 500,
  },
};

/** What is compared, and as what it is drawn. */
const QUANTITIES = [
  { name: "meanSquaredError", label: "error", colour: colourOf(1) },
  { name: "overlap", label: "m", colour: colourOf(0) },
  { name: "trainingLoss", label: "loss", colour: colourOf(2) },
] as const;

/** Shares of the time at which theory and finite system are compared; rounded to steps. */
const SHARES = [0.1, 0.2, 0.35, 0.5, 0.75, 1];

const PERSISTENT = { algorithm: "persistent-sgd", batchFraction: 0.5, persistence: 1 };
const RIDGE = { constraint: { ridge: 0.5 } };

interface Case {
  readonly name: string;
  readonly parameters: ConfigSource;
}

/** The drawings of a panel. */
interface Group {
  readonly name: string;
  readonly cases: readonly Case[];
}

const GROUPS: readonly Group[] = [
  {
    name: "Gradient descent on the sphere",
    cases: [{ name: "GD, α = 2, m0 = 0.5", parameters: { sampleRatio: 2, initialOverlap: 0.5 } }],
  },
  {
    name: "Persistent SGD and Langevin dynamics on the sphere",
    cases: [
      { name: "p-SGD", parameters: { ...WARM, ...PERSISTENT } },
      { name: "Langevin, T = 1", parameters: { ...WARM, algorithm: "langevin", temperature: 1 } },
    ],
  },
  {
    name: "With ridge instead of the sphere",
    cases: [
      { name: "GD, ridge λ = 0.5", parameters: { ...WARM, ...RIDGE } },
      { name: "p-SGD, ridge λ = 0.5", parameters: { ...WARM, ...PERSISTENT, ...RIDGE } },
    ],
  },
];

/** Theory of phase retrieval against the finite system for several algorithms, on the sphere and with ridge. */
export const phaseMeanField: Figure = {
  id: "phase-mean-field",
  title: "Phase retrieval: mean-field theory and finite system",
  paper: `${phasePaper}, figures 1 (top), 5 and 6, and App. C`,
  run: (preset, tools) => meanFieldFigure(SIZES[preset], tools),
};

/** The figure at sizes of one's own. @throws InterruptedError after an abort; ConvergenceError. */
export async function meanFieldFigure(sizes: MeanFieldSizes, tools: FigureTools): Promise<FigureResult> {
  const recipes: Recipe[] = [];
  const cases: CaseResult[] = [];
  const panels: Panel[] = [];
  for (const { name, cases: members } of GROUPS) {
    const found: CaseResult[] = [];
    for (const member of members) {
      const recipe = recipeOf(member, sizes);
      recipes.push(recipe);
      found.push(await follow(recipe, tools));
    }
    cases.push(...found);
    panels.push({ name, svg: drawGroup(name, found, tools.document) });
  }
  const { size, samples, runs, learningRate } = sizes;
  return {
    id: phaseMeanField.id,
    title: phaseMeanField.title,
    paper: phaseMeanField.paper,
    caption:
      `Overlap m with the signal, training loss and mean squared error of new measurements, at η = ${learningRate}. Above: gradient descent ` +
      `at α = 2 from m0 = 0.5. All others: α = 3 from m0 = 0.2; persistent SGD has ℓ = 0.5, τ = 1; with ridge the weights start at |w|²/N = 1 + m0². ` +
      `Lines: dynamical mean-field theory for N → ∞, mean of ${runs} independent runs of the iteration, dashed two standard errors above and below. ` +
      `Dots: mean of ${samples} finite systems with N = ${size}, each with data of its own, with bars of one standard error. The table gives the largest ` +
      `distance over a curve in standard errors of both, and the probability p of so large a distance if the theory holds at this N.`,
    panels,
    table: {
      columns: ["system", "quantity", "largest distance / SE", "p"],
      rows: cases.flatMap(({ name, curves }) =>
        curves.map(({ quantity, statistic, pValue }) => [
          name,
          quantity,
          Number(statistic.toFixed(2)),
          probability(pValue),
        ]),
      ),
    },
    notes: [
      `The dots are the finite system as it is, not extrapolated: they have a bias of order 1/N = ${(1 / size).toPrecision(2)}. In m it is about −2/N for gradient descent at t = 1. ` +
        "It is larger in the error, which is concave in m: the overlaps of single runs spread by more than 1/√N, and the error of the mean overlap is above the mean error. More samples make it visible; a larger N takes it away.",
      "The time step of the theory is the learning rate: it is the limit of the discrete algorithm, not only of its flow. Equations (A.21) and (A.23) are corrected against the print.",
      "The theory is itself a mean over random trajectories. What too few iterations leave of the first guess is common to all runs, and not in the dashed lines.",
      "Parameters of persistent SGD are those of figures 2 and 3; Langevin dynamics has the same start, and T = 1.",
      PAPER_COST,
    ],
    data: { size, samples, cases },
    recipes,
    citations: citationsOf(recipes[0].config),
  };
}

const PAPER_COST = `Paper preset: η = ${SIZES.paper.learningRate}, ${SIZES.paper.runs} runs of ${SIZES.paper.iterations} iterations with ${SIZES.paper.trajectories} trajectories; N = ${SIZES.paper.size}, ${SIZES.paper.samples} samples; about 20 minutes of one core, estimated from single runs.`;

function recipeOf({ name, parameters }: Case, sizes: MeanFieldSizes): Recipe {
  const { learningRate, until, trajectories, iterations, runs, size, samples } = sizes;
  const stepsUntil = (share: number) => Math.max(1, Math.round((share * until) / learningRate));
  const times = [...new Set(SHARES.map(stepsUntil))].map((steps) =>
    Number((steps * learningRate).toPrecision(12)),
  );
  return {
    label: name,
    verb: "compare",
    config: {
      system: "phase-retrieval",
      parameters: { ...parameters, learningRate },
      method: {
        kind: "damped",
        until,
        trajectories,
        iterations,
        runs,
        seed: seedFor(`phase mean field, ${name}, theory`),
      },
      simulation: { size, samples, until, seed: seedFor(`phase mean field, ${name}`) },
      report: { times, quantities: QUANTITIES.map(({ name }) => name) },
    },
  };
}

/** A quantity by theory, at every step, and from the finite system, at the times of the report. */
interface CurveResult {
  readonly quantity: string;
  readonly statistic: number;
  readonly pValue: number;
  readonly theory: Record<"time" | "value" | "standardError", number[]>;
  readonly simulation: Record<"time" | "value" | "standardError", number[]>;
}

interface CaseResult {
  readonly name: string;
  readonly curves: readonly CurveResult[];
}

async function follow({ label, config }: Recipe, { options }: FigureTools): Promise<CaseResult> {
  const solution = await solveConfig(config, options);
  const ensemble = onlyShown(await simulateConfig(config, options));
  const { quantities } = await compareAsync(solution, ensemble, options);
  return { name: label, curves: quantities.map((quantity) => curveOf(quantity, solution, ensemble)) };
}

/** The ensemble with the quantities of the figure alone, in their order: each costs a bootstrap. */
function onlyShown(ensemble: Ensemble): Ensemble {
  const shown = QUANTITIES.map(({ name }) => [name, ensemble.series[name]]);
  return { ...ensemble, series: Object.fromEntries(shown) };
}

function curveOf(comparison: QuantityComparison, solution: Solution, ensemble: Ensemble): CurveResult {
  const { quantity, time, simulation, statistic, pValue } = comparison;
  return {
    quantity,
    statistic: statistic!,
    pValue: pValue!,
    theory: plain({
      time: solution.time,
      value: solution.series[quantity],
      standardError: solution.sample(solution.time).standardError![quantity],
    }),
    simulation: plain({ time, value: simulation, standardError: ensemble.standardError[quantity] }),
  };
}

function drawGroup(name: string, cases: readonly CaseResult[], document: Document): string {
  const description = `${name}: overlap, training loss and mean squared error against time, theory and finite system`;
  return arrange(cases.map(drawingOf), { columns: cases.length, rowHeight: 290, description }, document);
}

function drawingOf({ name, curves }: CaseResult): Drawing {
  const styles = curves.map(({ quantity }) => QUANTITIES.find((one) => one.name === quantity)!);
  return {
    title: name,
    description: name,
    x: linearAxis("time t", curves[0].theory.time, 0),
    y: linearAxis("m, loss, error", [
      0,
      ...curves.flatMap(({ theory, simulation }) => [...theory.value, ...simulation.value]),
    ]),
    lines: curves.flatMap(({ theory }, k): Line[] => {
      const { time, value, standardError } = theory;
      const shifted = (errors: number) => value.map((at, i) => at + errors * standardError[i]);
      const { colour, label } = styles[k];
      return [
        { x: time, y: shifted(-2), colour, dashed: true },
        { x: time, y: shifted(2), colour, dashed: true },
        { x: time, y: value, colour, label },
      ];
    }),
    dots: curves.map(({ simulation }, k) => ({
      x: simulation.time,
      y: simulation.value,
      standardError: simulation.standardError,
      colour: styles[k].colour,
    })),
  };
}
