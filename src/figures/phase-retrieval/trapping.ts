import { colourOf } from "../drawing/palette";
import { table } from "../kit/table";
import { runsDrawings } from "./drawing";
import { phaseFigure } from "./phase-figure";
import { final, type PhaseRuns } from "./runs";

const SAMPLE_RATIO = 2;
/** Overlap from which on a run has found the signal. */
const FOUND = 0.99;

/** Gradient descent from many warm starts in the landscape of one data set. */
export const trapping = phaseFigure({
  id: "phase-trapping",
  title: "Phase retrieval: traps at all heights of one landscape",
  stands: "figure 1 (lower row)",
  // `samples`: starts on the one data set.
  presets: {
    quick: { overlaps: [0.5, 0.65, 0.8], size: 200, samples: 16, until: 15, learningRate: 0.02 },
    standard: { overlaps: [0.5, 0.65, 0.8], size: 400, samples: 30, until: 50, learningRate: 0.02 },
    paper: { overlaps: [0.5, 0.65, 0.8], size: 1000, samples: 50, until: 100, learningRate: 0.01 },
  },
  cost: { quick: 1.5, standard: 17 },

  settings: ({ overlaps, learningRate, ...run }) =>
    overlaps.map((initialOverlap) => ({
      name: `m0 = ${initialOverlap}`,
      parameters: { sampleRatio: SAMPLE_RATIO, initialOverlap, learningRate },
      ...run,
      fixedData: true,
    })),

  find: (runs, { size, samples, until }) => ({ size, samples, until, runs: [...runs] }),

  show: ({ runs }, { size, samples, until, learningRate }) => ({
    caption:
      `Overlap of gradient descent with the signal, in the landscape of one data set (α = ${SAMPLE_RATIO}, N = ${size}, η = ${learningRate}), from ${samples} starts ` +
      `each: in colour the runs that end with m > ${FOUND} at t = ${until}, grey those that are trapped before or still on their way.`,
    panels: {
      "Single runs by initial overlap": {
        description: "Overlap of single runs of gradient descent against time, one data set",
        columns: 3,
        drawings: runsDrawings(
          runs,
          ({ name }) => name,
          () => colourOf(3),
          ({ overlaps }, k) => finds(overlaps[k]),
        ),
      },
    },
    table: table(runs, [
      ["start", ({ name }) => name],
      [
        `m > ${FOUND} at t = ${until}`,
        ({ overlaps }) => `${overlaps.filter(finds).length} of ${overlaps.length}`,
      ],
      ["least m", ({ overlaps }) => Math.min(...overlaps.map(final)), 3],
      [`greatest m ≤ ${FOUND}`, trapped, 3],
    ]),
    notes: [
      ...crossing(runs),
      "What is trapped depends on the data set, which is one and the same here. The caption of the paper's figure is missing from our " +
        "copy: its N, number of starts and learning rate are not known to us, and the paper preset takes those of its other figures. Its upper row compares means with the dynamical mean-field theory.",
    ],
  }),
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
  const all = runs
    .flatMap(({ name, overlaps }) => overlaps.map((run) => ({ name, run })))
    .sort((a, b) => a.run[0] - b.run[0]);
  const lowest = all.find(({ run }) => finds(run));
  const highest = all.findLast(({ run }) => !finds(run));
  if (!lowest || !highest || highest.run[0] < lowest.run[0]) return [];
  return [
    `A better start is no warrant: a run from ${lowest.name} begins with m = ${lowest.run[0].toFixed(2)} and finds the signal, one from ${highest.name} begins with ` +
      `m = ${highest.run[0].toFixed(2)} and is at m = ${final(highest.run).toFixed(2)} at the end.`,
  ];
}
