import type { Ensemble, Trajectory } from "../../core/results";
import { simulateConfig, solveConfig } from "../../systems/calls";
import { type CriticalPoint, criticalPoints, populationRisk } from "../../theory/quadratic-network";
import { sphereHessianEigenvalues } from "../../theory/quadratic-network/critical-points";
import { colourOf } from "../drawing/palette";
import { seedFor } from "../kit/config";
import { linearAxis } from "../old/drawing/axis";
import { type Drawing, draw, type Note } from "../old/drawing/drawing";
import type { Figure, FigureResult, FigureTools, Preset, Recipe } from "../old/kit/figure";
import { inTurn } from "../old/kit/in-turn";
import { citationsOf } from "../old/kit/recipe";
import { formulas, quadraticConfig, quadraticPaper } from "./setting";

/** Sizes of the computation behind the figure. */
export interface LandscapeSizes {
  /** Cells of the map along the target; half as many across. */
  readonly columns: number;
  readonly dimension: number;
  /** Runs of SGD for each constraint, at least 2. */
  readonly samples: number;
}

const SIZES: Record<Preset, LandscapeSizes> = {
  quick: { columns: 80, dimension: 300, samples: 3 },
  paper: { columns: 200, dimension: 3000, samples: 5 },
};

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

/** The risk of one neuron over the plane of target and weights, its critical points, and the way of SGD in it. */
export const quadraticLandscape: Figure = {
  id: "quadratic-landscape",
  title: "Escaping mediocrity: the landscape of one neuron",
  paper: `${quadraticPaper}, figure 4 and App. H`,
  run: (preset, tools) => landscapeFigure(SIZES[preset], tools),
};

/** Along the target, and across it. */
interface Path {
  readonly along: number[];
  readonly across: number[];
}

interface Constrained {
  readonly constraint: "sphere" | "none";
  readonly equations: Path;
  readonly runs: readonly Path[];
  readonly critical: readonly CriticalPoint[];
}

/** The figure at sizes of one's own. @throws InterruptedError after an abort. */
export async function landscapeFigure(sizes: LandscapeSizes, tools: FigureTools): Promise<FigureResult> {
  const { columns, dimension } = sizes;
  const recipes: Recipe[] = [];
  const cases = await inTurn("landscape", ["none", "sphere"] as const, tools, (constraint) =>
    follow(constraint, sizes, recipes, tools),
  );
  const map = mapOf(columns);
  const sphere = {
    overlap: OVERLAPS,
    risk: OVERLAPS.map((overlap) => populationRisk({ overlap, norm: 1 })),
    towards: OVERLAPS.map((overlap) => sphereHessianEigenvalues(overlap)[0]),
    around: OVERLAPS.map((overlap) => sphereHessianEigenvalues(overlap)[1]),
  };
  return {
    id: quadraticLandscape.id,
    title: quadraticLandscape.title,
    paper: quadraticLandscape.paper,
    caption:
      `Population risk of one neuron (no label noise, |w_*| = 1). Above: over the component m of the weights w along the target w_* and the length of the ` +
      `rest; the darker, the higher; lines of equal risk every ${LEVELS[0]} up to ${LEVELS[LEVELS.length - 1]}. A random start is near (0, 1). Without constraint (blue) the weights first shrink towards the saddle, ` +
      `then turn to the target; on the sphere (orange) they stay on the circle. Lines: the equations at γ = ${LEARNING_RATE}, d = ${dimension}, with a dot every ` +
      `${(BEAT * UNTIL) / TIMES} in t; thin: runs of SGD (exact process). Rings: critical points. Below: along the sphere the risk, and the two different ` +
      `eigenvalues of its Hessian. The paper's figure 4 is a sketch of the sphere; this is the computed landscape.`,
    panels: [
      { name: "Risk over the plane of weights and target", svg: drawMap(map, cases, tools.document) },
      { name: "Risk and curvature along the sphere", svg: drawSphere(sphere, dimension, tools.document) },
    ],
    table: {
      columns: ["constraint", "critical point", "m", "|w|²", "risk − Δ/2", "eigenvalues of the Hessian"],
      rows: cases.flatMap(({ constraint, critical }) =>
        critical.map(({ name, overlap, norm, risk, eigenvalues }) => [
          constraint === "sphere" ? "sphere" : "none",
          name,
          overlap === 1 ? "±1" : overlap,
          norm.toFixed(3),
          risk.toFixed(3),
          eigenvalues.join(", ").replaceAll("-", "−"),
        ]),
      ),
    },
    notes: [
      "At the origin the risk bends down in all d directions. The saddle is a sphere of points across the target: one direction leads down, to the target, one up, and d − 2 are flat.",
      "On the sphere all points with m = 0 are maxima of the risk: one direction leads down, d − 2 are flat. A random start has m of order 1/√d, where the slope is small: this is mediocrity.",
      "At finite γ the noise of SGD puts the stop near the saddle at a somewhat larger |w|.",
      "Constants of the risk and of its Hessian are corrected against the print of App. H.",
      `Map of ${columns} by ${columns / 2} cells. Paper preset: 200 by 100, d = 3000; some seconds.`,
    ],
    data: { map, sphere, cases },
    recipes,
    citations: citationsOf(recipes[0].config),
  };
}

async function follow(
  constraint: Constrained["constraint"],
  { dimension, samples }: LandscapeSizes,
  recipes: Recipe[],
  { options }: FigureTools,
): Promise<Constrained> {
  const times = Array.from({ length: TIMES + 1 }, (_, k) => (k * UNTIL) / TIMES);
  const network = { learningRate: LEARNING_RATE, constraint, dimension };
  const label = constraint === "sphere" ? "on the sphere" : "without constraint";
  const config = {
    ...quadraticConfig({ ...network, initial: { overlap: [1 / Math.sqrt(dimension)] } }),
    method: { kind: "ode", until: UNTIL },
    simulation: { samples, seed: seedFor(`landscape, ${label}`), until: UNTIL },
    report: { times, quantities: ["overlap", "correlation"] },
  };
  recipes.push(formulas(label, network), { label: `${label}, equations and SGD`, verb: "compare", config });
  const theory = await solveConfig(config, options);
  const ensemble = await simulateConfig(config, options);
  return {
    constraint,
    equations: pathOf(theory.sample(times).series),
    runs: runsOf(ensemble),
    critical: criticalPoints(constraint),
  };
}

function pathOf(series: Trajectory["series"]): Path {
  const along = Array.from(series["overlap[0]"]);
  const norm = series["correlation[0,0]"];
  // On the circle the difference may be −1e-17.
  return { along, across: along.map((m, k) => Math.sqrt(Math.max(0, norm[k] - m * m))) };
}

function runsOf({ curves }: Ensemble): Path[] {
  return curves!["overlap[0]"].map((overlap, sample) =>
    pathOf({ "overlap[0]": overlap, "correlation[0,0]": curves!["correlation[0,0]"][sample] }),
  );
}

interface RiskMap {
  readonly columns: number;
  /** Edges of the map, one cell beyond the drawing on every side. */
  readonly along: readonly [number, number];
  readonly across: readonly [number, number];
  /** At the centres of the cells, row by row from below. */
  readonly risk: number[];
}

function mapOf(inside: number): RiskMap {
  const [columns, rows] = [inside + 2, inside / 2 + 2];
  const cell = (2 * REACH) / inside;
  const risk = Array.from({ length: rows * columns }, (_, k) => {
    const along = -REACH + ((k % columns) - 0.5) * cell;
    const across = (Math.floor(k / columns) - 0.5) * cell;
    return populationRisk({ overlap: along, norm: along ** 2 + across ** 2 });
  });
  return { columns, along: [-REACH - cell, REACH + cell], across: [-cell, REACH + cell], risk };
}

const COLOURS = { none: colourOf(0), sphere: colourOf(2) } as const;

function drawMap(map: RiskMap, cases: readonly Constrained[], document: Document): string {
  const path = ({ along, across }: Path) => ({ x: along, y: across });
  const beats = ({ along, across }: Path) => ({
    x: along.filter((_, k) => k % BEAT === 0),
    y: across.filter((_, k) => k % BEAT === 0),
  });
  // Minima and origin come with either constraint; the equator is the top of the circle.
  const places = [
    { x: 0, y: 0, text: "maximum" },
    { x: 0, y: Math.sqrt(1 / 3), text: "saddle" },
    { x: 0, y: 1, text: "equator of the sphere" },
    { x: 1, y: 0, text: "minimum" },
    { x: -1, y: 0, text: "minimum" },
  ];
  const drawing: Drawing = {
    description: "Map of the risk of one neuron with its critical points and the paths of SGD",
    x: linearAxis("component along the target, m", [-REACH, REACH], 0),
    y: linearAxis("length of the rest", [0, REACH], 0),
    field: {
      values: map.risk,
      columns: map.columns,
      x: map.along,
      y: map.across,
      levels: LEVELS,
      colour: colourOf(4),
    },
    lines: [
      { ...circle(), colour: "currentColor", dashed: true },
      ...cases.flatMap(({ runs }) => runs.map((run) => ({ ...path(run), colour: "rgba(128,128,128,0.9)" }))),
      ...cases.map(({ constraint, equations }) => ({ ...path(equations), colour: COLOURS[constraint] })),
    ],
    dots: [
      ...cases.map(({ constraint, equations }) => ({ ...beats(equations), colour: COLOURS[constraint] })),
      { x: places.map(({ x }) => x), y: places.map(({ y }) => y), colour: colourOf(3), hollow: true },
    ],
    notes: places.map(
      ({ x, y, text }): Note => ({ x: x - 0.01, y: y + 0.05, text, anchor: x < 0 ? "start" : "end" }),
    ),
    // The same scale along both axes.
    height: 360,
  };
  return draw(drawing, document);
}

/** |w| = 1. */
function circle() {
  const angles = Array.from({ length: 91 }, (_, k) => (k * Math.PI) / 90);
  return { x: angles.map(Math.cos), y: angles.map(Math.sin) };
}

function drawSphere(
  sphere: Record<"overlap" | "risk" | "towards" | "around", number[]>,
  dimension: number,
  document: Document,
): string {
  const { overlap, risk, towards, around } = sphere;
  const drawing: Drawing = {
    description: "Risk and eigenvalues of its Hessian along the sphere against the overlap",
    x: linearAxis("overlap m", overlap, 0),
    y: linearAxis("risk, eigenvalues", [...risk, ...towards, ...around]),
    lines: [
      { x: overlap, y: risk, colour: colourOf(3), label: "risk" },
      { x: overlap, y: around, colour: colourOf(1), dashed: true, label: "d − 2 others" },
      { x: overlap, y: towards, colour: colourOf(0), dashed: true, label: "to the target" },
    ],
    moments: [{ value: 1 / Math.sqrt(dimension), label: "" }],
    notes: [{ x: 1 / Math.sqrt(dimension), y: 3.3, text: "a random start, 1/√d", anchor: "start" }],
    height: 300,
  };
  return draw(drawing, document);
}
