import { createPacer } from "../../core/options";
import type { Events } from "../../core/results";
import { simulateConfig, solveConfig } from "../../systems/calls";
import { colourOf } from "../drawing/palette";
import { seedFor } from "../kit/config";
import { plain } from "../kit/plain";
import { arrange } from "../old/drawing/arrangement";
import { linearAxis } from "../old/drawing/axis";
import type { Drawing } from "../old/drawing/drawing";
import type { Figure, FigureResult, FigureTools, Preset, Recipe } from "../old/kit/figure";
import { citationsOf } from "../old/kit/recipe";
import { DIFFUSION, riskDrawing, SHOWN_RUNS, TOLERANCE } from "./risk-drawing";
import { precisionOf } from "./runs";
import { apartText, exitMean, quadraticConfig, quadraticPaper } from "./setting";

/** Sizes of the computation behind the figure. */
export interface PairSizes {
  readonly dimension: number;
  readonly until: number;
  /** Largest standard error of a fraction of runs; sets the number of runs. */
  readonly precision: number;
}

const SIZES: Record<Preset, PairSizes> = {
  quick: { dimension: 500, until: 2.5, precision: precisionOf.quick },
  paper: { dimension: 3000, until: 3, precision: precisionOf.paper },
};

const NETWORK = { width: 2, learningRate: 0.3, threshold: 0.1 };
const TIMES = 60;

/** Two neurons from one start: what the noise of SGD does to the risk, and to the time of the exit. */
export const quadraticPair: Figure = {
  id: "quadratic-pair",
  title: "Escaping mediocrity: the noise of SGD, two neurons",
  paper: `${quadraticPaper}, figure 3`,
  run: (preset, tools) => pairFigure(SIZES[preset], tools),
};

/** The figure at sizes of one's own. @throws InterruptedError after an abort. */
export async function pairFigure(sizes: PairSizes, tools: FigureTools): Promise<FigureResult> {
  const { dimension, until, precision } = sizes;
  const { options } = tools;
  // A fraction f of n runs has the variance f(1 − f)/n, at most 1/(4n).
  const samples = Math.ceil(1 / (4 * precision ** 2));
  const recipes = recipesOf(sizes, samples);
  const pacer = createPacer("exits of two neurons", recipes.length, options);
  await pacer.pause(0);
  const theory = await solveConfig(recipes[0].config, options);
  const ensemble = await simulateConfig(recipes[0].config, options);
  await pacer.pause(1);
  const diffusion = await solveConfig(recipes[1].config, options);
  const times = timesUntil(until);
  const curves = plain({
    time: times,
    equations: theory.sample(times).series.excessRisk,
    diffusion: diffusion.sample(times).series.excessRisk,
    simulation: ensemble.series.excessRisk,
    standardError: ensemble.standardError.excessRisk,
  });
  const certain = theory.events!.exitTime[0];
  const exits = { sgd: sorted(ensemble.events), diffusion: sorted(diffusion.events) };
  const means = { sgd: exitMean(ensemble.events), diffusion: exitMean(diffusion.events) };
  const runs = ensemble.curves!.excessRisk.slice(0, SHOWN_RUNS).map((run) => Array.from(run));
  const data = { ...NETWORK, dimension, samples, curves, runs, equationsExit: certain, exits };
  const row = (name: string, { mean, standardError, exits }: (typeof means)["sgd"]) => {
    const deviation = standardError * Math.sqrt(exits);
    return [name, exits, mean.toFixed(3), standardError.toFixed(3), deviation.toFixed(3)];
  };
  return {
    id: quadraticPair.id,
    title: quadraticPair.title,
    paper: quadraticPair.paper,
    caption:
      `Two neurons on the sphere at γ = ${NETWORK.learningRate}, d = ${dimension}, no label noise, always from m₁ = m₂ = 1/√d and Q₁₂ = 0. Left: excess risk; thin: ` +
      `single runs of SGD (exact process); dots: mean of ${samples} runs, bars of one standard error; line: the equations without noise; dashed: mean of the diffusion ` +
      `with the noise of SGD. Right: share of runs whose risk has fallen by a tenth, for SGD and for the diffusion; dotted vertical: the equations, which all leave at once. ` +
      `The paper does not print its start.`,
    panels: [{ name: "Risk, and times of exit", svg: drawPair(data, until, tools.document) }],
    table: {
      columns: ["process", "runs that exit", `exit time, T = ${NETWORK.threshold}`, "SE", "spread of a run"],
      rows: [
        ["equations", "–", certain.toFixed(3), "–", "0"],
        row("SGD", means.sgd),
        row("diffusion", means.diffusion),
      ],
    },
    notes: [
      `SGD leaves ${apartText(means.sgd, means.diffusion)}`,
      `From this fixed start the noise spreads the exits by ${Math.round(100 * relativeSpread(means.sgd))} % of their mean, ` +
        `which is ${percentText(means.sgd.mean / certain - 1)} that of the equations.`,
      `Number of runs: ${samples} each, so that no share has a standard error above ${100 * precision} %; fixed before any run. Runs and paths are independent.`,
      `The diffusion is of weak order 2 with steps of ${DIFFUSION.step}. Paper preset: d = 3000, 625 runs; about a minute on one core, estimated from single runs.`,
    ],
    data,
    recipes,
    citations: citationsOf(recipes[0].config),
  };
}

const relativeSpread = ({ mean, standardError, exits }: ReturnType<typeof exitMean>) =>
  (standardError * Math.sqrt(exits)) / mean;

const percentText = (share: number) =>
  `${(100 * Math.abs(share)).toFixed(1)} % ${share < 0 ? "below" : "above"}`;

const timesUntil = (until: number) => Array.from({ length: TIMES + 1 }, (_, k) => (k * until) / TIMES);

function recipesOf({ dimension, until }: PairSizes, samples: number): Recipe[] {
  const overlap = [1 / Math.sqrt(dimension), 1 / Math.sqrt(dimension)];
  const source = quadraticConfig({ ...NETWORK, dimension, initial: { overlap } });
  const report = { times: timesUntil(until), quantities: ["excessRisk", "exitTime"] };
  const run = (name: string) => ({ samples, seed: seedFor(`pair, ${name}`), until });
  return [
    {
      label: "equations and SGD",
      verb: "compare",
      config: {
        ...source,
        method: { kind: "ode", until, tolerance: TOLERANCE },
        simulation: run("SGD"),
        report,
      },
    },
    {
      label: "diffusion",
      verb: "solve",
      config: { ...source, method: { ...DIFFUSION, ...run("diffusion") }, report },
    },
  ];
}

/** Times of the exits there were, ascending. */
function sorted(events: Events | undefined): number[] {
  return Array.from(events!.exitTime.filter(Number.isFinite)).sort((a, b) => a - b);
}

interface PairData {
  readonly samples: number;
  readonly curves: Record<"time" | "equations" | "diffusion" | "simulation" | "standardError", number[]>;
  readonly runs: readonly number[][];
  readonly equationsExit: number;
  readonly exits: Readonly<Record<"sgd" | "diffusion", number[]>>;
}

function drawPair(
  { samples, curves, runs, equationsExit, exits }: PairData,
  until: number,
  document: Document,
): string {
  const description =
    "Excess risk of two neurons against time: runs of SGD, their mean, equations and diffusion";
  const drawings: Drawing[] = [
    riskDrawing("Excess risk", description, { ...curves, runs, dotEvery: 5 }),
    {
      title: "Share of runs that have left",
      description: "Share of runs of SGD and of the diffusion that have left the plateau, against time",
      x: linearAxis("time t", curves.time, 0),
      y: linearAxis("share", [0, 1]),
      lines: [
        {
          ...staircase(exits.diffusion, samples, until),
          colour: colourOf(2),
          dashed: true,
          label: "diffusion",
        },
        { ...staircase(exits.sgd, samples, until), colour: colourOf(3), label: "SGD" },
      ],
      moments: [{ value: equationsExit, label: "equations" }],
    },
  ];
  const layout = {
    columns: 2,
    rowHeight: 300,
    description: "Two neurons: excess risk against time, and the share of runs that have left the plateau",
  };
  return arrange(drawings, layout, document);
}

/** Share of `samples` runs whose time has come, as corners of a staircase from 0 to `until`. */
function staircase(times: readonly number[], samples: number, until: number) {
  const corners = times.flatMap((t, k) => [
    [t, k / samples],
    [t, (k + 1) / samples],
  ]);
  const all = [[0, 0], ...corners, [until, times.length / samples]];
  return { x: all.map(([t]) => t), y: all.map(([, share]) => share) };
}
