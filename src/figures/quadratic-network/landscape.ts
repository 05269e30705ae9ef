import type { Trajectory } from "../../core/results";
import { criticalPoints, populationRisk } from "../../theory/quadratic-network";
import { sphereHessianEigenvalues } from "../../theory/quadratic-network/critical-points";
import { linear } from "../drawing/axis";
import { theory as line, measured } from "../drawing/marks";
import { colourOf } from "../drawing/palette";
import { seedFor, timesUntil } from "../kit/config";
import { figure } from "../kit/figure";
import { fixed, table } from "../kit/table";
import { paper, quadratic } from "./setting";

/** Half the width of the map, and its height. */
const REACH = 1.3;
/** A low rate, so that the paths are near those of gradient descent. */
const LEARNING_RATE = 0.02;
const UNTIL = 2.5;
const TIMES = 100;
/** Every how many of the times a path carries a dot. */
const BEAT = 10;
const LEVELS = Array.from({ length: 16 }, (_, k) => 0.25 * (k + 1));
const OVERLAPS = Array.from({ length: 41 }, (_, k) => (k - 20) / 20);
const COLOURS = { none: colourOf(0), sphere: colourOf(2) } as const;
// Minima and origin come with either constraint; the equator is the top of the circle.
const PLACES = [
  { x: 0, y: 0, text: "max." },
  { x: 0, y: Math.sqrt(1 / 3), text: "saddle" },
  { x: 0, y: 1, text: "equator" },
  { x: 1, y: 0, text: "min." },
  { x: -1, y: 0, text: "min." },
];

/** The risk of one neuron over the plane of target and weights, its critical points, and the way of SGD in it. */
export const landscape = figure({
  id: "quadratic-landscape",
  title: "Escaping mediocrity: the landscape of one neuron",
  paper: `${paper}, figure 4 and App. H`,

  // Cells of the map along the target, half as many across; runs of SGD for each constraint, at least 2.
  presets: {
    quick: { columns: 80, dimension: 300, samples: 3 },
    standard: { columns: 120, dimension: 1000, samples: 4 },
    paper: { columns: 200, dimension: 3000, samples: 5 },
  },
  cost: { quick: 1, standard: 1.1, paper: 2 },
  sizesText: ({ columns, dimension, samples }) =>
    `map of ${columns} by ${columns / 2} cells, d = ${dimension}, ${samples} runs`,

  async compute(lab, { columns, dimension, samples }) {
    const times = timesUntil(UNTIL, TIMES);
    const cases = await lab.parts(["none", "sphere"] as const, async (constraint, inner) => {
      const network = { learningRate: LEARNING_RATE, constraint, dimension };
      const label = constraint === "sphere" ? "on the sphere" : "without constraint";
      const config = quadratic(
        { ...network, initial: { overlap: [1 / Math.sqrt(dimension)] } },
        {
          method: { kind: "ode", until: UNTIL },
          simulation: { samples, seed: seedFor(`landscape, ${label}`), until: UNTIL },
          report: { times, quantities: ["overlap", "correlation"] },
        },
      );
      await inner.predict(quadratic(network), `${label}, formulas`);
      const { theory, ensemble } = await inner.both(`${label}, equations and SGD`, config);
      const curves = ensemble.curves!;
      return {
        constraint,
        equations: pathOf(theory.sample(times).series),
        runs: curves["overlap[0]"].map((overlap, k) =>
          pathOf({ "overlap[0]": overlap, "correlation[0,0]": curves["correlation[0,0]"][k] }),
        ),
        critical: criticalPoints(constraint),
      };
    });
    const sphere = {
      overlap: OVERLAPS,
      risk: OVERLAPS.map((overlap) => populationRisk({ overlap, norm: 1 })),
      towards: OVERLAPS.map((overlap) => sphereHessianEigenvalues(overlap)[0]),
      around: OVERLAPS.map((overlap) => sphereHessianEigenvalues(overlap)[1]),
    };
    return { map: mapOf(columns), sphere, cases };
  },

  show({ map, sphere, cases }, { dimension }) {
    const start = 1 / Math.sqrt(dimension);
    return {
      caption:
        `Population risk of one neuron (no label noise, |w_*| = 1). Above: over the component m of the weights w along the target w_* and the length of the ` +
        `rest; the darker, the higher; lines of equal risk every ${LEVELS[0]} up to ${LEVELS[LEVELS.length - 1]}. A random start is near (0, 1). Without constraint (blue) the weights first shrink towards the saddle, ` +
        `then turn to the target; on the sphere (orange) they stay on the circle. Lines: the equations at γ = ${LEARNING_RATE}, d = ${dimension}, with a dot every ` +
        `${(BEAT * UNTIL) / TIMES} in t; thin: runs of SGD (exact process). Rings: critical points. Below: along the sphere the risk, and the two different ` +
        `eigenvalues of its Hessian. The paper's figure 4 is a sketch of the sphere; this is the computed landscape.`,
      panels: {
        "Risk over the plane of weights and target": {
          description: "Map of the risk of one neuron with its critical points and the paths of SGD",
          // The same scale along both axes.
          rowHeight: 360,
          x: linear("component along the target, m", { ends: [-REACH, REACH] }),
          y: linear("length of the rest", { ends: [0, REACH] }),
          field: {
            values: map.risk,
            columns: map.columns,
            x: map.along,
            y: map.across,
            levels: LEVELS,
            colour: colourOf(4),
          },
          marks: [
            line(...circle(), { colour: "currentColor", dashed: true }),
            ...cases.flatMap(({ runs }) =>
              runs.map(({ along, across }) => line(along, across, { colour: "rgba(128,128,128,0.9)" })),
            ),
            ...cases.flatMap(({ constraint, equations: { along, across } }) => [
              line(along, across, { colour: COLOURS[constraint] }),
              measured(along, across, { every: BEAT, colour: COLOURS[constraint] }),
            ]),
            measured(
              PLACES.map(({ x }) => x),
              PLACES.map(({ y }) => y),
              { colour: colourOf(3), hollow: true },
            ),
          ],
          notes: PLACES.map(({ x, y, text }) => ({
            x: x - 0.01,
            y: y + 0.05,
            text,
            anchor: x < 0 ? "start" : "end",
          })),
        },
        "Risk and curvature along the sphere": {
          description: "Risk and eigenvalues of its Hessian along the sphere against the overlap",
          rowHeight: 300,
          x: linear("overlap m", { padding: 0 }),
          y: linear("risk, eigenvalues"),
          marks: [
            line(sphere.overlap, sphere.risk, { colour: colourOf(3), label: "risk" }),
            line(sphere.overlap, sphere.around, {
              colour: colourOf(1),
              dashed: true,
              label: "d − 2 others",
            }),
            line(sphere.overlap, sphere.towards, {
              colour: colourOf(0),
              dashed: true,
              label: "to the target",
            }),
          ],
          moments: [{ value: start, label: "" }],
          notes: [{ x: start, y: 2.6, text: "random start, 1/√d", anchor: "start" }],
        },
      },
      table: table(
        cases.flatMap(({ constraint, critical }) => critical.map((point) => ({ constraint, ...point }))),
        [
          ["constraint", ({ constraint }) => constraint],
          ["critical point", ({ name }) => name],
          ["m", ({ overlap }) => (overlap === 1 ? "±1" : overlap)],
          ["|w|²", ({ norm }) => fixed(norm, 3)],
          ["risk − Δ/2", ({ risk }) => fixed(risk, 3)],
          ["eigenvalues of the Hessian", ({ eigenvalues }) => eigenvalues.join(", ").replaceAll("-", "−")],
        ],
      ),
      notes: [
        "At the origin the risk bends down in all d directions. The saddle is a sphere of points across the target: one direction leads down, to the target, one up, and d − 2 are flat.",
        "On the sphere all points with m = 0 are maxima of the risk: one direction leads down, d − 2 are flat. A random start has m of order 1/√d, where the slope is small: this is mediocrity.",
        "At finite γ the noise of SGD puts the stop near the saddle at a somewhat larger |w|.",
        "Constants of the risk and of its Hessian are corrected against the print of App. H.",
      ],
    };
  },
});

/** Along the target, and across it. */
function pathOf(series: Trajectory["series"]) {
  const along = Array.from(series["overlap[0]"]);
  const norm = series["correlation[0,0]"];
  // On the circle the difference may be −1e-17.
  return { along, across: along.map((m, k) => Math.sqrt(Math.max(0, norm[k] - m * m))) };
}

/** Edges of the map, one cell beyond the drawing on every side; the risk at the centres of the cells, row by row from below. */
function mapOf(inside: number) {
  const [columns, rows] = [inside + 2, inside / 2 + 2];
  const cell = (2 * REACH) / inside;
  const risk = Array.from({ length: rows * columns }, (_, k) => {
    const along = -REACH + ((k % columns) - 0.5) * cell;
    const across = (Math.floor(k / columns) - 0.5) * cell;
    return populationRisk({ overlap: along, norm: along ** 2 + across ** 2 });
  });
  const [along, across] = [[-REACH - cell, REACH + cell] as const, [-cell, REACH + cell] as const];
  return { columns, along, across, risk };
}

/** |w| = 1: x, y. */
function circle(): [number[], number[]] {
  const angles = Array.from({ length: 91 }, (_, k) => (k * Math.PI) / 90);
  return [angles.map(Math.cos), angles.map(Math.sin)];
}
