import { mean, standardError } from "../../numerics/statistics";
import { linear, log, time as timeAxis } from "../drawing/axis";
import type { Drawing } from "../drawing/drawing";
import { theory as line, measured } from "../drawing/marks";
import { colourOf } from "../drawing/palette";
import { seedFor, timesUntil } from "../kit/config";
import { figure } from "../kit/figure";
import type { Lab } from "../kit/lab";
import { plain } from "../kit/plain";
import { table } from "../kit/table";
import { exitLine } from "./risk-drawing";
import { paper, quadratic } from "./setting";

/** Largest overlap at which a network counts as having left; the paper does not print its own. */
const LEFT = 0.3;
const TIMES = 60;
const TOLERANCE = 1e-6;
const LAYERS = ["fixed", "trained"] as const;

/** The largest overlap with the second layer fixed and trained: it matters after the exit, not before. */
export const secondLayer = figure({
  id: "quadratic-second-layer",
  title: "Escaping mediocrity: training the second layer",
  paper: `${paper}, figure 5`,

  // `share`: γ/p; the paper does not print its rate. At 0.08 wide networks learn, at 0.3 they do not.
  presets: {
    quick: { widths: [5, 20], share: 0.08, dimension: 200, samples: 10, until: 3 },
    standard: { widths: [5, 20, 50], share: 0.08, dimension: 1000, samples: 20, until: 3 },
    paper: { widths: [5, 20, 50], share: 0.08, dimension: 1000, samples: 30, until: 4 },
  },
  cost: { quick: 4.5, standard: 103, paper: 190 },
  sizesText: ({ widths, share, dimension, samples }) =>
    `p = ${widths.join(", ")} at γ = ${share} p, d = ${dimension}, ${samples} runs`,

  async compute(lab, { widths, dimension, samples, ...sizes }) {
    const panels = await lab.parts(
      widths,
      (width, inner) => follow(inner, { width, dimension, samples, ...sizes }),
      { cost: (width) => width ** 2, calls: LAYERS.length },
    );
    return { dimension, samples, threshold: LEFT, panels };
  },

  show({ dimension, samples, panels }, { share }) {
    const rows = panels.flatMap(({ width, curves }) => [
      { width, process: "equations", pairs: pairsOf(curves.map(({ theoryExits }) => theoryExits)) },
      { width, process: "SGD", pairs: pairsOf(curves.map(({ exits }) => exits)) },
    ]);
    const meanOf = (pairs: readonly Pair[], of: (pair: Pair) => number) =>
      pairs.length < 2
        ? { mean: null, standardError: null }
        : { mean: mean(pairs.map(of)), standardError: standardError(pairs.map(of)) };
    return {
      caption:
        `Largest overlap max |m_j| against time with the second layer fixed at a = 1 (blue) and trained (green), on the sphere from random starts, ` +
        `γ = ${share} p, d = ${dimension}, no label noise: ${panels.map(({ width }) => `p = ${width}`).join(" and ")}, whole and around the exit (max |m_j| = ${LEFT}, dotted). Lines: the equations ` +
        `without noise, mean over the starts. Dots: SGD (exact process), mean over ${samples} runs from the same starts, bars of one standard error. ` +
        `Dots lie ahead of the lines: the noise of SGD adds to overlaps that start small. Dashed verticals: mean exit of SGD. Below: the excess risk. Up to the exit both layers do nearly the same; later the risks part, by the ` +
        `equations ${panels.map((panel) => `up to a factor of ${partsBy(panel).toFixed(1)} at p = ${panel.width}`).join(" and ")}.`,
      panels: {
        "Largest overlap against time": {
          description:
            "Largest overlap against time, second layer fixed and trained, whole and around the exit",
          columns: panels.length,
          rowHeight: 270,
          drawings: [...panels.map((panel) => drawingOf(panel)), ...panels.map(aroundExit)],
        },
        "Excess risk against time": {
          description: "Excess risk against time, second layer fixed and trained",
          columns: panels.length,
          rowHeight: 270,
          drawings: panels.map(riskOf),
        },
      },
      table: table(rows, [
        ["p", ({ width }) => width],
        ["process", ({ process }) => process],
        ["runs", ({ pairs }) => pairs.length],
        [["exit, fixed", "SE"], ({ pairs }) => meanOf(pairs, ([fixed]) => fixed), 3],
        [["exit, trained", "SE"], ({ pairs }) => meanOf(pairs, ([, trained]) => trained), 3],
        [["trained − fixed", "SE"], ({ pairs }) => meanOf(pairs, ([fixed, trained]) => trained - fixed), 3],
      ]),
      notes: [
        "The risk is no gauge of the exit here: from the first steps on the a_j adapt to the start and lower it, without any overlap.",
        "The second layer learns at the rate γ/d, so that it moves on the same time t as the first.",
        "Fixed and trained runs with one number share their start and their inputs; the difference of their exits is taken run by run, and is known better than either.",
        `Numbers of runs and the threshold ${LEFT} were fixed before any run.`,
      ],
    };
  },
});

type Network = Record<"width" | "share" | "dimension" | "samples" | "until", number>;

async function follow(lab: Lab, { width, share, dimension, samples, until }: Network) {
  const learningRate = share * width;
  const time = timesUntil(until, TIMES);
  const curves = [];
  for (const layer of LAYERS) {
    // The same words for both layers and for theory: all are to share starts and inputs.
    const run = { samples, seed: seedFor(`second layer, p = ${width}`), until };
    const trained = { trainSecondLayer: layer === "trained", exitOn: "maxOverlap", threshold: LEFT };
    const config = quadratic(
      { width, learningRate, dimension, ...trained },
      {
        method: { kind: "ode", tolerance: TOLERANCE, ...run },
        simulation: run,
        report: { times: time, quantities: ["maxOverlap", "excessRisk", "exitTime"] },
      },
    );
    const { theory, ensemble } = await lab.both(`p = ${width}, second layer ${layer}`, config);
    const solved = theory.sample(time).series;
    const curveOf = (name: string) =>
      plain({
        theory: solved[name],
        simulation: ensemble.series[name],
        standardError: ensemble.standardError[name],
      });
    curves.push({
      layer,
      ...curveOf("maxOverlap"),
      risk: curveOf("excessRisk"),
      theoryExits: exitsOf(theory.events!.exitTime),
      exits: exitsOf(ensemble.events!.exitTime),
    });
  }
  return { width, learningRate, time, curves };
}

type Panel = Awaited<ReturnType<typeof follow>>;
type Curve = Readonly<Record<"theory" | "simulation" | "standardError", readonly number[]>>;
type Pair = readonly [fixed: number, trained: number];

/** By run; null without exit. */
const exitsOf = (times: Float64Array) => Array.from(times, (t) => (Number.isFinite(t) ? t : null));

/** Largest ratio of the two risks of the equations, the larger over the smaller. */
const partsBy = ({ curves: [fixed, trained] }: Panel) =>
  Math.max(
    ...trained.risk.theory.map((risk, k) => Math.exp(Math.abs(Math.log(risk / fixed.risk.theory[k])))),
  );

/** Exits of the runs that leave with either layer. */
const pairsOf = ([fixed, trained]: readonly (number | null)[][]): Pair[] =>
  fixed.flatMap((t, k) => (t === null || trained[k] === null ? [] : [[t, trained[k]] as const]));

/** Lines and dots of both layers; the dots of the second are rings. */
const marksOf = ({ time, curves }: Panel, of: (curve: Panel["curves"][number]) => Curve, every: number) =>
  curves.flatMap((curve, k) => {
    const { theory, simulation, standardError } = of(curve);
    return [
      line(time, theory, { colour: colourOf(k), label: curve.layer }),
      measured(time, simulation, { every, standardError, colour: colourOf(k), hollow: k === 1 }),
    ];
  });

function drawingOf(panel: Panel, around?: readonly [number, number]): Drawing {
  const exits = panel.curves.map(({ exits }) => mean(exits.filter((t) => t !== null)));
  return {
    title: `p = ${panel.width}${around ? ", around the exit" : ""}`,
    x: linear("time t", { padding: 0, ends: around }),
    y: linear("max |m_j|", { holds: [0] }),
    marks: [
      ...exits.map((t, k) => exitLine(t, LEFT, colourOf(k))),
      ...marksOf(panel, (curve) => curve, around ? 1 : 4),
    ],
    levels: [{ value: LEFT, label: "" }],
    legend: around ? "top-left" : "bottom-right",
  };
}

function aroundExit(panel: Panel): Drawing {
  const exits = panel.curves.flatMap(({ exits, theoryExits }) => [...exits, ...theoryExits]);
  const centre = mean(exits.map((t) => t ?? panel.time[TIMES]));
  return drawingOf(panel, [0.2 * centre, Math.min(1.6 * centre, panel.time[TIMES])]);
}

const riskOf = (panel: Panel): Drawing => ({
  title: `p = ${panel.width}`,
  x: timeAxis,
  y: log("excess risk"),
  marks: marksOf(panel, ({ risk }) => risk, 4),
  legend: "bottom-left",
});
