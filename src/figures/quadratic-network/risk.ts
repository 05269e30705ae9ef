import type { Trajectory } from "../../core/results";
import { simulateConfig, solveConfig } from "../../systems/calls";
import { seedFor } from "../kit/config";
import { plain } from "../kit/plain";
import { arrange } from "../old/drawing/arrangement";
import type { Figure, FigureResult, FigureTools, Preset, Recipe } from "../old/kit/figure";
import { inTurn } from "../old/kit/in-turn";
import { citationsOf } from "../old/kit/recipe";
import { DIFFUSION, riskDrawing, SHOWN_RUNS, TOLERANCE } from "./risk-drawing";
import { precisionOf, runsFor, runsNote } from "./runs";
import { apartText, type ExitMean, exitMean, quadraticConfig, quadraticPaper } from "./setting";

/** A network that is followed from its plateau to its end. */
export interface RiskCase {
  readonly width: number;
  readonly learningRate: number;
  readonly dimension: number;
  /** m_1 = 1/√d and the same for every run, or random starts, the same for runs and equations. */
  readonly start: "fixed" | "random";
  readonly until: number;
}

/** Sizes of the computation behind the figure. */
export interface RiskSizes {
  readonly cases: readonly RiskCase[];
  /** Standard error of a mean exit time over the mean; sets the numbers of runs. */
  readonly precision: number;
}

const SINGLE = { width: 1, learningRate: 0.1, start: "fixed", until: 4 } as const;
const SEVERAL = { width: 5, learningRate: 1.5, start: "random", until: 4 } as const;
const MANY = { width: 20, learningRate: 6, start: "random", until: 8 } as const;

const SIZES: Record<Preset, RiskSizes> = {
  quick: {
    cases: [
      { ...SINGLE, dimension: 500 },
      { ...SEVERAL, dimension: 300 },
    ],
    precision: precisionOf.quick,
  },
  paper: {
    cases: [
      { ...SINGLE, dimension: 3000 },
      { ...SEVERAL, dimension: 5000 },
      { ...MANY, dimension: 5000 },
    ],
    precision: precisionOf.paper,
  },
};

const LABEL_NOISE = 1e-4;
const THRESHOLD = 0.1;
const TIMES = 80;

/** The risk of SGD along the plateau and off it, with the equations for it. */
export const quadraticRisk: Figure = {
  id: "quadratic-risk",
  title: "Escaping mediocrity: risk of SGD and of the equations",
  paper: `${quadraticPaper}, figures 1 (left) and 2`,
  run: (preset, tools) => riskFigure(SIZES[preset], tools),
};

/** The figure at sizes of one's own. @throws InterruptedError after an abort. */
export async function riskFigure({ cases, precision }: RiskSizes, tools: FigureTools): Promise<FigureResult> {
  const recipes: Recipe[] = [];
  const followed = await inTurn("risk curves", cases, tools, (one) => follow(one, precision, recipes, tools));
  return {
    id: quadraticRisk.id,
    title: quadraticRisk.title,
    paper: quadraticRisk.paper,
    caption:
      `Excess risk against time on the sphere, Δ = ${LABEL_NOISE}: ${followed.map(({ name }) => name).join("; ")}. Thin: single runs of SGD (exact process). ` +
      `Dots: mean over all runs, bars of one standard error. Line: the order-parameter equations, without noise; dashed, for one neuron: mean of the ` +
      `diffusion with the noise of SGD. One neuron starts with m = 1/√d every time, the others at random, equations and runs alike.`,
    panels: [{ name: "Excess risk against time", svg: drawRisks(followed, tools.document) }],
    table: {
      columns: ["network", "process", "runs", `exit time, T = ${THRESHOLD}`, "SE"],
      rows: followed.flatMap(({ name, exits }) =>
        exits.map(({ process, exits, mean, standardError }) => [
          name,
          process,
          exits,
          mean.toFixed(3),
          standardError === 0 ? "–" : standardError.toFixed(3),
        ]),
      ),
    },
    notes: [
      ...followed.flatMap(seen),
      "Noise adds to overlaps that start small: from random starts the runs leave earlier than the equations, which do not have it.",
      "The exact process has the law of SGD at this d; its cost a step does not depend on d.",
      runsNote(precision),
      "For one neuron the start is fixed, and the rule, made for random starts, asks for a few runs too many. Exit times are means over the runs that exit within the time shown.",
      PAPER_COST,
    ],
    data: { threshold: THRESHOLD, labelNoise: LABEL_NOISE, cases: followed },
    recipes,
    citations: citationsOf(recipes[0].config),
  };
}

const PAPER_COST =
  "Paper preset: d = 3000 and 5000, standard errors of 2 %, with 20 neurons too; about 2 minutes on one core, estimated from single runs.";

/** How far the exits of SGD are from those of the diffusion. */
function seen({ name, exits }: Followed): string[] {
  const [, sgd, diffusion] = exits;
  if (!diffusion) return [];
  return [`${name}: SGD leaves ${apartText(sgd, diffusion)}`];
}

interface Exit extends ExitMean {
  readonly process: string;
}

interface Followed {
  readonly name: string;
  readonly width: number;
  readonly time: number[];
  readonly theory: number[];
  readonly diffusion: number[];
  readonly simulation: number[];
  readonly standardError: number[];
  readonly runs: readonly number[][];
  readonly exits: readonly Exit[];
}

async function follow(
  one: RiskCase,
  precision: number,
  recipes: Recipe[],
  { options }: FigureTools,
): Promise<Followed> {
  const { width, learningRate, dimension, start, until } = one;
  const name = `p = ${width}, γ = ${learningRate}, d = ${dimension}`;
  const isFixed = start === "fixed";
  const overlap = Array.from({ length: width }, (_, j) => (j === 0 ? 1 / Math.sqrt(dimension) : 0));
  const initial = isFixed ? { overlap } : "random";
  const setting = { width, learningRate, labelNoise: LABEL_NOISE, dimension, threshold: THRESHOLD };
  const samples = runsFor(setting, precision);
  const source = quadraticConfig({ ...setting, initial });
  const times = Array.from({ length: TIMES + 1 }, (_, k) => (k * until) / TIMES);
  const report = { times, quantities: ["excessRisk", "exitTime"] };
  const config = {
    ...source,
    // A random start belongs to its number under the seed: both take the same ones.
    method: { kind: "ode", until, tolerance: TOLERANCE, samples, seed: seedFor(`risk, ${name}`) },
    simulation: { samples, seed: seedFor(`risk, ${name}`), until },
    report,
  };
  recipes.push({ label: `${name}, equations and SGD`, verb: "compare", config });
  const theory = await solveConfig(config, options);
  const ensemble = await simulateConfig(config, options);
  const exits: Exit[] = [
    { process: "equations", ...(isFixed ? certain(theory.events!.exitTime[0]) : exitMean(theory.events)) },
    { process: "SGD", ...exitMean(ensemble.events) },
  ];
  let diffusion: Trajectory | undefined;
  if (width === 1) {
    const noisy = {
      ...source,
      method: { ...DIFFUSION, until, samples, seed: seedFor(`risk, ${name}, diffusion`) },
      report,
    };
    recipes.push({ label: `${name}, diffusion`, verb: "solve", config: noisy });
    const solution = await solveConfig(noisy, options);
    exits.push({ process: "diffusion", ...exitMean(solution.events) });
    diffusion = solution.sample(times);
  }
  const curves = {
    time: times,
    theory: theory.sample(times).series.excessRisk,
    diffusion: diffusion?.series.excessRisk ?? [],
    simulation: ensemble.series.excessRisk,
    standardError: ensemble.standardError.excessRisk,
  };
  const runs = ensemble.curves!.excessRisk.slice(0, SHOWN_RUNS).map((run) => Array.from(run));
  return { name, width, ...plain(curves), runs, exits };
}

/** The exit of equations that have a single start. */
const certain = (time: number) => ({ mean: time, standardError: 0, exits: 1, missing: 0 });

function drawRisks(followed: readonly Followed[], document: Document): string {
  const drawings = followed.map(({ theory, ...curves }) => {
    const description = `Excess risk against time, ${curves.name}: runs of SGD, their mean, and the equations`;
    return riskDrawing(curves.name, description, { ...curves, equations: theory, dotEvery: 8 });
  });
  const description = "Excess risk of SGD against time, single runs and mean, with the equations";
  return arrange(drawings, { columns: 2, rowHeight: 290, description }, document);
}
