import { modulusError } from "../../models/phase-retrieval/start";
import { arrange } from "../old/drawing/arrangement";
import { linearAxis } from "../old/drawing/axis";
import type { Drawing } from "../old/drawing/drawing";
import { curvesDrawing, type PhaseCurve, threeAlgorithms } from "./drawing";
import { phaseFigure } from "./phase-figure";
import { final, type PhaseRuns, type PhaseSetting, WARM, withoutSingles } from "./runs";

/** A ridge, and whether the gradient of a batch is divided by ℓ. */
export interface RidgeCase {
  readonly ridge: number;
  readonly rescaled: boolean;
}

/** Sizes of the computation behind the figure. */
export interface RidgeSizes {
  readonly cases: readonly RidgeCase[];
  readonly size: number;
  readonly samples: number;
  readonly until: number;
  readonly learningRate: number;
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
export const phaseRidge = phaseFigure<RidgeSizes>({
  id: "phase-ridge",
  title: "Phase retrieval: a ridge in place of the sphere",
  stands: "figures B.1 and B.2",
  sizes: {
    quick: { cases: CASES, size: 100, samples: 8, until: 10, learningRate: 0.02 },
    paper: { cases: CASES, size: 1000, samples: 250, until: 100, learningRate: 0.01 },
  },

  settings: ({ cases, size, samples, until, learningRate }) =>
    cases.flatMap((one) =>
      ALGORITHMS.map(({ name, parameters }): PhaseSetting => {
        const rescaled = one.rescaled || name === "GD" ? {} : { rescaleGradient: false };
        const common = { ...WARM, learningRate };
        return {
          name: `${caseName(one)}, ${name}`,
          parameters: { ...common, constraint: { ridge: one.ridge }, ...parameters, ...rescaled },
          size,
          samples,
          until,
        };
      }),
    ),

  show(runs, { cases, size, samples, until, learningRate }, document) {
    const groups = cases.map((one, k): Group => {
      const those = runs.slice(k * ALGORITHMS.length, (k + 1) * ALGORITHMS.length);
      return { name: caseName(one), rescaled: one.rescaled, runs: those, ofMeans: those.map(errorOfMeans) };
    });
    return {
      caption:
        `Mean squared error of the predicted moduli (left) and training loss (right) against time with a ridge λ|w|²/2 in place of the sphere, α = ${WARM.sampleRatio}, m0 = ${WARM.initialOverlap}, N = ${size}, ` +
        `η = ${learningRate}, ${samples} data sets: GD, SGD and persistent SGD (p-SGD, τ = 1) with ℓ = 0.5. Dots: mean of eq. (B.8) over the runs, bars of one standard error; lines on the ` +
        `left: eq. (B.8) at the mean overlap and norm; on the right the lines join the means. Not rescaled: the gradient of a batch is not divided by ℓ.`,
      panels: [{ name: "Error and loss against time, by ridge", svg: drawGroups(groups, document) }],
      table: {
        columns: [
          "ridge, algorithm",
          `error at t = ${until}`,
          "SE",
          "by (B.8) at the means",
          "least mean error",
          "training loss",
          "SE",
        ],
        rows: groups.flatMap(({ runs: those, ofMeans }) =>
          those.map(({ name, meanSquaredError, trainingLoss }, k) => [
            name,
            final(meanSquaredError.mean).toFixed(3),
            final(meanSquaredError.standardError).toFixed(3),
            final(ofMeans[k]).toFixed(3),
            Math.min(...meanSquaredError.mean).toFixed(3),
            final(trainingLoss.mean).toFixed(3),
            final(trainingLoss.standardError).toFixed(3),
          ]),
        ),
      },
      notes: [
        "Eq. (B.8) is exact for each run, on new measurements: dots and lines differ because runs do, some with small errors and some with large ones, which (B.8) at the means cannot know. The paper's " +
          "symbols are means over 250 runs, its line is (B.8) at the means.",
        "Weights start with |w|²/N = 1 + m0² and are free. In print N = 1000, η = 0.01, 250 data sets; the last time is not given in our copy.",
      ],
      data: {
        size,
        samples,
        until,
        groups: groups.map(({ runs: those, ...rest }) => ({ ...rest, runs: those.map(withoutSingles) })),
      },
    };
  },
});

interface Group {
  readonly name: string;
  readonly rescaled: boolean;
  readonly runs: readonly PhaseRuns[];
  /** (B.8) at the mean overlap and norm, by algorithm. */
  readonly ofMeans: readonly number[][];
}

function errorOfMeans({ overlap, norm }: PhaseRuns): number[] {
  return overlap.mean.map((m, k) => modulusError(m, norm.mean[k]));
}

function drawGroups(groups: readonly Group[], document: Document): string {
  const drawings = groups.flatMap(({ name, runs, ofMeans }): Drawing[] => {
    const curvesOf = (quantity: "meanSquaredError" | "trainingLoss"): PhaseCurve[] =>
      runs.map((run, k) => {
        const { mean, standardError } = run[quantity];
        return { time: run.time, values: mean, standardError, colour: ALGORITHMS[k].colour };
      });
    const errors = curvesOf("meanSquaredError");
    const losses = curvesOf("trainingLoss").map((curve, k) => ({ ...curve, label: ALGORITHMS[k].name }));
    const values = (those: readonly PhaseCurve[]) => [0, ...those.flatMap((curve) => curve.values)];
    const left = curvesDrawing(
      name,
      linearAxis("mean squared error", [...values(errors), ...ofMeans.flat()]),
      errors,
    );
    return [
      // The lines are what theory says of the dots.
      { ...left, lines: left.lines.map((line, k) => ({ ...line, y: ofMeans[k] })) },
      curvesDrawing(name, linearAxis("training loss", values(losses)), losses),
    ];
  });
  const description = "Error and training loss of three algorithms against time, by ridge";
  return arrange(drawings, { columns: 2, rowHeight: 230, description }, document);
}
