import { colourOf } from "../drawing/palette";
import { arrange } from "../old/drawing/arrangement";
import { overlapAxis, runsDrawing } from "./drawing";
import { phaseFigure } from "./phase-figure";
import { final, type PhaseRuns } from "./runs";

/** Sizes of the computation behind the figure. */
export interface TrappingSizes {
  readonly overlaps: readonly number[];
  readonly size: number;
  /** Starts on the one data set. */
  readonly samples: number;
  readonly until: number;
  readonly learningRate: number;
}

const SAMPLE_RATIO = 2;
/** Overlap from which on a run has found the signal. */
const FOUND = 0.99;

/** Gradient descent from many warm starts in the landscape of one data set. */
export const phaseTrapping = phaseFigure<TrappingSizes>({
  id: "phase-trapping",
  title: "Phase retrieval: traps at all heights of one landscape",
  stands: "figure 1 (lower row)",
  sizes: {
    quick: { overlaps: [0.5, 0.65, 0.8], size: 200, samples: 16, until: 15, learningRate: 0.02 },
    paper: { overlaps: [0.5, 0.65, 0.8], size: 1000, samples: 50, until: 100, learningRate: 0.01 },
  },

  settings: ({ overlaps, size, samples, until, learningRate }) =>
    overlaps.map((initialOverlap) => ({
      name: `m0 = ${initialOverlap}`,
      parameters: { sampleRatio: SAMPLE_RATIO, initialOverlap, learningRate },
      size,
      samples,
      until,
      fixedData: true,
    })),

  show(runs, { size, samples, until, learningRate }, document) {
    return {
      caption:
        `Overlap of gradient descent with the signal, in the landscape of one data set (α = ${SAMPLE_RATIO}, N = ${size}, η = ${learningRate}), from ${samples} starts ` +
        `each: in colour the runs that end with m > ${FOUND} at t = ${until}, grey those that are trapped before or still on their way.`,
      panels: [{ name: "Single runs by initial overlap", svg: drawStarts(runs, document) }],
      table: {
        columns: ["start", `m > ${FOUND} at t = ${until}`, "least m", `greatest m ≤ ${FOUND}`],
        rows: runs.map((those) => [
          those.name,
          `${those.overlaps.filter(finds).length} of ${those.overlaps.length}`,
          Math.min(...those.overlaps.map(final)).toFixed(3),
          trapped(those)?.toFixed(3) ?? "–",
        ]),
      },
      notes: [
        ...crossing(runs),
        "What is trapped depends on the data set, which is one and the same here. The caption of the paper's figure is missing from our " +
          "copy: its N, number of starts and learning rate are not known to us, and the paper preset takes those of its other figures. Its upper row compares means with the dynamical mean-field theory.",
      ],
      data: { size, samples, until, runs: [...runs] },
    };
  },
});

/** A run that is taken to be on its way to the signal for good: slow modes keep the loss above the level of recovery for long. */
const finds = (run: readonly number[]) => final(run) > FOUND;

/** Greatest final overlap of the runs that do not find the signal. */
function trapped({ overlaps }: PhaseRuns): number | null {
  const ends = overlaps.filter((run) => !finds(run)).map(final);
  return ends.length > 0 ? Math.max(...ends) : null;
}

/** The lowest start that finds the signal, and the highest one that does not although it began above it. */
function crossing(runs: readonly PhaseRuns[]): string[] {
  const all = runs.flatMap(({ name, overlaps }) => overlaps.map((run) => ({ name, run })));
  const by = (those: typeof all) => [...those].sort((a, b) => a.run[0] - b.run[0]);
  const lowest = by(all.filter(({ run }) => finds(run)))[0];
  const highest = by(all.filter(({ run }) => !finds(run))).pop();
  if (!lowest || !highest || highest.run[0] < lowest.run[0]) return [];
  return [
    `A better start is no warrant: a run from ${lowest.name} begins with m = ${lowest.run[0].toFixed(2)} and finds the signal, one from ${highest.name} begins with ` +
      `m = ${highest.run[0].toFixed(2)} and is at m = ${final(highest.run).toFixed(2)} at the end.`,
  ];
}

function drawStarts(runs: readonly PhaseRuns[], document: Document): string {
  const axes = { y: overlapAxis(runs), colour: colourOf(3), finds };
  const drawings = runs.map((those) => runsDrawing(those.name, those, axes));
  const description = "Overlap of single runs of gradient descent against time, one data set";
  return arrange(drawings, { columns: 3, rowHeight: 250, description }, document);
}
