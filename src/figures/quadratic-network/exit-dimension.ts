import { simulateConfig, solveConfig } from "../../systems/calls";
import { colourOf } from "../drawing/palette";
import { seedFor } from "../kit/config";
import { arrange } from "../old/drawing/arrangement";
import { linearAxis, logAxis } from "../old/drawing/axis";
import type { Drawing } from "../old/drawing/drawing";
import type { Figure, FigureResult, FigureTools, Preset, Recipe } from "../old/kit/figure";
import { inTurn } from "../old/kit/in-turn";
import { citationsOf, timesBetween } from "../old/kit/recipe";
import { patience, precisionOf, runsFor, runsNote } from "./runs";
import {
  type ExitFormulas,
  type ExitMean,
  exitFormulas,
  exitMean,
  formulas,
  quadraticConfig,
  quadraticPaper,
} from "./setting";

/** Sizes of the computation behind the figure. */
export interface ExitDimensionSizes {
  /** Dimensions of the exact process; its cost grows as d ln d a run. */
  readonly exact: readonly number[];
  /** Dimensions of the diffusion, whose cost grows only as ln d. */
  readonly diffusion: readonly number[];
  /** Standard error of a mean exit time over the mean; sets the numbers of runs. */
  readonly precision: number;
}

const SIZES: Record<Preset, ExitDimensionSizes> = {
  quick: { exact: [100, 300, 1000], diffusion: [1e3, 3e4, 1e6], precision: precisionOf.quick },
  paper: {
    exact: [100, 300, 1e3, 3e3, 1e4, 3e4, 1e5],
    diffusion: [1e3, 1e4, 1e5, 1e6],
    precision: precisionOf.paper,
  },
};

/** Learning rates a little below the optimal 1/12 and 0.4. */
const NETWORKS = [
  { width: 1, learningRate: 0.08 },
  { width: 2, learningRate: 0.3 },
] as const;
const THRESHOLD = 0.1;
const DIMENSIONS = [100, 1e6] as const;
const FORMULAS = ["annealed", "quenched", "shifted"] as const;
const DIFFUSION = { scheme: "weak2", step: 0.1 };

/** Exit time against dimension over four decades, and how far the formulas are right. */
export const quadraticExitDimension: Figure = {
  id: "quadratic-exit-dimension",
  title: "Escaping mediocrity: exit time against dimension",
  paper: quadraticPaper,
  run: (preset, tools) => exitDimensionFigure(SIZES[preset], tools),
};

interface Measured extends ExitMean {
  readonly process: "exact" | "diffusion";
  readonly dimension: number;
  readonly formulas: ExitFormulas;
}

interface Scan extends Readonly<Record<"width" | "learningRate", number>> {
  readonly curves: Readonly<Record<keyof ExitFormulas, { dimension: number[]; time: number[] }>>;
  readonly measured: readonly Measured[];
}

/** The figure at sizes of one's own. @throws InterruptedError after an abort. */
export async function exitDimensionFigure(
  sizes: ExitDimensionSizes,
  tools: FigureTools,
): Promise<FigureResult> {
  const recipes: Recipe[] = [];
  const scans = await inTurn("exit times", NETWORKS, tools, (network) =>
    scan(network, sizes, recipes, tools),
  );
  const missing = scans.flatMap(({ measured }) => measured).reduce((sum, one) => sum + one.missing, 0);
  return {
    id: quadraticExitDimension.id,
    title: quadraticExitDimension.title,
    paper: quadraticPaper,
    caption:
      `Time until the excess risk of SGD on the sphere has fallen by a tenth (T = ${THRESHOLD}), from random starts without label noise, against ` +
      `the dimension d: one neuron at γ = ${NETWORKS[0].learningRate} and two at γ = ${NETWORKS[1].learningRate}. Dots: the exact process of the order parameters. ` +
      `Rings: the diffusion with the noise of SGD, where the process takes too many steps. Bars of one standard error. Lines: the annealed and ` +
      `quenched formulas of the paper, and the quenched one with the noise that SGD collects on its way (shifted).`,
    panels: [{ name: "Exit time against dimension", svg: drawScans(scans, tools.document) }],
    table: {
      columns: ["p", "d", "process", "runs", "exit time", "SE", ...FORMULAS],
      rows: scans.flatMap(({ width, measured }) =>
        measured.map(({ dimension, process, exits, mean, standardError, formulas }) => [
          width,
          dimension,
          process,
          exits,
          mean.toFixed(3),
          standardError.toFixed(3),
          ...FORMULAS.map((name) => formulas[name]?.toFixed(3) ?? "none"),
        ]),
      ),
    },
    notes: [
      "All formulas grow as ln d/(2ω_m); they differ by constants. In steps, pd/γ to a unit of time, the exit takes of the order d ln d.",
      "Noise is no small correction: it and the overlap of a random start are of the same order 1/√d at any d, so that its gain in time does not go away with d.",
      "For two neurons the quenched formula has no value at the smaller d, where some starts lie beyond its linearisation.",
      "For one neuron the shifted formula also counts the saturation of the growth before T.",
      ...(missing > 0 ? [`Left out of the means: ${missing} runs without an exit.`] : []),
      runsNote(sizes.precision),
      `The diffusion is of weak order 2 with steps of ${DIFFUSION.step}. ${PAPER_COST}`,
    ],
    data: { threshold: THRESHOLD, scans },
    recipes,
    citations: citationsOf(recipes[0].config),
  };
}

const PAPER_COST =
  "Paper preset: the exact process up to d = 100,000, standard errors of 2 %; about 10 minutes on one core, estimated from single runs.";

async function scan(
  network: (typeof NETWORKS)[number],
  { exact, diffusion, precision }: ExitDimensionSizes,
  recipes: Recipe[],
  { options }: FigureTools,
): Promise<Scan> {
  const { width, learningRate } = network;
  const settingAt = (dimension: number) => ({ ...network, labelNoise: 0, threshold: THRESHOLD, dimension });
  const measured: Measured[] = [];
  recipes.push(formulas(`p = ${width}, d = ${DIMENSIONS[0]}`, settingAt(DIMENSIONS[0])));
  const measure = async (process: Measured["process"], dimension: number) => {
    const setting = settingAt(dimension);
    const found = await exitFormulas(setting);
    const label = `p = ${width}, d = ${dimension}, ${process}`;
    const run = {
      samples: runsFor(setting, precision),
      seed: seedFor(`exit dimension, ${label}`),
      until: found.annealed! + patience(setting),
    };
    const source = { ...quadraticConfig(setting), report: { quantities: ["exitTime"] } };
    if (process === "exact") {
      const config = { ...source, simulation: run };
      recipes.push({ label, verb: "simulate", config });
      const { events } = await simulateConfig(config, options);
      measured.push({ process, dimension, formulas: found, ...exitMean(events) });
    } else {
      const config = { ...source, method: { kind: "sde", ...DIFFUSION, ...run } };
      recipes.push({ label, verb: "solve", config });
      const { events } = await solveConfig(config, options);
      measured.push({ process, dimension, formulas: found, ...exitMean(events) });
    }
  };
  for (const dimension of exact) await measure("exact", dimension);
  for (const dimension of diffusion) await measure("diffusion", dimension);
  const empty = () => ({ dimension: [] as number[], time: [] as number[] });
  const curves = { annealed: empty(), quenched: empty(), shifted: empty() };
  for (const wanted of timesBetween(...DIMENSIONS, 17)) {
    const dimension = Math.round(wanted);
    const found = await exitFormulas(settingAt(dimension));
    for (const name of FORMULAS) {
      const time = found[name];
      if (time === null) continue;
      curves[name].dimension.push(dimension);
      curves[name].time.push(time);
    }
  }
  return { width, learningRate, curves, measured };
}

function drawScans(scans: readonly Scan[], document: Document): string {
  const drawings = scans.map(({ width, curves, measured }): Drawing => {
    const values = [
      ...FORMULAS.flatMap((name) => curves[name].time),
      ...measured.map(({ mean, standardError }) => mean + standardError),
    ];
    const dots = (process: Measured["process"]) => {
      const those = measured.filter((one) => one.process === process);
      return {
        x: those.map(({ dimension }) => dimension),
        y: those.map(({ mean }) => mean),
        standardError: those.map(({ standardError }) => standardError),
        colour: colourOf(3),
        hollow: process === "diffusion",
      };
    };
    return {
      title: `p = ${width}`,
      description: `Exit time against dimension for p = ${width}, with formulas`,
      x: logAxis("dimension d", DIMENSIONS),
      y: linearAxis("exit time t", [0, ...values]),
      lines: FORMULAS.map((name, k) => ({
        x: curves[name].dimension,
        y: curves[name].time,
        colour: colourOf(k),
        label: name,
        dashed: name !== "shifted",
      })),
      dots: [dots("exact"), dots("diffusion")],
    };
  });
  const description =
    "Exit time against dimension from 100 to a million, for one and two neurons, with the formulas";
  return arrange(drawings, { columns: 2, rowHeight: 300, description }, document);
}
