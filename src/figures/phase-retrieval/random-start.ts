import { mean, medianError } from "../../numerics/statistics";
import { linear, log, tickText } from "../drawing/axis";
import { measured, theory } from "../drawing/marks";
import { table, withError } from "../kit/table";
import { curvesDrawing, type PhaseCurve, threeAlgorithms } from "./drawing";
import { phaseFigure } from "./phase-figure";
import { final, medianRecovery, type PhaseRuns, recoveredText, withoutSingles } from "./runs";
import { EASY_RATIO, easySettings, easyTime, lawDrawing, lawText } from "./time-law";

const PERSISTENCE = 2;
const [DESCENT, , PERSISTENT] = threeAlgorithms(PERSISTENCE);
const GREY = "rgba(128,128,128,0.7)";

type Runs = Omit<PhaseRuns, "overlaps">;

/** The two algorithms at one dimension, and the median time of recovery of persistent SGD. */
interface Pair {
  readonly size: number;
  readonly recovery: number | null;
  readonly descent: Runs;
  readonly persistent: Runs;
}

/** Gradient descent and persistent SGD without a warm start, by dimension. */
export const randomStart = phaseFigure({
  id: "phase-random-start",
  title:
    "Phase retrieval: from random starts persistent SGD finds the signal more often than gradient descent",
  stands: "figure 7",
  // `sizes`: dimensions N, ascending; `easy`: those where nothing traps the runs.
  presets: {
    quick: {
      sizes: [30, 60],
      sampleRatio: 2.5,
      samples: 20,
      until: 300,
      learningRate: 0.02,
      easy: { sizes: [40, 80], samples: [60, 40], until: 40 },
    },
    standard: {
      sizes: [30, 60, 120, 240],
      sampleRatio: 2.5,
      samples: 40,
      until: 800,
      learningRate: 0.02,
      easy: { sizes: [50, 100, 200], samples: [160, 100, 60], until: 40 },
    },
    paper: {
      sizes: [100, 500, 1000, 2500],
      sampleRatio: 2.5,
      samples: 50,
      until: 1000,
      learningRate: 0.01,
      easy: { sizes: [50, 100, 200, 400, 800], samples: [400, 300, 200, 120, 80], until: 40 },
    },
  },
  cost: { quick: 3.8, standard: 123 },

  settings: ({ sizes, sampleRatio, learningRate, easy, ...run }) => [
    ...sizes.flatMap((size) =>
      [DESCENT, PERSISTENT].map(({ name, parameters }) => ({
        name: `N = ${size}, ${name}`,
        parameters: { sampleRatio, initialOverlap: 0, learningRate, ...parameters },
        size,
        ...run,
      })),
    ),
    ...easySettings(easy),
  ],

  find: (runs, { sizes, samples, until }) => ({
    samples,
    until,
    pairs: sizes.map((size, k): Pair => {
      const [descent, persistent] = runs.slice(2 * k, 2 * k + 2).map(withoutSingles);
      return { size, recovery: medianRecovery(persistent), descent, persistent };
    }),
    easy: runs.slice(2 * sizes.length).map(easyTime),
  }),

  show({ samples, until, pairs, easy }, { sampleRatio, learningRate }) {
    return {
      caption:
        `Random starts (m0 = 0) on the sphere at α = ${sampleRatio}, η = ${learningRate}, ${samples} data sets for each N: GD and persistent SGD (p-SGD, ℓ = 0.5, τ = ${PERSISTENCE}). Above: median ` +
        `of |m|, as w0 and −w0 are the same to the algorithms, and median training loss. Below: times of recovery of single runs by persistent SGD against N, rings with a line for ` +
        `their medians, where more than half of the runs recover by t = ${until}; and their mean at α = ${EASY_RATIO}, with bars of one standard error and a straight line in ln N.`,
      panels: {
        "Median overlap and loss by dimension": {
          description: "Median overlap and training loss against time from random starts, by dimension",
          rowHeight: 220,
          drawings: pairs.flatMap(medianDrawings),
        },
        "Recovery time against dimension": {
          description: "Times of recovery by persistent SGD against the dimension, with their medians",
          rowHeight: 300,
          drawings: [timesDrawing(pairs, until, sampleRatio), lawDrawing(easy, PERSISTENT.colour)],
        },
      },
      table: table(pairs, [
        ["N", ({ size }) => size],
        ["GD recovered", ({ descent }) => recoveredText(descent)],
        ["p-SGD recovered", ({ persistent }) => recoveredText(persistent)],
        [
          "p-SGD, median time",
          ({ recovery, persistent }) =>
            recovery === null ? `> ${until}` : withError(recovery, recoveryError(persistent), 1),
        ],
        ["GD, median |m|", ({ descent }) => final(descent.modulus.median), 3],
        ["× √N", ({ size, descent }) => final(descent.modulus.median) * Math.sqrt(size), 2],
      ]),
      notes: [
        ...growthNote(pairs),
        lawText(easy),
        `The overlap of a random start is of order 1/√N and grows in proportion to itself at first: from there to order 1 takes a time of order log N, as at α = ${EASY_RATIO}. At α = ${sampleRatio} runs are trapped on the way and leave their traps later, the larger N, so that their time grows faster. In the limit N → ∞ it is 0 for all times, so that the mean-field theory has no curve to show here.`,
        "In print α = 2.5 and N = 100 to 2500; there GD stays near the overlap it starts with, and persistent SGD recovers all the same. The caption is missing from our copy, and with it the " +
          "last time and the number of data sets. Small systems recover more often: their starts have larger overlaps, and their landscapes fewer traps.",
      ],
    };
  },
});

/** Standard error of the median time; Infinity where too few runs recover for it to be known. */
const recoveryError = ({ recoveryTimes }: Runs): number =>
  medianError(recoveryTimes.map((t) => t ?? Infinity));

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
      `${withError(slope, error, 0)} units of time for each factor e, by a straight line in ln N.`,
  ];
}

function medianDrawings({ size, descent, persistent }: Pair) {
  const curves = (values: (runs: Runs) => number[]): PhaseCurve[] =>
    [
      { runs: descent, ...DESCENT },
      { runs: persistent, ...PERSISTENT },
    ].map(({ runs, colour, name }) => ({ time: runs.time, values: values(runs), colour, label: name }));
  return [
    curvesDrawing(
      `N = ${size}`,
      linear("median |m|", { holds: [0, 1] }),
      curves(({ modulus }) => modulus.median),
    ),
    curvesDrawing(
      `N = ${size}`,
      linear("median training loss", { holds: [0] }),
      curves(({ trainingLoss }) => trainingLoss.median),
    ),
  ];
}

function timesDrawing(pairs: readonly Pair[], until: number, sampleRatio: number) {
  const { colour } = PERSISTENT;
  const known = pairs.filter(({ recovery }) => recovery !== null);
  const medians = [known.map(({ size }) => size), known.map(({ recovery }) => recovery!)] as const;
  const single = pairs.flatMap(({ size, persistent }) =>
    persistent.recoveryTimes.flatMap((t) => (t === null ? [] : [[size, t]])),
  );
  const sizes = pairs.map(({ size }) => size);
  return {
    title: `α = ${sampleRatio}`,
    x: log("dimension N", { holds: sizes, ticks: sizes }),
    y: linear("time of recovery", { holds: [0, until] }),
    marks: [
      theory(...medians, { colour, label: "median" }),
      measured(
        single.map(([size]) => size),
        single.map(([, t]) => t),
        { colour: GREY },
      ),
      measured(...medians, { colour, hollow: true }),
    ],
  };
}
