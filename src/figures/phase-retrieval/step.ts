import { mean, standardError } from "../../numerics/statistics";
import { arrange } from "../old/drawing/arrangement";
import { linearAxis, logAxis, tickText } from "../old/drawing/axis";
import { type Drawing, draw } from "../old/drawing/drawing";
import { curvesDrawing, type PhaseCurve, threeAlgorithms } from "./drawing";
import { phaseFigure } from "./phase-figure";
import { type PhaseRuns, WARM, withoutSingles } from "./runs";

/** Sizes of the computation behind the figure. */
export interface StepSizes {
  /** From the largest to the smallest. */
  readonly learningRates: readonly number[];
  readonly size: number;
  readonly samples: number;
  readonly until: number;
}

/** Time at which overlaps are compared: later, runs that differ a little go to different places. */
const COMPARED = 1;
const ALGORITHMS = threeAlgorithms(1);

/** What is left of the noise of batches as the steps become small. */
export const phaseStep = phaseFigure<StepSizes>({
  id: "phase-step",
  title: "Phase retrieval: the limit of small steps",
  stands: "figure B.3",
  sizes: {
    quick: { learningRates: [0.02, 0.01, 0.005], size: 100, samples: 16, until: 3 },
    paper: { learningRates: [0.01, 0.001, 0.0005, 0.0001], size: 1000, samples: 250, until: 1000 },
  },

  settings: ({ learningRates, size, samples, until }) =>
    ALGORITHMS.flatMap(({ name, parameters }) =>
      learningRates.map((learningRate) => ({
        name: `${name}, η = ${tickText(learningRate)}`,
        parameters: { ...WARM, learningRate, ...parameters },
        size,
        samples,
        until,
      })),
    ),

  show(runs, { learningRates, size, samples, until }, document) {
    const families = ALGORITHMS.map(({ name, colour }, k): Family => {
      const members = runs.slice(k * learningRates.length, (k + 1) * learningRates.length);
      return { name, colour, runs: members };
    });
    const [descent, ...stochastic] = families;
    const distances = stochastic.map((family) => ({ ...family, distance: distanceFrom(descent, family) }));
    return {
      caption:
        `GD, SGD and persistent SGD (p-SGD, τ = 1) with ℓ = 0.5 at learning rates η = ${learningRates.map(tickText).join(", ")}, pale to full: mean overlap and mean training loss against time, on the ` +
        `sphere at α = ${WARM.sampleRatio} from m0 = ${WARM.initialOverlap}, N = ${size}, ${samples} data sets. Below: the distance |m − m_GD| of the overlaps on the same data and from the same start, at t = ${COMPARED} and the same η, ` +
        `mean over the runs with bars of one standard error. The noise of SGD goes away with the step; that of persistent SGD has a limit of its own.`,
      panels: [
        { name: "Overlap and loss by learning rate", svg: drawCurves(families, document) },
        { name: "Distance from gradient descent", svg: drawDistances(distances, learningRates, document) },
      ],
      table: {
        columns: ["algorithm", "η", `|m − m_GD| at t = ${COMPARED}`, "SE"],
        rows: distances.flatMap(({ name, distance }) =>
          learningRates.map((rate, k) => [
            name,
            rate,
            distance[k].mean.toFixed(4),
            distance[k].standardError.toFixed(4),
          ]),
        ),
      },
      notes: [
        "In print N = 1000, 250 data sets, η from 0.01 down to 10⁻⁴. The last time is not given in our copy; the paper preset goes to that of figure 2.",
      ],
      data: {
        size,
        samples,
        until,
        learningRates: [...learningRates],
        families: families.map(({ name, runs: members }) => ({ name, runs: members.map(withoutSingles) })),
        distances: distances.map(({ name, distance }) => ({ name, distance })),
      },
    };
  },
});

/** An algorithm at all learning rates. */
interface Family {
  readonly name: string;
  readonly colour: string;
  readonly runs: readonly PhaseRuns[];
}

type Distance = Record<"mean" | "standardError", number>;

/** |m − m_GD| of the runs that are kept, data set by data set, by learning rate. */
function distanceFrom(descent: Family, family: Family): Distance[] {
  return family.runs.map(({ time, overlaps }, k) => {
    const at = time.findIndex((t) => t >= COMPARED);
    const distances = overlaps.map((run, number) => Math.abs(run[at] - descent.runs[k].overlaps[number][at]));
    return { mean: mean(distances), standardError: standardError(distances) };
  });
}

function drawCurves(families: readonly Family[], document: Document): string {
  const curves = (values: (runs: PhaseRuns) => number[]) =>
    families.flatMap(({ name, colour, runs }) =>
      runs.map(
        (those, k): PhaseCurve => ({
          time: those.time,
          values: values(those),
          colour: paler(colour, (k + 1) / runs.length),
          ...(k === runs.length - 1 && { label: name }),
        }),
      ),
    );
  const overlaps = curves(({ overlap }) => overlap.mean);
  const losses = curves(({ trainingLoss }) => trainingLoss.mean);
  const flat = (those: readonly PhaseCurve[]) => those.flatMap(({ values }) => values);
  return arrange(
    [
      curvesDrawing("Mean overlap", linearAxis("overlap m", [0, ...flat(overlaps)]), overlaps),
      curvesDrawing("Mean loss", linearAxis("training loss", [0, ...flat(losses)]), losses),
    ],
    { columns: 2, rowHeight: 280, description: "Mean overlap and loss against time by learning rate" },
    document,
  );
}

/** A colour of the palette with less of it; half at least, to be seen. */
function paler(colour: string, share: number): string {
  const opacity = Math.round(255 * (0.25 + 0.75 * share));
  return `${colour}${opacity.toString(16).padStart(2, "0")}`;
}

function drawDistances(
  families: readonly (Family & { readonly distance: readonly Distance[] })[],
  learningRates: readonly number[],
  document: Document,
): string {
  const ends = families.flatMap(({ distance }) => distance.map((one) => one.mean + one.standardError));
  const drawing: Drawing = {
    description: "Distance of the overlaps from those of gradient descent against the learning rate",
    x: logAxis("learning rate η", learningRates),
    y: linearAxis("|m − m_GD|", [0, ...ends]),
    lines: families.map(({ name, colour, distance }) => ({
      x: learningRates.toReversed(),
      y: distance.map((one) => one.mean).reverse(),
      colour,
      label: name,
      dashed: true,
    })),
    dots: families.map(({ colour, distance }) => ({
      x: learningRates,
      y: distance.map((one) => one.mean),
      standardError: distance.map((one) => one.standardError),
      colour,
    })),
    height: 300,
  };
  return draw(drawing, document);
}
