import { linear } from "../drawing/axis";
import { measured, theory } from "../drawing/marks";
import { rampColour } from "../drawing/palette";
import { fixed, percent, table } from "../kit/table";
import { phaseFigure } from "./phase-figure";
import { type PhaseRuns, recoveredShare } from "./runs";

/** Sizes of the figure of gradient descent by sample ratio. */
interface RatioSizes {
  /** Dimensions N, ascending. */
  readonly sizes: readonly number[];
  /** α, ascending. */
  readonly ratios: readonly number[];
  readonly samples: number;
  readonly until: number;
  readonly learningRate: number;
}

/** Share of the runs that recover the signal, by α. */
interface RatioCurve {
  readonly size: number;
  readonly shares: readonly ReturnType<typeof recoveredShare>[];
}

/** How many measurements gradient descent needs from random starts. */
export const descentRatio = phaseFigure({
  id: "phase-descent-ratio",
  title: "Phase retrieval: from random starts gradient descent recovers between α = 4 and 6",
  stands: "section 5.5",
  presets: {
    quick: { sizes: [50, 100], ratios: [2, 3, 4, 5, 6, 7, 8], samples: 20, until: 50, learningRate: 0.02 },
    standard: {
      sizes: [50, 100, 200],
      ratios: [2, 2.5, 3, 3.5, 4, 4.5, 5, 5.5, 6, 6.5, 7, 8],
      samples: 60,
      until: 200,
      learningRate: 0.02,
    },
    paper: {
      sizes: [100, 300, 1000],
      ratios: [2, 3, 4, 4.5, 5, 5.5, 6, 6.5, 7, 8],
      samples: 50,
      until: 300,
      learningRate: 0.01,
    },
  } satisfies Readonly<Record<string, RatioSizes>>,
  cost: { quick: 3.8, standard: 165 },

  settings: ({ sizes, ratios, learningRate, ...run }: RatioSizes) =>
    sizes.flatMap((size) =>
      ratios.map((sampleRatio) => ({
        name: `N = ${size}, α = ${sampleRatio}`,
        parameters: { sampleRatio, initialOverlap: 0, learningRate },
        size,
        ...run,
      })),
    ),

  find: (runs: readonly PhaseRuns[], { sizes, ratios, samples, until }: RatioSizes) => ({
    samples,
    until,
    ratios: [...ratios],
    curves: sizes.map(
      (size, k): RatioCurve => ({
        size,
        shares: runs.slice(k * ratios.length, (k + 1) * ratios.length).map(recoveredShare),
      }),
    ),
  }),

  show: ({ samples, until, ratios, curves }, { learningRate }) => ({
    caption:
      `Share of the runs of gradient descent from random starts (m0 = 0) on the sphere that recover the signal by t = ${until}, against the measurements per dimension α = M/N, by dimension N; ` +
      `η = ${learningRate}, ${samples} data sets each, bars of one standard error.`,
    panels: {
      "Share of runs recovered": {
        description: "Share of the runs of gradient descent that recover the signal against sample ratio",
        rowHeight: 320,
        x: linear("sample ratio α"),
        y: linear("share of runs", { holds: [0, 1] }),
        marks: curves.flatMap(({ size, shares }, k) => {
          const colour = rampColour(k, curves.length);
          const y = shares.map(({ share }) => share);
          return [
            theory(ratios, y, { colour, dashed: true, label: `N = ${size}` }),
            measured(ratios, y, { standardError: shares.map(({ error }) => error), colour }),
          ];
        }),
      },
    },
    table: table(ratios, [
      ["α", (ratio) => ratio],
      ...curves.map(
        ({ size, shares }) =>
          [`N = ${size}`, (_: number, k: number) => percent(shares[k].share, shares[k].error)] as const,
      ),
    ]),
    notes: [
      ...curves.map(({ size, shares }) => halfNote(size, ratios, shares)),
      "The paper quotes a transition at α ≈ 6 for comparable sizes (its ref. 21); at α = 2.5, where persistent SGD recovers, gradient descent is far below it. " +
        "The larger N, the larger the overlap that is missing at the start, and the steeper the rise.",
    ],
  }),
});

/** Where half of the runs recover, by a straight line between two α. */
function halfNote(size: number, ratios: readonly number[], shares: RatioCurve["shares"]): string {
  const k = shares.findIndex(({ share }) => share >= 0.5);
  if (k < 1) return `N = ${size}: half of the runs recover at no α between two of those shown.`;
  const [below, above] = [shares[k - 1].share, shares[k].share];
  const half = ratios[k - 1] + ((0.5 - below) / (above - below)) * (ratios[k] - ratios[k - 1]);
  return `N = ${size}: half of the runs recover at α = ${fixed(half, 1)}.`;
}
