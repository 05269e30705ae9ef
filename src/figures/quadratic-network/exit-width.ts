import { simulateConfig } from "../../systems/calls";
import { optimalLearningRate, overparametrisationGain } from "../../theory/quadratic-network";
import { colourOf } from "../drawing/palette";
import { seedFor } from "../kit/config";
import { arrange } from "../old/drawing/arrangement";
import { linearAxis, logAxis } from "../old/drawing/axis";
import type { Drawing } from "../old/drawing/drawing";
import type { Figure, FigureResult, FigureTools, Preset, Recipe } from "../old/kit/figure";
import { inTurn } from "../old/kit/in-turn";
import { citationsOf } from "../old/kit/recipe";
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
export interface ExitWidthSizes {
  readonly widths: readonly number[];
  readonly dimension: number;
  /** Standard error of a mean exit time over the mean; sets the numbers of runs. */
  readonly precision: number;
}

const SIZES: Record<Preset, ExitWidthSizes> = {
  quick: { widths: [1, 2, 3, 5, 10, 20], dimension: 300, precision: precisionOf.quick },
  paper: { widths: [1, 2, 3, 5, 7, 10, 15, 20, 30, 50], dimension: 3000, precision: precisionOf.paper },
};

const THRESHOLD = 0.1;
/** γ/p of the first family; the others follow the optimal rate. */
const SHARE = 0.08;
const FORMULAS = ["annealed", "quenched", "shifted"] as const;

/** How the learning rate goes with the width. */
const FAMILIES = [
  { name: "constant", text: `γ = ${SHARE} p`, rate: (p: number) => SHARE * p },
  { name: "half", text: "γ = γ_opt/2", rate: (p: number) => optimalLearningRate(p, 0) / 2 },
  { name: "optimal", text: "γ = γ_opt", rate: (p: number) => optimalLearningRate(p, 0) },
] as const;

/** Exit time against width, and what width gains in steps. */
export const quadraticExitWidth: Figure = {
  id: "quadratic-exit-width",
  title: "Escaping mediocrity: exit time against width",
  paper: `${quadraticPaper}, figure 1 (right) and App. E.4`,
  run: (preset, tools) => exitWidthFigure(SIZES[preset], tools),
};

interface Point extends Omit<ExitMean, "mean" | "standardError"> {
  readonly width: number;
  readonly learningRate: number;
  /** Steps to a unit of time and a dimension, p/γ. */
  readonly stepsPerTime: number;
  readonly formulas: ExitFormulas;
  /** null unless all runs exit: the mean over those that do would leave out the slow ones. */
  readonly mean: number | null;
  readonly standardError: number | null;
}

interface Family {
  readonly name: (typeof FAMILIES)[number]["name"];
  readonly text: string;
  readonly points: readonly Point[];
}

/** The figure at sizes of one's own. @throws InterruptedError after an abort. */
export async function exitWidthFigure(sizes: ExitWidthSizes, tools: FigureTools): Promise<FigureResult> {
  const { widths, dimension, precision } = sizes;
  const recipes: Recipe[] = [];
  const follow = async ({ name, text, rate }: (typeof FAMILIES)[number]): Promise<Family> => {
    const points: Point[] = [];
    for (const width of widths) points.push(await measure(width, rate(width), text, sizes, recipes, tools));
    return { name, text, points };
  };
  const families = await inTurn("exit times by width", FAMILIES, tools, follow);
  const lost = families[2].points.filter(({ missing }) => missing > 0);
  return {
    id: quadraticExitWidth.id,
    title: quadraticExitWidth.title,
    paper: quadraticExitWidth.paper,
    caption:
      `Exit of SGD from random starts on the sphere (T = ${THRESHOLD}, no label noise, d = ${dimension}) against the number p of neurons. Left: the time ` +
      `t at constant γ/p = ${SHARE}. Right: the number of steps over d, p t/γ, at half of the rate γ_opt that the linear theory finds best, and ` +
      `(rings) at γ_opt itself, as far as all runs exit there. Dots and rings: the exact process of the order parameters, bars of one standard error. ` +
      `Lines: the paper's formulas and the quenched one with the noise of SGD (shifted). Of the paper's panel we have only the text that describes it, ` +
      `not the caption.`,
    panels: [{ name: "Exit time and steps against width", svg: drawFamilies(families, tools.document) }],
    table: {
      columns: ["rate", "p", "exits", "exit time", "SE", ...FORMULAS, "steps/d", "gain"],
      rows: families.flatMap(({ text, points }) =>
        points.map((point) => [
          text,
          point.width,
          `${point.exits} of ${point.exits + point.missing}`,
          inPrint(point.mean),
          inPrint(point.standardError),
          ...FORMULAS.map((name) => inPrint(point.formulas[name])),
          inPrint(point.mean && point.mean * point.stepsPerTime, 2),
          inPrint(
            gainOf(points[0], point, ({ mean }) => mean),
            2,
          ),
        ]),
      ),
    },
    notes: [
      gainNote(families[1].points),
      ...(lost.length > 0
        ? [
            `At γ_opt ${lost.map(({ width, exits, missing }) => `${exits} of ${exits + missing} runs at p = ${width}`).join(", ")} exit in the time given ` +
              `(annealed formula + 1 + 6 spreads). γ_opt makes the overlaps grow fastest, but the risk of wide networks turns upwards again before it has fallen by a tenth; from ten neurons on it does so by the equations without noise too.`,
          ]
        : []),
      "Where the quenched formula has no value some starts lie beyond its linearisation.",
      ...shiftNote(families[0].points),
      runsNote(precision),
      "Paper preset: d = 3000, up to 50 neurons, standard errors of 2 %; about 5 minutes on one core, a guess from single runs.",
    ],
    data: { threshold: THRESHOLD, dimension, families },
    recipes,
    citations: citationsOf(recipes[0].config),
  };
}

const inPrint = (value: number | null, digits = 3) => (value === null ? "–" : value.toFixed(digits));

/** Steps of the first network over steps of another, by one of the exit times. */
function gainOf(first: Point, other: Point, timeOf: (point: Point) => number | null): number | null {
  const [one, time] = [timeOf(first), timeOf(other)];
  return one === null || time === null ? null : (one * first.stepsPerTime) / (time * other.stepsPerTime);
}

function gainNote(points: readonly Point[]): string {
  const last = points[points.length - 1];
  const byFormula = (name: keyof ExitFormulas) => gainOf(points[0], last, (point) => point.formulas[name]);
  return (
    `Gain: steps of one neuron over steps of this network, at the same share of γ_opt. For d → ∞ and p → ∞ it is (12 + Δ)/(2 + Δ) = ` +
    `${overparametrisationGain(0)} at any share. At this d and p = ${last.width} it is ${inPrint(byFormula("annealed"), 2)} by the annealed formula and ` +
    `${inPrint(byFormula("quenched"), 2)} by the quenched one: the logarithms differ by constants, and the start of one neuron varies most.`
  );
}

/** How far the shifted formula is off for the widest network. */
function shiftNote(points: readonly Point[]): string[] {
  const { width, mean, standardError, formulas } = points[points.length - 1];
  if (mean === null || formulas.shifted === null) return [];
  const [off, error] = [formulas.shifted / mean - 1, standardError! / mean].map((x) =>
    Math.round(100 * Math.abs(x)),
  );
  return [
    `The shifted formula is made for the noise of one neuron. At γ = ${SHARE} p and p = ${width} it is ${off} % ${formulas.shifted < mean ? "below" : "above"} ` +
      `the runs, whose standard error is ${error} %: for wide networks the plain formulas do better at this d.`,
  ];
}

async function measure(
  width: number,
  learningRate: number,
  text: string,
  { dimension, precision }: ExitWidthSizes,
  recipes: Recipe[],
  { options }: FigureTools,
): Promise<Point> {
  const setting = { width, learningRate, labelNoise: 0, dimension, threshold: THRESHOLD };
  const found = await exitFormulas(setting);
  const label = `${text}, p = ${width}`;
  const config = {
    ...quadraticConfig(setting),
    simulation: {
      samples: runsFor(setting, precision),
      seed: seedFor(`exit width, ${label}`),
      until: found.annealed! + patience(setting),
    },
    report: { quantities: ["exitTime"] },
  };
  if (recipes.length === 0) recipes.push(formulas(label, setting));
  recipes.push({ label: `${label}, exact process`, verb: "simulate", config });
  const { events } = await simulateConfig(config, options);
  const all = events!.exitTime;
  const exits = all.filter(Number.isFinite).length;
  const whole = exits === all.length ? exitMean(events) : { mean: null, standardError: null };
  return {
    width,
    learningRate,
    stepsPerTime: width / learningRate,
    formulas: found,
    mean: whole.mean,
    standardError: whole.standardError,
    exits,
    missing: all.length - exits,
  };
}

function drawFamilies([constant, half, optimal]: readonly Family[], document: Document): string {
  const time = curvesOf(constant, () => 1);
  const steps = curvesOf(half, ({ stepsPerTime }) => stepsPerTime);
  const best = curvesOf(optimal, ({ stepsPerTime }) => stepsPerTime);
  const widths = constant.points.map(({ width }) => width);
  const x = logAxis("number of neurons p", widths);
  const valuesOf = ({ lines, dots }: ReturnType<typeof curvesOf>) => [...lines, dots].flatMap(({ y }) => y);
  const annealedBest = { ...best.lines[0], colour: colourOf(4), label: "at γ_opt" };
  const drawings: Drawing[] = [
    {
      title: constant.text,
      description: "Exit time against the number of neurons, with formulas",
      x,
      y: linearAxis("exit time t", [0, ...valuesOf(time)]),
      lines: time.lines,
      dots: [time.dots],
    },
    {
      title: "γ_opt/2 (dots), γ_opt (rings)",
      description: "Steps over dimension against the number of neurons, with formulas",
      x,
      y: logAxis("steps / d", [...valuesOf(steps), ...annealedBest.y, ...best.dots.y]),
      lines: [...steps.lines, annealedBest],
      dots: [steps.dots, { ...best.dots, colour: colourOf(4), hollow: true }],
    },
  ];
  const description = "Exit time and number of steps against the number of neurons, with the formulas";
  return arrange(drawings, { columns: 2, rowHeight: 320, description }, document);
}

function curvesOf({ points }: Family, factor: (point: Point) => number) {
  const lines = FORMULAS.map((name, k) => {
    const those = points.filter(({ formulas }) => formulas[name] !== null);
    return {
      x: those.map(({ width }) => width),
      y: those.map((point) => point.formulas[name]! * factor(point)),
      colour: colourOf(k),
      label: name,
      dashed: name !== "shifted",
    };
  });
  const those = points.filter(({ mean }) => mean !== null);
  const dots = {
    x: those.map(({ width }) => width),
    y: those.map((point) => point.mean! * factor(point)),
    standardError: those.map((point) => point.standardError! * factor(point)),
    colour: colourOf(3),
  };
  return { lines, dots };
}
