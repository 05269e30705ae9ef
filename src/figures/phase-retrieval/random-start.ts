import { mean, medianError } from "../../numerics/statistics";
import { arrange } from "../old/drawing/arrangement";
import { linearAxis, logAxis, tickText } from "../old/drawing/axis";
import { type Drawing, draw } from "../old/drawing/drawing";
import { curvesDrawing, type PhaseCurve, threeAlgorithms } from "./drawing";
import { phaseFigure } from "./phase-figure";
import { final, medianRecovery, type PhaseRuns, recoveredText, withoutSingles } from "./runs";

/** Sizes of the computation behind the figure. */
export interface RandomStartSizes {
  /** N, ascending. */
  readonly sizes: readonly number[];
  readonly sampleRatio: number;
  readonly samples: number;
  readonly until: number;
  readonly learningRate: number;
}

const PERSISTENCE = 2;
const [DESCENT, , PERSISTENT] = threeAlgorithms(PERSISTENCE);

/** Gradient descent and persistent SGD without a warm start, by dimension. */
export const phaseRandomStart = phaseFigure<RandomStartSizes>({
  id: "phase-random-start",
  title: "Phase retrieval: persistent SGD recovers the signal from random starts",
  stands: "figure 7",
  sizes: {
    quick: { sizes: [25, 50, 100], sampleRatio: 3.5, samples: 16, until: 60, learningRate: 0.02 },
    paper: { sizes: [100, 500, 1000, 2500], sampleRatio: 2.5, samples: 50, until: 1000, learningRate: 0.01 },
  },

  settings: ({ sizes, sampleRatio, samples, until, learningRate }) =>
    sizes.flatMap((size) =>
      [DESCENT, PERSISTENT].map(({ name, parameters }) => ({
        name: `N = ${size}, ${name}`,
        parameters: { sampleRatio, initialOverlap: 0, learningRate, ...parameters },
        size,
        samples,
        until,
      })),
    ),

  show(runs, { sizes, sampleRatio, samples, until, learningRate }, document) {
    const pairs = sizes.map((size, k): Pair => {
      const [descent, persistent] = runs.slice(2 * k, 2 * k + 2);
      return { size, descent, persistent, recovery: medianRecovery(persistent) };
    });
    return {
      caption:
        `Random starts (m0 = 0) on the sphere at α = ${sampleRatio}, η = ${learningRate}, ${samples} data sets for each N: GD and persistent SGD (p-SGD, ℓ = 0.5, τ = ${PERSISTENCE}). Above: median ` +
        `of |m|, as w0 and −w0 are the same to the algorithms, and median training loss. Below: times of recovery of single runs by persistent SGD against N, rings with a line for ` +
        `their medians, where more than half of the runs recover by t = ${until}.`,
      panels: [
        { name: "Median overlap and loss by dimension", svg: drawMedians(pairs, document) },
        { name: "Recovery time against dimension", svg: drawTimes(pairs, until, document) },
      ],
      table: {
        columns: ["N", "GD recovered", "p-SGD recovered", "p-SGD, median time", "GD, median |m|", "× √N"],
        rows: pairs.map(({ size, descent, persistent, recovery }) => [
          size,
          recoveredText(descent),
          recoveredText(persistent),
          recovery === null ? `> ${until}` : `${recovery.toFixed(1)}${errorText(recoveryError(persistent))}`,
          final(descent.modulus.median).toFixed(3),
          (final(descent.modulus.median) * Math.sqrt(size)).toFixed(2),
        ]),
      },
      notes: [
        ...growthNote(pairs),
        "The overlap of a random start is of order 1/√N and grows in proportion to itself at first: from there to order 1 takes a time of order log N.",
        "In print α = 2.5 and N = 100 to 2500; there GD stays near the overlap it starts with, and persistent SGD recovers all the same. The caption is missing from our copy, and with it the " +
          "last time and the number of data sets. The quick preset has a larger α, at which small systems recover in a short time.",
      ],
      data: { sampleRatio, samples, until, pairs: pairs.map(plainPair) },
    };
  },
});

interface Pair {
  readonly size: number;
  readonly descent: PhaseRuns;
  readonly persistent: PhaseRuns;
  /** Median time of recovery of persistent SGD. */
  readonly recovery: number | null;
}

const plainPair = ({ descent, persistent, ...rest }: Pair) => ({
  ...rest,
  descent: withoutSingles(descent),
  persistent: withoutSingles(persistent),
});

/** Standard error of the median time; Infinity where too few runs recover for it to be known. */
const recoveryError = ({ recoveryTimes }: PhaseRuns): number =>
  medianError(recoveryTimes.map((t) => t ?? Infinity));

/** " ± 1.2", or nothing. */
const errorText = (error: number, digits = 1) => (error < Infinity ? ` ± ${error.toFixed(digits)}` : "");

/** Slope of the median time against ln N, where there are two. */
function growthNote(pairs: readonly Pair[]): string[] {
  const known = pairs.filter(({ recovery }) => recovery !== null);
  if (known.length < 2) return [];
  const x = known.map(({ size }) => Math.log(size));
  const centre = mean(x);
  const square = x.reduce((sum, one) => sum + (one - centre) ** 2, 0);
  const weights = x.map((one) => (one - centre) / square);
  const slope = weights.reduce((sum, weight, k) => sum + weight * known[k].recovery!, 0);
  const error = Math.hypot(...weights.map((weight, k) => weight * recoveryError(known[k].persistent)));
  const [first, last] = [known[0], known[known.length - 1]];
  return [
    `From N = ${first.size} to ${last.size}, by a factor of ${tickText(last.size / first.size)}, the median time goes from ${first.recovery!.toFixed(0)} to ${last.recovery!.toFixed(0)}: ` +
      `${slope.toFixed(0)}${errorText(error, 0)} units of time for each factor e, by a straight line in ln N.`,
  ];
}

function drawMedians(pairs: readonly Pair[], document: Document): string {
  const drawings = pairs.flatMap(({ size, descent, persistent }): Drawing[] => {
    const curves = (values: (runs: PhaseRuns) => number[]): PhaseCurve[] =>
      [
        { runs: descent, ...DESCENT },
        { runs: persistent, ...PERSISTENT },
      ].map(({ runs, colour, name }) => ({ time: runs.time, values: values(runs), colour, label: name }));
    const losses = curves(({ trainingLoss }) => trainingLoss.median);
    return [
      curvesDrawing(
        `N = ${size}`,
        linearAxis("median |m|", [0, 1]),
        curves(({ modulus }) => modulus.median),
      ),
      curvesDrawing(
        `N = ${size}`,
        linearAxis("median training loss", [0, ...losses.flatMap(({ values }) => values)]),
        losses,
      ),
    ];
  });
  const description = "Median overlap and training loss against time from random starts, by dimension";
  return arrange(drawings, { columns: 2, rowHeight: 220, description }, document);
}

function drawTimes(pairs: readonly Pair[], until: number, document: Document): string {
  const { colour } = PERSISTENT;
  const sizes = pairs.map(({ size }) => size);
  const known = pairs.filter(({ recovery }) => recovery !== null);
  const medians = { x: known.map(({ size }) => size), y: known.map(({ recovery }) => recovery!) };
  const single = pairs.flatMap(({ size, persistent }) =>
    persistent.recoveryTimes.flatMap((t) => (t === null ? [] : [{ size, t }])),
  );
  return draw(
    {
      description: "Times of recovery by persistent SGD against the dimension, with their medians",
      x: { ...logAxis("dimension N", sizes), ticks: sizes },
      y: linearAxis("time of recovery", [0, until]),
      lines: [{ ...medians, colour, label: "median" }],
      dots: [
        { x: single.map(({ size }) => size), y: single.map(({ t }) => t), colour: GREY },
        { ...medians, colour, hollow: true },
      ],
      height: 300,
    },
    document,
  );
}

const GREY = "rgba(128,128,128,0.7)";
