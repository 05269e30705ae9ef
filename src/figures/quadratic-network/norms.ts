import { mean, standardError } from "../../numerics/statistics";
import { normPlateau } from "../../theory/quadratic-network";
import { linear, log, time as timeAxis } from "../drawing/axis";
import type { Drawing } from "../drawing/drawing";
import { theory as line, measured } from "../drawing/marks";
import { colourOf } from "../drawing/palette";
import { seedFor, timesUntil } from "../kit/config";
import { figure } from "../kit/figure";
import type { Lab } from "../kit/lab";
import { fixed, table } from "../kit/table";
import { paper, quadratic } from "./setting";

/** γ/p. */
const SHARE = 0.04;
const TIMES = 60;
const TOLERANCE = 1e-8;

/** Without the sphere: the norms settle first, the risk falls a little to a plateau, and only then comes the exit. */
export const norms = figure({
  id: "quadratic-norms",
  title: "Escaping mediocrity: norm learning off the sphere",
  paper: `${paper}, App. B`,

  presets: {
    quick: { widths: [2, 5], dimension: 2000, samples: 5, until: 2 },
    standard: { widths: [2, 5], dimension: 10000, samples: 20, until: 2.5 },
    paper: { widths: [2, 5, 20], dimension: 30000, samples: 30, until: 2.5 },
  },
  cost: { quick: 1.9, standard: 11, paper: 600 },
  sizesText: ({ widths, dimension, samples }) =>
    `p = ${widths.join(", ")} at d = ${dimension}, ${samples} runs`,

  async compute(lab, sizes) {
    const panels = await lab.parts(sizes.widths, (width, inner) => follow(inner, width, sizes), {
      cost: (width) => width ** 2,
    });
    return { dimension: sizes.dimension, samples: sizes.samples, panels };
  },

  show({ dimension, samples, panels }) {
    const rows = (["norm", "risk", "overlap"] as const).flatMap((what) =>
      panels.map((panel) => drawingOf(panel, what)),
    );
    return {
      caption:
        `A network without the constraint |w_j|² = d, from random vectors, γ = ${SHARE} p, d = ${dimension}, no label noise: mean squared norm Q_jj, excess risk and largest overlap against time, ` +
        `${panels.map(({ width }) => `p = ${width}`).join(" and ")}. Lines: the equations without noise; dots: SGD (exact process), both means over the same ${samples} starts, bars of one standard error. ` +
        `Dotted: the norm and the risk at which a network without any overlap would stay. First the norms go there, and the risk falls a little; the overlaps are still small, and when they have grown the risk falls for good.`,
      panels: {
        "Norms, risk and overlap against time": {
          description:
            "Mean squared norm, excess risk and largest overlap against time, with the plateau of norm learning",
          columns: panels.length,
          rowHeight: 250,
          drawings: rows,
        },
      },
      table: table(panels, [
        ["p", ({ width }) => width],
        ["Q_jj at the start", ({ curves: { norm } }) => norm.theory[0], 3],
        ["norm on the plateau", ({ plateau }) => plateau.norm, 3],
        ["nearest, equations", ({ curves: { norm } }) => Math.min(...norm.theory), 3],
        ["risk at the start", ({ curves: { risk } }) => risk.theory[0], 3],
        ["risk on the plateau", ({ plateau }) => plateau.excessRisk, 3],
        ["risk then", ({ curves: { risk, norm } }) => risk.theory[lowest(norm.theory)], 3],
        ["largest overlap then", ({ curves: { overlap, norm } }) => overlap.theory[lowest(norm.theory)], 3],
      ]),
      notes: [
        ...panels.map(
          ({ width, plateau, curves: { risk } }) =>
            `p = ${width}: norm learning alone lowers the risk by ${fixed((100 * (risk.theory[0] - plateau.excessRisk)) / risk.theory[0], 0)} %.`,
        ),
        "The paper names norm learning as the reason to keep the weights on the sphere, and draws no figure of it.",
        "The larger d, the later the overlaps grow, and the closer the norms come to the plateau.",
        "Off the sphere |m_j| may be above 1: m_j is w_j·w_*/d, and with other neurons at work Q_jj ends above 1.",
      ],
    };
  },
});

type Sizes = Record<"dimension" | "samples" | "until", number>;

async function follow(lab: Lab, width: number, { dimension, samples, until }: Sizes) {
  const time = timesUntil(until, TIMES);
  const setting = { width, learningRate: SHARE * width, labelNoise: 0 };
  const run = { samples, seed: seedFor(`norms, p = ${width}`), until };
  const report = { times: time, quantities: ["excessRisk", "maxOverlap", "correlation"] };
  const { theory, ensemble } = await lab.both(
    `p = ${width}, off the sphere`,
    quadratic(
      { ...setting, dimension, constraint: "none" },
      { method: { kind: "ode", tolerance: TOLERANCE, ...run }, simulation: run, report },
    ),
  );
  const solved = theory.sample(time).series;
  const neurons = Array.from({ length: width }, (_, j) => `correlation[${j},${j}]`);
  /** Mean over some series of a run, and over the runs. */
  const curveOf = (names: readonly string[]) => {
    const runs = time.map((_, k) =>
      Array.from({ length: samples }, (_, i) => mean(names.map((name) => ensemble.curves![name][i][k]))),
    );
    return {
      theory: time.map((_, k) => mean(names.map((name) => solved[name][k]))),
      simulation: runs.map(mean),
      standardError: runs.map((values) => standardError(values)),
    };
  };
  const curves = {
    norm: curveOf(neurons),
    risk: curveOf(["excessRisk"]),
    overlap: curveOf(["maxOverlap"]),
  };
  return { width, time, plateau: normPlateau(setting)!, curves };
}

type Panel = Awaited<ReturnType<typeof follow>>;

const lowest = (values: readonly number[]) => values.indexOf(Math.min(...values));

const AXES = {
  norm: linear("mean Q_jj"),
  risk: linear("excess risk R − Δ/2"),
  overlap: log("largest |m_j|"),
};

function drawingOf({ width, time, plateau, curves }: Panel, what: keyof typeof AXES): Drawing {
  const { theory, simulation, standardError } = curves[what];
  const level = { norm: plateau.norm, risk: plateau.excessRisk, overlap: undefined }[what];
  return {
    title: `p = ${width}`,
    x: timeAxis,
    y: { ...AXES[what], holds: [level ?? 1] },
    legend: what === "risk" ? "bottom-left" : "top-left",
    marks: [
      line(time, theory, { colour: colourOf(0), label: "equations" }),
      measured(time, simulation, { every: 4, standardError, colour: colourOf(3), label: "SGD, mean" }),
    ],
    ...(level !== undefined && { levels: [{ value: level, label: "" }] }),
  };
}
