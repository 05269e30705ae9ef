import { arrange } from "../old/drawing/arrangement";
import { linearAxis } from "../old/drawing/axis";
import {
  curvesDrawing,
  drawnLosses,
  lossAxis,
  overlapAxis,
  type PhaseCurve,
  runsDrawing,
  threeAlgorithms,
} from "./drawing";
import { phaseFigure } from "./phase-figure";
import { final, type Measured, type PhaseRuns, recoveredAlone, recoveredText, WARM } from "./runs";

/** Sizes of the computation behind the figure. */
export interface AlgorithmsSizes {
  readonly size: number;
  readonly samples: number;
  readonly until: number;
  readonly learningRate: number;
}

const PERSISTENCE = 1;
const ALGORITHMS = threeAlgorithms(PERSISTENCE);
/** Runs that recover up to t = 1000, in print. */
const IN_PRINT = ["9 %", "30 %", "99 %"];

/** Gradient descent against multi-pass SGD and persistent SGD, on the sphere. */
export const phaseAlgorithms = phaseFigure<AlgorithmsSizes>({
  id: "phase-algorithms",
  title: "Phase retrieval: SGD finds what gradient descent does not",
  stands: "figures 2 and 3",
  sizes: {
    quick: { size: 100, samples: 12, until: 100, learningRate: 0.02 },
    paper: { size: 1000, samples: 500, until: 1000, learningRate: 0.01 },
  },

  settings: ({ size, samples, until, learningRate }) =>
    ALGORITHMS.map(({ name, parameters }) => ({
      name,
      parameters: { ...WARM, learningRate, ...parameters },
      size,
      samples,
      until,
    })),

  show(runs, { size, samples, until, learningRate }, document) {
    const [descent, , persistent] = runs;
    const [more, fewer] = recoveredAlone(persistent, descent);
    return {
      caption:
        `Gradient descent (GD), multi-pass SGD and persistent SGD (p-SGD, τ = ${PERSISTENCE}) with batches of ℓ = 0.5, on the sphere at α = ${WARM.sampleRatio} from ` +
        `m0 = ${WARM.initialOverlap}; N = ${size}, η = ${learningRate}, ${samples} data sets. Above: means with bars of one standard error, medians, and the share of runs that have ` +
        `recovered the signal by then. Below: single runs, grey where they do not recover up to t = ${until}.`,
      panels: [
        { name: "Overlap, loss and recovery against time", svg: drawMeans(runs, document) },
        { name: "Single runs", svg: drawRuns(runs, document) },
      ],
      table: {
        columns: [
          "algorithm",
          `recovered by t = ${until}`,
          "of them −w0",
          "mean m",
          "SE",
          "median loss",
          "in print",
        ],
        rows: runs.map((those, k) => [
          those.name,
          recoveredText(those),
          those.mirrored,
          final(those.overlap.mean).toFixed(3),
          final(those.overlap.standardError).toFixed(3),
          final(those.trainingLoss.median).toExponential(1),
          IN_PRINT[k],
        ]),
      },
      notes: [
        `On ${more} of the ${samples} data sets only persistent SGD recovers the signal, on ${fewer} only GD.`,
        `In print: N = 1000, η = 0.01, 500 data sets, shares of the runs by t = 1000. At small N more runs of GD recover, since m fluctuates by 1/√N at the start and ` +
          `the landscape has fewer traps: the shares of another N are not to be compared with those. Batches of SGD are drawn member by member, not with replacement.`,
      ],
      data: { size, samples, until, runs: [...runs] },
    };
  },
});

function drawMeans(runs: readonly PhaseRuns[], document: Document): string {
  const curves = (values: (those: PhaseRuns) => Pick<Measured, "mean"> & Partial<Measured>): PhaseCurve[] =>
    runs.map((those, k) => {
      const { mean, standardError } = values(those);
      return {
        time: those.time,
        values: mean,
        standardError,
        colour: ALGORITHMS[k].colour,
        label: those.name,
      };
    });
  const overlaps = curves(({ overlap }) => overlap);
  const losses = curves(({ trainingLoss }) => trainingLoss);
  const medians = curves(({ trainingLoss }) => ({ mean: drawnLosses(trainingLoss.median) }));
  const shares = curves(recoveredAlong);
  const valuesOf = (those: readonly PhaseCurve[]) => those.flatMap(({ values }) => values);
  return arrange(
    [
      curvesDrawing("Mean overlap", linearAxis("overlap m", [0, 1, ...valuesOf(overlaps)]), overlaps),
      curvesDrawing("Mean loss", linearAxis("training loss", [0, ...valuesOf(losses)]), losses),
      curvesDrawing("Recovered", linearAxis("share of runs", [0, 1]), shares),
      curvesDrawing("Median loss", lossAxis("training loss", valuesOf(medians)), medians),
    ],
    {
      columns: 2,
      rowHeight: 260,
      description: "Overlap, loss and recovery of three algorithms against time",
    },
    document,
  );
}

/** Share of the runs that have recovered by each time. */
function recoveredAlong({ time, recoveryTimes, samples }: PhaseRuns): Pick<Measured, "mean"> {
  return { mean: time.map((now) => recoveryTimes.filter((t) => t !== null && t <= now).length / samples) };
}

function drawRuns(runs: readonly PhaseRuns[], document: Document): string {
  const y = overlapAxis(runs);
  const drawings = runs.map((those, k) =>
    runsDrawing(those.name, those, { y, colour: ALGORITHMS[k].colour }),
  );
  return arrange(drawings, { columns: 3, rowHeight: 230, description: "Overlap of single runs" }, document);
}
