import { linear } from "../drawing/axis";
import { table } from "../kit/table";
import {
  curvesDrawing,
  drawnLosses,
  limitDrawings,
  lossAxis,
  type PhaseCurve,
  runsDrawings,
  threeAlgorithms,
} from "./drawing";
import { phaseFigure } from "./phase-figure";
import {
  final,
  finalMean,
  limitText,
  type PhaseRuns,
  recoveredAlone,
  recoveredText,
  recovers,
  WARM,
} from "./runs";

const PERSISTENCE = 1;
const ALGORITHMS = threeAlgorithms(PERSISTENCE);
/** Runs that recover up to t = 1000, in print. */
const IN_PRINT = ["9 %", "30 %", "99 %"];

/** Gradient descent against multi-pass SGD and persistent SGD, on the sphere. */
export const algorithms = phaseFigure({
  id: "phase-algorithms",
  title: "Phase retrieval: persistent SGD finds what gradient descent does not, SGD lies between",
  stands: "figures 2 and 3",
  presets: {
    quick: {
      size: 60,
      samples: 40,
      until: 100,
      learningRate: 0.02,
      limit: { particles: 4096, runs: 3 },
    },
    standard: {
      size: 200,
      samples: 100,
      until: 300,
      learningRate: 0.02,
      limit: { particles: 8192, runs: 4 },
    },
    paper: {
      size: 1000,
      samples: 500,
      until: 1000,
      learningRate: 0.01,
      limit: { particles: 32_768, runs: 8 },
    },
  },
  cost: { quick: 6.3, standard: 100 },

  settings: ({ learningRate, ...run }) =>
    ALGORITHMS.map(({ name, parameters, batchSampling }) => ({
      name,
      parameters: { ...WARM, learningRate, ...parameters },
      batchSampling,
      ...run,
    })),

  find: (runs, { size, samples, until }) => ({ size, samples, until, runs: [...runs] }),

  show({ runs }, { size, samples, until, learningRate, limit }) {
    const [descent, sgd, persistent] = runs;
    const [more, fewer] = recoveredAlone(persistent, descent);
    const others = recoveredAlone(sgd, descent);
    const curves = (values: (those: PhaseRuns) => Pick<PhaseCurve, "values" | "standardError">) =>
      runs.map(
        (those, k): PhaseCurve => ({
          time: those.time,
          ...values(those),
          colour: ALGORITHMS[k].colour,
          label: those.name,
        }),
      );
    const means = (quantity: "overlap" | "trainingLoss") =>
      curves(({ [quantity]: { mean, standardError } }) => ({ values: mean, standardError }));
    const medians = curves(({ trainingLoss }) => ({ values: drawnLosses(trainingLoss.median) }));
    return {
      caption:
        `Gradient descent (GD), multi-pass SGD and persistent SGD (p-SGD, τ = ${PERSISTENCE}) with batches of ℓ = 0.5, on the sphere at α = ${WARM.sampleRatio} from ` +
        `m0 = ${WARM.initialOverlap}; N = ${size}, η = ${learningRate}, ${samples} data sets. Above: means with bars of one standard error, medians, and the share of runs that have ` +
        `recovered the signal by then. Below: single runs, grey where they do not recover up to t = ${until}; and single runs of the mean-field theory, N → ∞, from m0 exactly, each with ` +
        `${limit.particles} particles.`,
      panels: {
        "Overlap, loss and recovery against time": {
          description: "Overlap, loss and recovery of three algorithms against time",
          rowHeight: 260,
          drawings: [
            curvesDrawing("Mean overlap", linear("overlap m", { holds: [0, 1] }), means("overlap")),
            curvesDrawing("Mean loss", linear("training loss", { holds: [0] }), means("trainingLoss")),
            curvesDrawing("Recovered", linear("share of runs", { holds: [0, 1] }), curves(recoveredAlong)),
            curvesDrawing("Median loss", lossAxis("training loss"), medians),
          ],
        },
        "Single runs": {
          description: "Overlap of single runs",
          columns: 3,
          rowHeight: 230,
          drawings: runsDrawings(
            runs,
            ({ name }) => name,
            (k) => ALGORITHMS[k].colour,
            recovers,
          ),
        },
        "The limit of infinite size": {
          description: "Overlap of single runs of the mean-field theory",
          columns: 3,
          rowHeight: 230,
          drawings: limitDrawings(runs, (k) => ALGORITHMS[k].colour),
        },
      },
      table: table(runs, [
        ["algorithm", ({ name }) => name],
        [`recovered by t = ${until}`, recoveredText],
        ["of them −w0", ({ mirrored }) => mirrored],
        [["mean m", "SE"], ({ overlap }) => finalMean(overlap), 3],
        ["median loss", ({ trainingLoss }) => final(trainingLoss.median).toExponential(1)],
        ["in print", (_, k) => IN_PRINT[k]],
        ["N → ∞", limitText],
      ]),
      notes: [
        `On ${more} of the ${samples} data sets only persistent SGD recovers the signal, on ${fewer} only GD; on ${others[0]} only SGD of SGD and GD, on ${others[1]} only GD.`,
        `In print: N = 1000, η = 0.01, 500 data sets, shares of the runs by t = 1000. At small N more runs of GD recover, since m fluctuates by 1/√N at the start and ` +
          `the landscape has fewer traps: the shares of another N are not to be compared with those. Batches of SGD are drawn with replacement, as in print; those of persistent SGD member by member.`,
        "What is a share of the runs at finite N is one fate in the limit, whose overlap does not fluctuate: persistent SGD recovers the signal exactly, and gradient descent stays on its plateau. " +
          "Particles, too, are finite in number, which is why their single runs differ. Batches of SGD are Bernoulli's there, of 1/3, with the noise of batches of 1/2 with replacement.",
      ],
    };
  },
});

/** Share of the runs that have recovered by each time. */
function recoveredAlong({ time, recoveryTimes, samples }: PhaseRuns) {
  return { values: time.map((now) => recoveryTimes.filter((t) => t !== null && t <= now).length / samples) };
}
