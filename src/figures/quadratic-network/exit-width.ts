import { optimalLearningRate, overparametrisationGain } from "../../theory/quadratic-network";
import { linear, log } from "../drawing/axis";
import type { Drawing } from "../drawing/drawing";
import { measured } from "../drawing/marks";
import { colourOf } from "../drawing/palette";
import { seedFor } from "../kit/config";
import { figure } from "../kit/figure";
import { fixed, table } from "../kit/table";
import { formulaLines } from "./formula-lines";
import { patience, runsFor, runsNote } from "./runs";
import { type ExitFormulas, exitFormulas, exitMean, FORMULAS, paper, quadratic, THRESHOLD } from "./setting";

/** γ/p of the first family; the others follow the optimal rate. */
const SHARE = 0.08;

/** How the learning rate goes with the width. */
const FAMILIES = [
  { name: "constant", text: `γ = ${SHARE} p`, rate: (p: number) => SHARE * p },
  { name: "half", text: "γ = γ_opt/2", rate: (p: number) => optimalLearningRate(p, 0) / 2 },
  { name: "optimal", text: "γ = γ_opt", rate: (p: number) => optimalLearningRate(p, 0) },
] as const;

/** A network, how long it takes by the formulas, and by its runs. */
interface Point {
  readonly width: number;
  /** Steps to a unit of time and a dimension, p/γ. */
  readonly stepsPerTime: number;
  readonly formulas: ExitFormulas;
  /** null unless all runs exit: the mean over those that do would leave out the slow ones. */
  readonly mean: number | null;
  readonly standardError: number | null;
  readonly exits: number;
  readonly missing: number;
}

/** Exit time against width, and what width gains in steps. */
export const exitWidth = figure({
  id: "quadratic-exit-width",
  title: "Escaping mediocrity: exit time against width",
  paper: `${paper}, figure 1 (right) and App. E.4`,

  // `precision`: standard error of a mean exit time over the mean, which sets the numbers of runs.
  presets: {
    quick: { widths: [1, 2, 3, 5, 10, 20], dimension: 300, precision: 0.05 },
    standard: { widths: [1, 2, 3, 5, 10, 20, 30, 50], dimension: 1000, precision: 0.03 },
    paper: { widths: [1, 2, 3, 5, 7, 10, 15, 20, 30, 50], dimension: 3000, precision: 0.02 },
  },
  cost: { quick: 1.8, standard: 10, paper: 80 },
  sizesText: ({ widths, dimension, precision }) =>
    `d = ${dimension}, up to ${widths[widths.length - 1]} neurons, standard errors of ${100 * precision} %`,

  async compute(lab, { widths, dimension, precision }) {
    const wanted = FAMILIES.flatMap(({ name, text, rate }) =>
      widths.map((width) => ({ name, label: `${text}, p = ${width}`, width, learningRate: rate(width) })),
    );
    const settingOf = ({ width, learningRate }: (typeof wanted)[number]) => ({
      width,
      learningRate,
      labelNoise: 0,
      dimension,
      threshold: THRESHOLD,
    });
    await exitFormulas(lab, settingOf(wanted[0]), wanted[0].label);
    const found = await lab.parts(wanted, async (one, inner) => {
      const setting = settingOf(one);
      const formulas = await exitFormulas(inner, setting);
      const simulation = {
        samples: runsFor(setting, precision),
        seed: seedFor(`exit width, ${one.label}`),
        until: formulas.annealed! + patience(setting),
      };
      const config = quadratic(setting, { simulation, report: { quantities: ["exitTime"] } });
      const { events } = await inner.simulate(`${one.label}, exact process`, config);
      const all = events!.exitTime;
      const exits = all.filter(Number.isFinite).length;
      const { mean, standardError } =
        exits === all.length ? exitMean(events) : { mean: null, standardError: null };
      const { width, learningRate } = one;
      const stepsPerTime = width / learningRate;
      const missing = all.length - exits;
      return { width, learningRate, stepsPerTime, formulas, mean, standardError, exits, missing };
    });
    const families = FAMILIES.map(({ name, text }) => ({
      name,
      text,
      points: found.filter((_, k) => wanted[k].name === name),
    }));
    return { threshold: THRESHOLD, dimension, families };
  },

  show({ dimension, families }, { precision }) {
    const [constant, half, optimal] = families;
    const lost = optimal.points.filter(({ missing }) => missing > 0);
    return {
      caption:
        `Exit of SGD from random starts on the sphere (T = ${THRESHOLD}, no label noise, d = ${dimension}) against the number p of neurons. Left: the time ` +
        `t at constant γ/p = ${SHARE}. Right: the number of steps over d, p t/γ, at half of the rate γ_opt that the linear theory finds best, and ` +
        `(rings) at γ_opt itself, as far as all runs exit there. Dots and rings: the exact process of the order parameters, bars of one standard error. ` +
        `Lines: the paper's formulas and the quenched one with the noise of SGD (shifted), made for one neuron: with many dots lie on the others. Of the paper's panel we have only the text that describes it, ` +
        `not the caption.`,
      panels: {
        "Exit time and steps against width": {
          description: "Exit time and number of steps against the number of neurons, with the formulas",
          rowHeight: 320,
          drawings: drawingsOf(constant.points, half.points, optimal.points),
        },
      },
      table: table(
        families.flatMap(({ text, points }) => points.map((point) => ({ text, point, first: points[0] }))),
        [
          ["rate", ({ text }) => text],
          ["p", ({ point }) => point.width],
          ["exits", ({ point: { exits, missing } }) => `${exits} of ${exits + missing}`],
          [["exit time", "SE"], ({ point }) => point, 3],
          ...FORMULAS.map(
            (name) => [name, ({ point }: { point: Point }) => point.formulas[name], 3] as const,
          ),
          ["steps/d", ({ point }) => point.mean && point.mean * point.stepsPerTime, 2],
          ["gain", ({ first, point }) => gainOf(first, point, ({ mean }) => mean), 2],
        ],
      ),
      notes: [
        gainNote(half.points),
        ...(lost.length > 0
          ? [
              `At γ_opt ${lost.map(({ width, exits, missing }) => `${exits} of ${exits + missing} runs at p = ${width}`).join(", ")} exit in the time given ` +
                `(annealed formula + 1 + 6 spreads). γ_opt makes the overlaps grow fastest, but the risk of wide networks turns upwards again before it has fallen by a tenth; from ten neurons on it does so by the equations without noise too.`,
            ]
          : []),
        "Where the quenched formula has no value some starts lie beyond its linearisation.",
        ...shiftNote(constant.points),
        runsNote(precision),
      ],
    };
  },
});

/** Gain: steps of the first network over steps of another, by one of the exit times. */
export function gainOf(first: Point, other: Point, timeOf: (point: Point) => number | null): number | null {
  const [one, time] = [timeOf(first), timeOf(other)];
  return one === null || time === null ? null : (one * first.stepsPerTime) / (time * other.stepsPerTime);
}

function gainNote(points: readonly Point[]): string {
  const last = points[points.length - 1];
  const byFormula = (name: keyof ExitFormulas) =>
    fixed(
      gainOf(points[0], last, ({ formulas }) => formulas[name]),
      2,
    );
  return (
    `Gain: steps of one neuron over steps of this network, at the same share of γ_opt. For d → ∞ and p → ∞ it is (12 + Δ)/(2 + Δ) = ` +
    `${overparametrisationGain(0)} at any share. At this d and p = ${last.width} it is ${byFormula("annealed")} by the annealed formula and ` +
    `${byFormula("quenched")} by the quenched one: the logarithms differ by constants, and the start of one neuron varies most.`
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

function drawingsOf(
  constant: readonly Point[],
  half: readonly Point[],
  optimal: readonly Point[],
): Drawing[] {
  const steps = ({ stepsPerTime }: Point) => stepsPerTime;
  const lines = (points: readonly Point[], factor?: typeof steps) =>
    formulaLines(
      points,
      ({ width }) => width,
      ({ formulas }) => formulas,
      factor,
    );
  const dots = (
    points: readonly Point[],
    factor: typeof steps,
    style: { colour: string; hollow?: boolean },
  ) => {
    const known = points.filter(({ mean }) => mean !== null);
    return measured(
      known.map(({ width }) => width),
      known.map((point) => point.mean! * factor(point)),
      { standardError: known.map((point) => point.standardError! * factor(point)), ...style },
    );
  };
  const x = log("number of neurons p");
  const [runs, best] = [colourOf(3), colourOf(4)];
  return [
    {
      title: `γ = ${SHARE} p`,
      x,
      y: linear("exit time t", { holds: [0] }),
      marks: [...lines(constant), dots(constant, () => 1, { colour: runs })],
    },
    {
      title: "γ_opt/2 (dots), γ_opt (rings)",
      x,
      y: log("steps / d"),
      marks: [
        ...lines(half, steps),
        { ...lines(optimal, steps)[0], colour: best, label: "at γ_opt" },
        dots(half, steps, { colour: runs }),
        dots(optimal, steps, { colour: best, hollow: true }),
      ],
    },
  ];
}
