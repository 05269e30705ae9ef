import { mean, standardError } from "../../numerics/statistics";
import { simulateConfig, solveConfig } from "../../systems/calls";
import { colourOf } from "../drawing/palette";
import { seedFor } from "../kit/config";
import { plain } from "../kit/plain";
import { arrange } from "../old/drawing/arrangement";
import { linearAxis } from "../old/drawing/axis";
import type { Drawing } from "../old/drawing/drawing";
import type { Figure, FigureResult, FigureTools, Preset, Recipe } from "../old/kit/figure";
import { inTurn } from "../old/kit/in-turn";
import { citationsOf } from "../old/kit/recipe";
import { quadraticConfig, quadraticPaper } from "./setting";

/** Sizes of the computation behind the figure. */
export interface SecondLayerSizes {
  readonly widths: readonly number[];
  readonly dimension: number;
  readonly samples: number;
  readonly until: number;
}

const SIZES: Record<Preset, SecondLayerSizes> = {
  quick: { widths: [5, 10], dimension: 300, samples: 16, until: 3 },
  paper: { widths: [20, 50], dimension: 1000, samples: 30, until: 4 },
};

/** γ/p; the paper does not print its rate. */
const SHARE = 0.3;
/** Largest overlap at which a network counts as having left; the paper does not print its own. */
const THRESHOLD = 0.3;
const TIMES = 60;
const TOLERANCE = 1e-6;
const LAYERS = ["fixed", "trained"] as const;

/** The largest overlap with the second layer fixed and trained: it matters after the exit, not before. */
export const quadraticSecondLayer: Figure = {
  id: "quadratic-second-layer",
  title: "Escaping mediocrity: training the second layer",
  paper: `${quadraticPaper}, figure 5`,
  run: (preset, tools) => secondLayerFigure(SIZES[preset], tools),
};

interface Curve {
  readonly layer: (typeof LAYERS)[number];
  readonly theory: number[];
  readonly simulation: number[];
  readonly standardError: number[];
  /** By run; null without exit. */
  readonly theoryExits: (number | null)[];
  readonly exits: (number | null)[];
}

interface Panel {
  readonly width: number;
  readonly learningRate: number;
  readonly time: number[];
  readonly curves: readonly Curve[];
}

/** The figure at sizes of one's own. @throws InterruptedError after an abort. */
export async function secondLayerFigure(sizes: SecondLayerSizes, tools: FigureTools): Promise<FigureResult> {
  const { widths, dimension, samples } = sizes;
  const recipes: Recipe[] = [];
  const panels = await inTurn("second layer", widths, tools, (width) => follow(width, sizes, recipes, tools));
  return {
    id: quadraticSecondLayer.id,
    title: quadraticSecondLayer.title,
    paper: quadraticSecondLayer.paper,
    caption:
      `Largest overlap max |m_j| against time with the second layer fixed at a = 1 (blue) and trained (green), on the sphere from random starts, ` +
      `γ = ${SHARE} p, d = ${dimension}, no label noise: ${widths.map((p) => `p = ${p}`).join(" and ")}, whole and around the exit (max |m_j| = ${THRESHOLD}, dotted). Lines: the equations ` +
      `without noise, mean over the starts. Dots: SGD (exact process), mean over ${samples} runs from the same starts, bars of one standard error. ` +
      `Around the exit both do nearly the same; later they part.`,
    panels: [{ name: "Largest overlap against time", svg: drawPanels(panels, tools.document) }],
    table: {
      columns: ["p", "process", "runs", "exit, fixed", "SE", "exit, trained", "SE", "trained − fixed", "SE"],
      rows: panels.flatMap(({ width, curves }) => [
        [width, "equations", ...pairedRow(curves.map(({ theoryExits }) => theoryExits))],
        [width, "SGD", ...pairedRow(curves.map(({ exits }) => exits))],
      ]),
    },
    notes: [
      "The risk is no gauge here: from the first steps on the a_j adapt to the start and lower it, without any overlap.",
      "The second layer learns at the rate γ/d, so that it moves on the same time t as the first.",
      "Fixed and trained runs with one number share their start and their inputs; the difference of their exits is taken run by run, and is known better than either.",
      "SGD leaves before the equations: its noise adds to overlaps that start small.",
      `Numbers of runs and the threshold ${THRESHOLD} were fixed before any run. Paper preset: p = 20 and 50, d = 1000; about 10 minutes on one core, a guess from single runs.`,
    ],
    data: { dimension, samples, threshold: THRESHOLD, panels },
    recipes,
    citations: citationsOf(recipes[0].config),
  };
}

async function follow(
  width: number,
  { dimension, samples, until }: SecondLayerSizes,
  recipes: Recipe[],
  { options }: FigureTools,
): Promise<Panel> {
  const learningRate = SHARE * width;
  const time = Array.from({ length: TIMES + 1 }, (_, k) => (k * until) / TIMES);
  const curves: Curve[] = [];
  for (const layer of LAYERS) {
    // The same words for both layers and for theory: all are to share starts and inputs.
    const run = { samples, seed: seedFor(`second layer, p = ${width}`), until };
    const config = {
      ...quadraticConfig({
        width,
        learningRate,
        dimension,
        trainSecondLayer: layer === "trained",
        exitOn: "maxOverlap",
        threshold: THRESHOLD,
      }),
      method: { kind: "ode", tolerance: TOLERANCE, ...run },
      simulation: run,
      report: { times: time, quantities: ["maxOverlap", "exitTime"] },
    };
    recipes.push({ label: `p = ${width}, second layer ${layer}`, verb: "compare", config });
    const theory = await solveConfig(config, options);
    const ensemble = await simulateConfig(config, options);
    curves.push({
      layer,
      ...plain({
        theory: theory.sample(time).series.maxOverlap,
        simulation: ensemble.series.maxOverlap,
        standardError: ensemble.standardError.maxOverlap,
      }),
      theoryExits: exitsOf(theory.events!.exitTime),
      exits: exitsOf(ensemble.events!.exitTime),
    });
  }
  return { width, learningRate, time, curves };
}

const exitsOf = (times: Float64Array) => Array.from(times, (t) => (Number.isFinite(t) ? t : null));

/** Exits of the runs that leave with either layer: means and the mean difference, with standard errors. */
function pairedRow([fixed, trained]: readonly (number | null)[][]): (string | number)[] {
  const pairs = fixed.flatMap((t, k) => (t === null || trained[k] === null ? [] : [[t, trained[k]]]));
  if (pairs.length < 2) return [pairs.length, "–", "–", "–", "–", "–", "–"];
  const columns = [pairs.map(([a]) => a), pairs.map(([, b]) => b), pairs.map(([a, b]) => b - a)];
  const cells = columns.flatMap((values) => [mean(values).toFixed(3), standardError(values).toFixed(3)]);
  return [pairs.length, ...cells.map((cell) => cell.replace("-", "−"))];
}

function drawPanels(panels: readonly Panel[], document: Document): string {
  const whole = panels.map((panel) => drawing(panel, panel.time, `p = ${panel.width}`));
  const close = panels.map((panel) => {
    const exits = panel.curves.flatMap(({ exits, theoryExits }) => [...exits, ...theoryExits]);
    const centre = mean(exits.map((t) => t ?? panel.time[TIMES]));
    const window = panel.time.filter((t) => t >= 0.2 * centre && t <= 1.6 * centre);
    return drawing(panel, window, `p = ${panel.width}, around the exit`);
  });
  const description =
    "Largest overlap against time, second layer fixed and trained, whole and around the exit";
  const layout = { columns: panels.length, rowHeight: 270, description };
  return arrange([...whole, ...close], layout, document);
}

/** The curves of a panel at some of its times. */
function drawing({ time, curves }: Panel, times: readonly number[], title: string): Drawing {
  const first = time.indexOf(times[0]);
  const part = (values: readonly number[]) => values.slice(first, first + times.length);
  const apart = times.length === time.length ? 4 : 2;
  const every = (values: readonly number[]) => part(values).filter((_, k) => k % apart === 0);
  return {
    title,
    description: `Largest overlap against time, ${title}`,
    x: linearAxis("time t", times, 0),
    y: linearAxis("max |m_j|", [
      0,
      ...curves.flatMap(({ theory, simulation }) => [...part(theory), ...part(simulation)]),
    ]),
    lines: curves.map(({ layer, theory }, k) => ({
      x: times,
      y: part(theory),
      colour: colourOf(k),
      label: layer,
    })),
    dots: curves.map(({ simulation, standardError }, k) => ({
      x: every(time),
      y: every(simulation),
      standardError: every(standardError),
      colour: colourOf(k),
      hollow: k === 1,
    })),
    levels: [{ value: THRESHOLD, label: "" }],
  };
}
