import { seedFor, timesUntil } from "../kit/config";
import { figure, type Preset } from "../kit/figure";
import type { Lab } from "../kit/lab";
import { plain } from "../kit/plain";
import { table } from "../kit/table";
import { DIFFUSION, riskDrawing, SHOWN_RUNS, TOLERANCE } from "./risk-drawing";
import { runsFor, runsNote } from "./runs";
import { apartText, exitMean, paper, quadratic, THRESHOLD } from "./setting";

/** A network that is followed from its plateau to its end. */
interface RiskCase {
  readonly width: number;
  readonly learningRate: number;
  readonly dimension: number;
  /** m_1 = 1/√d and the same for every run, or random starts, the same for runs and equations. */
  readonly start: "fixed" | "random";
  readonly until: number;
}

/** `precision`: standard error of a mean exit time over the mean, which sets the numbers of runs. */
interface RiskSizes {
  readonly cases: readonly RiskCase[];
  readonly precision: number;
}

const SINGLE = { width: 1, learningRate: 0.1, start: "fixed", until: 4 } as const;
/** γ/p: at 0.08 wide networks learn, at 0.3 they leave the plateau and come back to it. */
const SHARE = 0.08;
const several = (widths: readonly number[], dimension: number) =>
  widths.map(
    (width) => ({ start: "random", until: 3, dimension, width, learningRate: SHARE * width }) as const,
  );
const LABEL_NOISE = 1e-4;

export const sizes: Readonly<Record<Preset, RiskSizes>> = {
  quick: { cases: [{ ...SINGLE, dimension: 500 }, ...several([5, 20], 300)], precision: 0.05 },
  standard: { cases: [{ ...SINGLE, dimension: 1000 }, ...several([5, 20, 50], 1000)], precision: 0.03 },
  paper: { cases: [{ ...SINGLE, dimension: 3000 }, ...several([5, 20, 50], 5000)], precision: 0.02 },
};

/** The risk of SGD along the plateau and off it, with the equations for it. */
export const risk = figure({
  id: "quadratic-risk",
  title: "Escaping mediocrity: risk of SGD and of the equations",
  paper: `${paper}, figures 1 (left) and 2`,

  presets: sizes,
  cost: { quick: 3.9, standard: 40, paper: 150 },
  sizesText: ({ cases, precision }) =>
    `${cases.map(({ width, dimension }) => `p = ${width} at d = ${dimension}`).join(", ")}, standard errors of ${100 * precision} %`,

  async compute(lab, { cases, precision }) {
    const followed = await lab.parts(cases, (one, inner) => follow(inner, one, precision), {
      cost: ({ width }) => width,
    });
    return { threshold: THRESHOLD, labelNoise: LABEL_NOISE, cases: followed };
  },

  show: ({ cases }, { precision }) => ({
    caption:
      `Excess risk against time on the sphere, Δ = ${LABEL_NOISE}: ${cases.map(({ name }) => name).join("; ")}. Thin: single runs of SGD (exact process). ` +
      `Dots: mean over all runs, bars of one standard error. Line: the order-parameter equations, without noise; dashed, for one neuron: mean of the ` +
      `diffusion with the noise of SGD. Dashed verticals: mean time of the exit, when the risk is down by a tenth (dotted), by the equations and of SGD. ` +
      `One neuron starts with m = 1/√d every time, the others at random, equations and runs alike. ` +
      `Dots leave the line where noise counts: it spreads the exits about the fixed start of one neuron, and adds to random overlaps, so that the runs leave earlier.`,
    panels: {
      "Excess risk against time": {
        description: "Excess risk of SGD against time, single runs and mean, with the equations",
        rowHeight: 290,
        drawings: cases.map(({ name, theory, exits: [equations, sgd], ...curves }) =>
          riskDrawing(name, { ...curves, equations: theory }, 8, {
            equations: equations.mean,
            simulation: sgd.mean,
          }),
        ),
      },
    },
    table: table(
      cases.flatMap(({ name, exits }) => exits.map((exit) => ({ name, ...exit }))),
      [
        ["network", ({ name }) => name],
        ["process", ({ process }) => process],
        ["runs", ({ exits }) => exits],
        [`exit time, T = ${THRESHOLD}`, ({ mean }) => mean, 3],
        ["SE", ({ standardError }) => standardError || null, 3],
      ],
    ),
    notes: [
      // How far the exits of SGD are from those of the diffusion.
      ...cases.flatMap(({ name, exits: [, sgd, diffusion] }) =>
        diffusion ? [`${name}: SGD leaves ${apartText(sgd, diffusion)}`] : [],
      ),
      "The exact process has the law of SGD at this d; its cost a step does not depend on d.",
      runsNote(precision),
      "For one neuron the start is fixed, and the rule, made for random starts, asks for a few runs too many. Exit times are means over the runs that exit within the time shown.",
    ],
  }),
});

async function follow(lab: Lab, one: RiskCase, precision: number) {
  const { width, learningRate, dimension, start, until } = one;
  const name = `p = ${width}, γ = ${learningRate}, d = ${dimension}`;
  const isFixed = start === "fixed";
  const overlap = Array.from({ length: width }, (_, j) => (j === 0 ? 1 / Math.sqrt(dimension) : 0));
  const setting = { width, learningRate, labelNoise: LABEL_NOISE, dimension, threshold: THRESHOLD };
  const samples = runsFor(setting, precision);
  const time = timesUntil(until, 80);
  const report = { times: time, quantities: ["excessRisk", "exitTime"] };
  const config = (rest: object) =>
    quadratic({ ...setting, initial: isFixed ? { overlap } : "random" }, { ...rest, report });
  // A random start belongs to its number under the seed: both take the same ones.
  const run = { samples, seed: seedFor(`risk, ${name}`), until };
  const { theory, ensemble } = await lab.both(
    `${name}, equations and SGD`,
    config({ method: { kind: "ode", tolerance: TOLERANCE, ...run }, simulation: run }),
  );
  const exits = [
    { process: "equations", ...(isFixed ? certain(theory.events!.exitTime[0]) : exitMean(theory.events)) },
    { process: "SGD", ...exitMean(ensemble.events) },
  ];
  let diffusion: ArrayLike<number> = [];
  if (width === 1) {
    const method = { ...DIFFUSION, until, samples, seed: seedFor(`risk, ${name}, diffusion`) };
    const solution = await lab.solve(`${name}, diffusion`, config({ method }));
    exits.push({ process: "diffusion", ...exitMean(solution.events) });
    diffusion = solution.sample(time).series.excessRisk;
  }
  const curves = plain({
    time,
    theory: theory.sample(time).series.excessRisk,
    diffusion,
    simulation: ensemble.series.excessRisk,
    standardError: ensemble.standardError.excessRisk,
  });
  const runs = ensemble.curves!.excessRisk.slice(0, SHOWN_RUNS).map((values) => Array.from(values));
  return { name, width, ...curves, runs, exits };
}

/** The exit of equations that have a single start. */
const certain = (time: number) => ({ mean: time, standardError: 0, exits: 1, missing: 0 });
