import { modulusError } from "../../models/phase-retrieval/start";
import { linear, logTime } from "../drawing/axis";
import type { Drawing } from "../drawing/drawing";
import { theory as line, measured } from "../drawing/marks";
import { table } from "../kit/table";
import { threeAlgorithms } from "./drawing";
import { phaseFigure } from "./phase-figure";
import { final, finalMean, type PhaseRuns, type PhaseSetting, WARM, withoutSingles } from "./runs";

/** A ridge, and whether the gradient of a batch is divided by ℓ. */
interface RidgeCase {
  readonly ridge: number;
  readonly rescaled: boolean;
}

const ALGORITHMS = threeAlgorithms(1);
const CASES: readonly RidgeCase[] = [
  { ridge: 0, rescaled: true },
  { ridge: 0.1, rescaled: true },
  { ridge: 0.5, rescaled: true },
  { ridge: 0.5, rescaled: false },
  { ridge: 1, rescaled: true },
];

const caseName = ({ ridge, rescaled }: RidgeCase) => `λ = ${ridge}${rescaled ? "" : ", not rescaled"}`;

/** The three algorithms without the sphere: error on new measurements and training loss under a ridge. */
export const ridge = phaseFigure({
  id: "phase-ridge",
  title: "Phase retrieval: a ridge in place of the sphere",
  stands: "figures B.1 and B.2",
  presets: {
    quick: {
      cases: CASES,
      size: 100,
      samples: 8,
      until: 60,
      learningRate: 0.02,
      limit: { particles: 2048, runs: 2 },
    },
    standard: {
      cases: CASES,
      size: 200,
      samples: 16,
      until: 200,
      learningRate: 0.02,
      limit: { particles: 4096, runs: 4 },
    },
    paper: {
      cases: CASES,
      size: 1000,
      samples: 250,
      until: 1000,
      learningRate: 0.01,
      limit: { particles: 16_384, runs: 4 },
    },
  },
  cost: { quick: 8.9, standard: 121 },

  settings: ({ cases, learningRate, ...run }) =>
    cases.flatMap((one) =>
      ALGORITHMS.map(({ name, parameters, batchSampling }): PhaseSetting => {
        const rescaled = one.rescaled || name === "GD" ? {} : { rescaleGradient: false };
        const constraint = { ridge: one.ridge };
        return {
          name: `${caseName(one)}, ${name}`,
          parameters: { ...WARM, learningRate, constraint, ...parameters, ...rescaled },
          batchSampling,
          ...run,
        };
      }),
    ),

  find: (runs, { cases, size, samples, until }) => ({
    size,
    samples,
    until,
    groups: cases.map((one, k) => {
      const those = runs.slice(k * ALGORITHMS.length, (k + 1) * ALGORITHMS.length).map(withoutSingles);
      // (B.8) at the mean overlap and norm, by algorithm.
      const ofMeans = those.map(({ overlap, norm }) =>
        overlap.mean.map((m, i) => modulusError(m, norm.mean[i])),
      );
      return { name: caseName(one), rescaled: one.rescaled, ofMeans, runs: those };
    }),
  }),

  show: ({ size, samples, until, groups }, { learningRate, limit }) => ({
    caption:
      `Mean squared error of the predicted moduli (left) and training loss (right) against time with a ridge λ|w|²/2 in place of the sphere, α = ${WARM.sampleRatio}, m0 = ${WARM.initialOverlap}, N = ${size}, ` +
      `η = ${learningRate}, ${samples} data sets: GD, SGD and persistent SGD (p-SGD, τ = 1) with ℓ = 0.5. Dots: means over the runs, bars of one standard error, of eq. (B.8) on the left; rings: their medians. Lines: mean-field theory, N → ∞, mean of ${limit.runs} runs of ` +
      `${limit.particles} particles. Not rescaled: the gradient of a batch is not divided by ℓ. ` +
      `Dots and lines part by the finite size: a share of the runs stays trapped that falls with N, and raises the mean; without a ridge more of them find the signal than in the limit, and lower it.`,
    panels: {
      "Error and loss against time, by ridge": {
        description: "Error and training loss of three algorithms against time, by ridge",
        rowHeight: 230,
        drawings: groups.flatMap(drawingsOf),
      },
    },
    table: table(
      groups.flatMap(({ runs, ofMeans }) => runs.map((run, k) => ({ ...run, ofMeans: ofMeans[k] }))),
      [
        ["ridge, algorithm", ({ name }) => name],
        [[`error at t = ${until}`, "SE"], ({ meanSquaredError }) => finalMean(meanSquaredError), 3],
        ["median", ({ meanSquaredError }) => final(meanSquaredError.median), 3],
        ["by (B.8) at the means", ({ ofMeans }) => final(ofMeans), 3],
        ["least mean error", ({ meanSquaredError }) => Math.min(...meanSquaredError.mean), 3],
        [["N → ∞", "SE"], ({ limit }) => finalMean(limit!.meanSquaredError), 3],
        [["training loss", "SE"], ({ trainingLoss }) => finalMean(trainingLoss), 3],
      ],
    ),
    notes: [
      "Eq. (B.8) is exact for each run, on new measurements; at the means of overlap and norm (in the table, and the line of the paper) it differs from the mean over the runs, some of which have small errors and some large ones. " +
        "The limit starts at m0 exactly, finite systems at overlaps that fluctuate by 1/√N: without a ridge, at small N, more of them find the signal, and earlier.",
      "With λ = 0.5 or 1 the limit always finds the signal; of the finite systems a share, which falls with N, stays where it was trapped, and the mean over the runs lies between. Of SGD at λ = 0.5 " +
        "25 of 60, 15 of 40 and 5 of 24 runs are above 0.2 at t = 60 for N = 100, 200, 400, and the mean error is 0.28(4), 0.24(4), 0.13(4): it goes to the 0.03 of the limit, which is the median at each of these N.",
      "The paper has SGD gain from λ = 1, and persistent SGD do better at low λ. The latter takes time: without ridge persistent SGD comes to the signal exactly, but late, while a ridge keeps it at a small error that grows with λ.",
      "Weights start with |w|²/N = 1 + m0² and are free. In print N = 1000, η = 0.01, 250 data sets; the last time is not given in our copy.",
    ],
  }),
});

interface Group {
  readonly name: string;
  readonly ofMeans: readonly number[][];
  readonly runs: readonly Omit<PhaseRuns, "overlaps">[];
}

function drawingsOf({ name, runs }: Group): Drawing[] {
  const draw = (quantity: "meanSquaredError" | "trainingLoss", label: string): Drawing => ({
    title: name,
    x: logTime,
    y: linear(label, { holds: [0] }),
    marks: runs.flatMap(({ time, limit, [quantity]: { mean, standardError, median } }, k) => {
      const { colour, name: algorithm } = ALGORITHMS[k];
      return [
        line(limit!.time, limit![quantity].mean, { colour, label: algorithm }),
        measured(time, mean, { every: 5, standardError, colour }),
        measured(time, median, { every: 5, colour, hollow: true }),
      ];
    }),
  });
  return [draw("meanSquaredError", "mean squared error"), draw("trainingLoss", "training loss")];
}
