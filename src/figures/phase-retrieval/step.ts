import { mean, standardError } from "../../numerics/statistics";
import { linear, log, tickText } from "../drawing/axis";
import { measured, theory } from "../drawing/marks";
import { table } from "../kit/table";
import { curvesDrawing, type PhaseCurve, threeAlgorithms } from "./drawing";
import { phaseFigure } from "./phase-figure";
import { type LimitSizes, type PhaseRuns, WARM, withoutSingles } from "./runs";

/** Time at which overlaps are compared: later, runs that differ a little go to different places. */
const COMPARED = 1;
const ALGORITHMS = threeAlgorithms(1);

/** Sizes of the figure of small steps. */
interface StepSizes {
  /** From the largest to the smallest. */
  readonly learningRates: readonly number[];
  readonly size: number;
  readonly samples: number;
  readonly until: number;
  /** Of the limit N → ∞, where it is there too. */
  readonly limit?: LimitSizes;
}

/** What is left of the noise of batches as the steps become small. */
export const step = phaseFigure({
  id: "phase-step",
  title: "Phase retrieval: the limit of small steps",
  stands: "figure B.3",
  presets: {
    quick: { learningRates: [0.02, 0.01, 0.005], size: 100, samples: 16, until: 3 },
    standard: {
      learningRates: [0.02, 0.01, 0.005, 0.002, 0.001],
      size: 200,
      samples: 40,
      until: 10,
    },
    paper: {
      learningRates: [0.01, 0.001, 0.0005, 0.0001],
      size: 1000,
      samples: 250,
      until: 1000,
      limit: { particles: 8192, runs: 2 },
    },
  } satisfies Readonly<Record<string, StepSizes>>,
  cost: { quick: 1.7, standard: 71 },

  settings: ({ learningRates, ...run }: StepSizes) =>
    ALGORITHMS.flatMap(({ name, parameters, batchSampling }) =>
      learningRates.map((learningRate) => ({
        name: `${name}, η = ${tickText(learningRate)}`,
        parameters: { ...WARM, learningRate, ...parameters },
        batchSampling,
        ...run,
      })),
    ),

  find(runs: readonly PhaseRuns[], { size, samples, until, learningRates }: StepSizes) {
    const count = learningRates.length;
    const families = ALGORITHMS.map(({ name }, k) => ({
      name,
      runs: runs.slice(k * count, (k + 1) * count),
    }));
    const [descent, ...stochastic] = families;
    return {
      size,
      samples,
      until,
      learningRates: [...learningRates],
      families: families.map(({ name, runs }) => ({ name, runs: runs.map(withoutSingles) })),
      distances: stochastic.map(({ name, runs }) => ({
        name,
        distance: runs.map((those, k) => distanceFrom(descent.runs[k], those)),
      })),
    };
  },

  show({ size, samples, learningRates, families, distances }, { limit }) {
    const curves = (quantity: "overlap" | "trainingLoss") =>
      families.flatMap(({ name, runs }, a) =>
        runs.map((those, k): PhaseCurve => {
          const colour = paler(ALGORITHMS[a].colour, (k + 1) / runs.length);
          const label = k === runs.length - 1 ? { label: name } : {};
          return { time: those.time, values: those[quantity].mean, colour, ...label };
        }),
      );
    return {
      caption:
        `GD, SGD and persistent SGD (p-SGD, τ = 1) with ℓ = 0.5 at learning rates η = ${learningRates.map(tickText).join(", ")}, pale to full: mean overlap and mean training loss against time, on the ` +
        `sphere at α = ${WARM.sampleRatio} from m0 = ${WARM.initialOverlap}, N = ${size}, ${samples} data sets. Below: the distance |m − m_GD| of the overlaps on the same data and from the same start, at t = ${COMPARED} and the same η, ` +
        `mean over the runs with bars of one standard error. The noise of SGD goes away with the step; that of persistent SGD has a limit of its own.${limit ? ` Between: the mean-field theory, N → ∞, mean of ${limit.runs} runs of ${limit.particles} particles.` : ""}`,
      panels: {
        "Overlap and loss by learning rate": {
          description: "Mean overlap and loss against time by learning rate",
          rowHeight: 280,
          drawings: [
            curvesDrawing("Mean overlap", linear("overlap m", { holds: [0] }), curves("overlap")),
            curvesDrawing("Mean loss", linear("training loss", { holds: [0] }), curves("trainingLoss")),
          ],
        },
        ...(limit && {
          "The limit of infinite size": {
            description: "Mean overlap of the mean-field theory against time by learning rate",
            rowHeight: 300,
            ...curvesDrawing("N → ∞", linear("overlap m", { holds: [0] }), limitCurves(families)),
          },
        }),
        "Distance from gradient descent": {
          description: "Distance of the overlaps from those of gradient descent against the learning rate",
          rowHeight: 300,
          x: log("learning rate η"),
          y: linear("|m − m_GD|", { holds: [0] }),
          marks: distances.flatMap(({ name, distance }, k) => {
            const { colour } = ALGORITHMS[k + 1];
            const y = distance.map((one) => one.mean);
            const bars = distance.map((one) => one.standardError);
            return [
              // The label stands where the steps are large.
              theory(learningRates.toReversed(), y.toReversed(), { colour, label: name, dashed: true }),
              measured(learningRates, y, { standardError: bars, colour }),
            ];
          }),
        },
      },
      table: table(
        distances.flatMap(({ name, distance }) =>
          distance.map((one, k) => ({ name, rate: learningRates[k], ...one })),
        ),
        [
          ["algorithm", ({ name }) => name],
          ["η", ({ rate }) => rate],
          [[`|m − m_GD| at t = ${COMPARED}`, "SE"], (one) => one, 4],
        ],
      ),
      notes: [
        "In print N = 1000, 250 data sets, η from 0.01 down to 10⁻⁴. The last time is not given in our copy; the paper preset goes to that of figure 2.",
      ],
    };
  },
});

function limitCurves(families: readonly { name: string; runs: readonly Pick<PhaseRuns, "limit">[] }[]) {
  return families.flatMap(({ name, runs }, a) =>
    runs.map(({ limit }, k): PhaseCurve => {
      const colour = paler(ALGORITHMS[a].colour, (k + 1) / runs.length);
      const label = k === runs.length - 1 ? { label: name } : {};
      return { time: limit!.time, values: limit!.overlap.mean, colour, ...label };
    }),
  );
}

/** |m − m_GD| of the runs that are kept, data set by data set. */
function distanceFrom(descent: PhaseRuns, { time, overlaps }: PhaseRuns) {
  const at = time.findIndex((t) => t >= COMPARED);
  const distances = overlaps.map((run, number) => Math.abs(run[at] - descent.overlaps[number][at]));
  return { mean: mean(distances), standardError: standardError(distances) };
}

/** A colour of the palette with less of it; half at least, to be seen. */
function paler(colour: string, share: number): string {
  const opacity = Math.round(255 * (0.25 + 0.75 * share));
  return `${colour}${opacity.toString(16).padStart(2, "0")}`;
}
