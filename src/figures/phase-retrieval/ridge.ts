import { modulusError } from "../../models/phase-retrieval/start";
import { linear } from "../drawing/axis";
import type { Drawing } from "../drawing/drawing";
import { table } from "../kit/table";
import { curvesDrawing, type PhaseCurve, threeAlgorithms } from "./drawing";
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
    quick: { cases: CASES, size: 100, samples: 8, until: 10, learningRate: 0.02 },
    standard: { cases: CASES, size: 200, samples: 20, until: 60, learningRate: 0.02 },
    paper: { cases: CASES, size: 1000, samples: 250, until: 100, learningRate: 0.01 },
  },
  cost: { quick: 1.8, standard: 35 },

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

  show: ({ size, samples, until, groups }, { learningRate }) => ({
    caption:
      `Mean squared error of the predicted moduli (left) and training loss (right) against time with a ridge λ|w|²/2 in place of the sphere, α = ${WARM.sampleRatio}, m0 = ${WARM.initialOverlap}, N = ${size}, ` +
      `η = ${learningRate}, ${samples} data sets: GD, SGD and persistent SGD (p-SGD, τ = 1) with ℓ = 0.5. Dots: mean of eq. (B.8) over the runs, bars of one standard error; lines on the ` +
      `left: eq. (B.8) at the mean overlap and norm; on the right the lines join the means. Not rescaled: the gradient of a batch is not divided by ℓ.`,
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
        ["by (B.8) at the means", ({ ofMeans }) => final(ofMeans), 3],
        ["least mean error", ({ meanSquaredError }) => Math.min(...meanSquaredError.mean), 3],
        [["training loss", "SE"], ({ trainingLoss }) => finalMean(trainingLoss), 3],
      ],
    ),
    notes: [
      "Eq. (B.8) is exact for each run, on new measurements: dots and lines differ because runs do, some with small errors and some with large ones, which (B.8) at the means cannot know. The paper's " +
        "symbols are means over 250 runs, its line is (B.8) at the means.",
      "Weights start with |w|²/N = 1 + m0² and are free. In print N = 1000, η = 0.01, 250 data sets; the last time is not given in our copy.",
    ],
  }),
});

interface Group {
  readonly name: string;
  readonly ofMeans: readonly number[][];
  readonly runs: readonly Omit<PhaseRuns, "overlaps">[];
}

function drawingsOf({ name, runs, ofMeans }: Group): Drawing[] {
  const curvesOf = (quantity: "meanSquaredError" | "trainingLoss", isNamed: boolean): PhaseCurve[] =>
    runs.map((run, k) => {
      const { mean, standardError } = run[quantity];
      const { colour, name: algorithm } = ALGORITHMS[k];
      return { time: run.time, values: mean, standardError, colour, ...(isNamed && { label: algorithm }) };
    });
  const left = curvesDrawing(
    name,
    linear("mean squared error", { holds: [0] }),
    curvesOf("meanSquaredError", false),
  );
  const lines = left.marks.filter(({ kind }) => kind === "line");
  return [
    // The lines are what theory says of the dots.
    {
      ...left,
      marks: left.marks.map((mark) =>
        mark.kind === "line" ? { ...mark, y: ofMeans[lines.indexOf(mark)] } : mark,
      ),
    },
    curvesDrawing(name, linear("training loss", { holds: [0] }), curvesOf("trainingLoss", true)),
  ];
}
