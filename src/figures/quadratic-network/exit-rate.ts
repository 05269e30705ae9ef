import { optimalLearningRate } from "../../theory/quadratic-network";
import { linear, log } from "../drawing/axis";
import type { Drawing } from "../drawing/drawing";
import { measured, theory } from "../drawing/marks";
import { colourOf } from "../drawing/palette";
import { seedFor } from "../kit/config";
import { figure } from "../kit/figure";
import { table } from "../kit/table";
import { patience, runsFor, runsNote } from "./runs";
import { exitFormulas, exitMean, FORMULAS, paper, quadratic, THRESHOLD } from "./setting";

const WIDTHS = [1, 2] as const;
/** Learning rate of the scan over label noise, as a share of γ_opt without noise. */
const NOISY_SHARE = 0.5;
const DIFFUSION = { kind: "sde", scheme: "weak2", step: 0.1 } as const;
/** Points of the lines. */
const LINE = 17;

interface RateSizes {
  /** Learning rates as shares of γ_opt at Δ = 0; for two neurons there is no plateau from 1.25 on, as ω_Q is negative. */
  readonly shares: readonly number[];
  readonly labelNoises: readonly number[];
  readonly dimension: number;
  readonly precision: number;
}

/** Exit time and number of steps against the learning rate, and exit time against the label noise. */
export const exitRate = figure({
  id: "quadratic-exit-rate",
  title: "Escaping mediocrity: exit time against learning rate and label noise",
  paper: `${paper}, section 2 and App. E.4`,

  presets: {
    quick: { shares: [0.25, 0.6, 1, 1.2], labelNoises: [0, 2, 5], dimension: 300, precision: 0.06 },
    standard: {
      shares: [0.15, 0.3, 0.5, 0.75, 1, 1.2],
      labelNoises: [0, 1, 2, 4, 6, 8],
      dimension: 1000,
      precision: 0.03,
    },
    paper: {
      shares: [0.1, 0.2, 0.35, 0.5, 0.75, 1, 1.2],
      labelNoises: [0, 1, 2, 3, 4, 5, 6, 8],
      dimension: 3000,
      precision: 0.02,
    },
  } as Record<"quick" | "standard" | "paper", RateSizes>,
  cost: { quick: 3.4, standard: 18, paper: 120 },
  sizesText: ({ dimension, precision }) => `d = ${dimension}, standard errors of ${100 * precision} %`,

  async compute(lab, { shares, labelNoises, dimension, precision }) {
    const settingAt = (width: number, learningRate: number, labelNoise: number) => ({
      width,
      learningRate,
      labelNoise,
      dimension,
      threshold: THRESHOLD,
    });
    const best = (width: number, labelNoise = 0) => optimalLearningRate(width, labelNoise);
    const wanted = WIDTHS.flatMap((width) => [
      ...shares.map((share) => ({
        width,
        over: "rate" as const,
        learningRate: share * best(width),
        labelNoise: 0,
      })),
      ...labelNoises.map((labelNoise) => ({
        width,
        over: "noise" as const,
        learningRate: NOISY_SHARE * best(width),
        labelNoise,
      })),
    ]);
    const found = await lab.parts(
      wanted,
      async ({ width, over, learningRate, labelNoise }, inner) => {
        const setting = settingAt(width, learningRate, labelNoise);
        const label = `p = ${width}, γ = ${learningRate.toFixed(4)}, Δ = ${labelNoise}`;
        const formulas = await exitFormulas(inner, setting, label);
        const samples = runsFor(setting, precision);
        const until = formulas.annealed! + patience(setting);
        const report = { quantities: ["exitTime"] };
        const run = (process: string) => ({
          samples,
          until,
          seed: seedFor(`exit rate, ${over}, ${label}, ${process}`),
        });
        const sgd = await inner.simulate(
          `${label}, exact process`,
          quadratic(setting, { report, simulation: run("exact") }),
        );
        const diffusion = await inner.solve(
          `${label}, diffusion`,
          quadratic(setting, { report, method: { ...DIFFUSION, ...run("diffusion") } }),
        );
        const stepsPerTime = width / learningRate;
        const exits = { sgd: exitMean(sgd.events), diffusion: exitMean(diffusion.events) };
        return { width, over, learningRate, labelNoise, stepsPerTime, formulas, ...exits };
      },
      { cost: ({ width, learningRate }) => width / learningRate, calls: 2 },
    );
    const last = shares[shares.length - 1];
    const [low, high] = [0.8 * shares[0], 1.02 * last];
    const noises = labelNoises[labelNoises.length - 1];
    const scans = [];
    for (const width of WIDTHS) {
      const lines = { rate: [], noise: [] } as Record<Over, Line[]>;
      for (let k = 0; k < LINE; k++) {
        const learningRate = best(width) * low * (high / low) ** (k / (LINE - 1));
        const labelNoise = (noises * k) / (LINE - 1);
        const rate = settingAt(width, learningRate, 0);
        const noise = settingAt(width, NOISY_SHARE * best(width), labelNoise);
        lines.rate.push({ at: learningRate, learningRate, formulas: await exitFormulas(lab, rate) });
        lines.noise.push({
          at: labelNoise,
          learningRate: noise.learningRate,
          formulas: await exitFormulas(lab, noise),
        });
      }
      const points = found.filter((one) => one.width === width);
      scans.push({ width, optimal: best(width), lines, points });
    }
    return { threshold: THRESHOLD, dimension, scans };
  },

  show({ dimension, scans }, { precision }) {
    return {
      caption:
        `Time until the excess risk of SGD on the sphere has fallen by a tenth (T = ${THRESHOLD}), from random starts at d = ${dimension}, for one neuron ` +
        `(left) and two (right). Above: against the learning rate γ, without label noise; it grows, as ω_m falls. Middle: the number of steps over d, p t/γ, ` +
        `which is what counts; dotted: γ_opt, where the linear theory has the fewest. Below: time against the label noise Δ, at γ = γ_opt(Δ = 0)/2. Dots: the exact ` +
        `process of the order parameters; rings: the diffusion with the noise of SGD; bars of one standard error. Lines: the formulas of the paper, annealed ` +
        `and quenched, and the quenched one with the noise of SGD (shifted). Dots between or beyond them show what the formulas leave out: all hold for small overlaps and large d, shifted for one neuron.`,
      panels: {
        "Exit time and steps against learning rate, and exit time against label noise": {
          description:
            "Exit time and number of steps against learning rate and label noise, for one and two neurons",
          rowHeight: 270,
          drawings: [
            ...scans.map((scan) => drawingOf(scan, "time against γ")),
            ...scans.map((scan) => drawingOf(scan, "steps against γ")),
            ...scans.map((scan) => drawingOf(scan, "time against Δ")),
          ],
        },
      },
      table: table(
        scans.flatMap(({ points }) => points),
        [
          ["p", ({ width }) => width],
          ["γ", ({ learningRate }) => learningRate, 4],
          ["Δ", ({ labelNoise }) => labelNoise],
          ["runs", ({ sgd }) => sgd.exits],
          [["exit time, SGD", "SE"], ({ sgd }) => sgd, 3],
          [["diffusion", "SE"], ({ diffusion }) => diffusion, 3],
          ...FORMULAS.map((name) => [name, ({ formulas }: Point) => formulas[name], 3] as const),
          ["steps/d", ({ sgd, stepsPerTime }) => sgd.mean * stepsPerTime, 2],
        ],
      ),
      notes: [
        ...scans.map(fewestNote),
        ...missingNote(scans.flatMap(({ points }) => points)),
        "γ_opt is that of the growth rate alone. The noise of SGD grows with γ and shortens the exit: the shifted line has its least at a higher rate. Around it the steps change little.",
        "For two neurons the quenched formula has no value where some starts lie beyond its linearisation.",
        runsNote(precision),
        `The diffusion is of weak order 2 with steps of ${DIFFUSION.step}.`,
      ],
    };
  },
});

type Over = "rate" | "noise";
type Formulas = Awaited<ReturnType<typeof exitFormulas>>;
/** The formulas at a place of an axis. */
interface Line {
  readonly at: number;
  readonly learningRate: number;
  readonly formulas: Formulas;
}
type ExitMean = ReturnType<typeof exitMean>;
interface Point extends Record<"width" | "learningRate" | "labelNoise" | "stepsPerTime", number> {
  readonly over: Over;
  readonly formulas: Formulas;
  readonly sgd: ExitMean;
  readonly diffusion: ExitMean;
}
interface Scan {
  readonly width: number;
  readonly optimal: number;
  readonly lines: Readonly<Record<Over, readonly Line[]>>;
  readonly points: readonly Point[];
}
type What = "time against γ" | "steps against γ" | "time against Δ";

function drawingOf({ width, optimal, lines, points }: Scan, what: What): Drawing {
  const over: Over = what.endsWith("Δ") ? "noise" : "rate";
  const factor = ({ learningRate }: { learningRate: number }) =>
    what.startsWith("steps") ? width / learningRate : 1;
  const place = (point: Point) => (over === "rate" ? point.learningRate : point.labelNoise);
  const those = points.filter((point) => point.over === over);
  const dots = (process: "sgd" | "diffusion") =>
    measured(
      those.map(place),
      those.map((point) => point[process].mean * factor(point)),
      {
        standardError: those.map((point) => point[process].standardError * factor(point)),
        colour: colourOf(3),
        hollow: process === "diffusion",
      },
    );
  return {
    title: `p = ${width}`,
    x: over === "rate" ? linear("learning rate γ", { padding: 0 }) : linear("label noise Δ"),
    y: what.startsWith("steps") ? log("steps / d") : linear("exit time t", { holds: [0] }),
    marks: [
      ...FORMULAS.map((name, k) => {
        const known = lines[over].filter(({ formulas }) => formulas[name] !== null);
        return theory(
          known.map(({ at }) => at),
          known.map((line) => line.formulas[name]! * factor(line)),
          { colour: colourOf(k), label: name, dashed: name !== "shifted" },
        );
      }),
      dots("diffusion"),
      dots("sgd"),
    ],
    ...(what.startsWith("steps") && { moments: [{ value: optimal, label: "γ_opt" }] }),
  };
}

/** Where the runs take the fewest steps, among the rates of the scan. */
function fewestNote({ width, optimal, points }: Scan): string {
  const rates = points.filter(({ over }) => over === "rate");
  const steps = ({ sgd, stepsPerTime }: Point) => sgd.mean * stepsPerTime;
  const fewest = rates.reduce((best, point) => (steps(point) < steps(best) ? point : best));
  const spare = rates[0];
  return (
    `p = ${width}: of the rates here the runs take the fewest steps at γ = ${fewest.learningRate.toFixed(3)}, ${steps(fewest).toFixed(1)} d ± ` +
    `${(fewest.sgd.standardError * fewest.stepsPerTime).toFixed(1)} d (γ_opt = ${optimal.toFixed(3)}); at γ = ${spare.learningRate.toFixed(3)} they take ${steps(spare).toFixed(1)} d.`
  );
}

function missingNote(points: readonly Point[]): string[] {
  const missing = points.reduce((sum, { sgd, diffusion }) => sum + sgd.missing + diffusion.missing, 0);
  return missing > 0 ? [`Left out of the means: ${missing} runs without an exit in the time given.`] : [];
}
