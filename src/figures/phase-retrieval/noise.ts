import { linear, log } from "../drawing/axis";
import { measured, theory } from "../drawing/marks";
import { rampColour } from "../drawing/palette";
import { table } from "../kit/table";
import { curvesDrawing, drawnLosses, lossAxis, runsDrawings } from "./drawing";
import {
  type Family,
  FRACTION,
  familiesOf,
  type NoiseSizes,
  noiseSettings,
  PERSISTENCE,
} from "./noise-families";
import { phaseFigure } from "./phase-figure";
import {
  final,
  limitText,
  type PhaseRuns,
  recoveredShare,
  recoveredText,
  recovers,
  sharedDifference,
  WARM,
} from "./runs";

const QUICK: NoiseSizes = {
  batches: [
    [0.1, 0.0075],
    [0.3, 0.015],
  ],
  persistences: [0.05, PERSISTENCE, 10],
  vanilla: true,
  temperatures: [1, 10],
  learningRate: 0.02,
  size: 60,
  samples: 50,
  until: 80,
  coldFrom: 56,
};

/** How much of which noise is best: batches, persistence, temperature. */
export const noise = phaseFigure({
  id: "phase-noise",
  title: "Phase retrieval: the best batch, persistence and temperature",
  stands: "figures 4 and B.4",
  presets: {
    quick: QUICK,
    standard: {
      batches: [0.1, 0.3, 0.9, 0.95].map((fraction) => [fraction, fraction < 0.3 ? 0.005 : 0.015] as const),
      persistences: [0.05, 0.5, PERSISTENCE, 2, 5, 20],
      vanilla: true,
      temperatures: [0.5, 1, 2, 5, 10],
      learningRate: 0.02,
      size: 200,
      samples: 60,
      until: 150,
      coldFrom: 105,
    },
    paper: {
      batches: [
        [0.01, 0.0025],
        [0.05, 0.0025],
        [0.1, 0.005],
        [0.3, 0.01],
        [0.9, 0.01],
        [0.95, 0.01],
      ],
      persistences: [0.05, 0.1, 0.5, PERSISTENCE, 2, 5],
      vanilla: true,
      temperatures: [0.1, 0.5, 1, 2, 5, 10],
      learningRate: 0.01,
      size: 1000,
      samples: 250,
      until: 1000,
      coldFrom: 700,
      limit: { particles: 32_768, runs: 4 },
    },
  },
  cost: { quick: 10.6, standard: 182 },

  settings: noiseSettings,

  find: (runs, { size, samples, until, coldFrom }) => ({
    size,
    samples,
    until,
    coldFrom,
    // Single runs are drawn by persistence alone.
    runs: runs.map((run) => (run.name.startsWith("τ") ? run : { ...run, overlaps: [] })),
  }),

  show({ runs }, sizes) {
    const { size, samples, until, coldFrom, learningRate } = sizes;
    const families = familiesOf(runs, sizes);
    const byPersistence = families[1].members;
    return {
      caption:
        `Three kinds of noise at α = ${WARM.sampleRatio} from m0 = ${WARM.initialOverlap}, N = ${size}, ${samples} data sets: persistent SGD by batch ℓ (τ = ${PERSISTENCE}; ℓ = 1 is GD) and by persistence τ ` +
        `(ℓ = ${FRACTION}), Langevin by temperature T, which drops to 0 at t = ${coldFrom} (T = 0 is GD). Medians of overlap and loss against time, the share of runs that recover ` +
        `the signal by t = ${until} with bars of one standard error, and single runs by τ, grey where they do not recover. η = ${learningRate}, smaller for small ℓ.${sizes.limit ? ` Last: the mean-field theory, N → ∞, mean of ${sizes.limit.runs} runs of ${sizes.limit.particles} particles.` : ""}`,
      panels: {
        "Medians against time": {
          description: "Median overlap and loss against time by batch, persistence and temperature",
          drawings: families.flatMap(medianDrawings),
        },
        [`Share of runs recovered by t = ${until}`]: {
          description: "Share of runs that recover the signal by batch, persistence and temperature",
          columns: 3,
          rowHeight: 230,
          drawings: families.map(shareDrawing),
        },
        "Single runs by persistence": {
          description: "Overlap of single runs by persistence",
          columns: 3,
          rowHeight: 230,
          drawings: runsDrawings(
            byPersistence.map(({ runs }) => runs),
            ({ name }) => name,
            (k) => rampColour(k, byPersistence.length),
            recovers,
          ),
        },
        ...(sizes.limit && {
          "The limit of infinite size": {
            description: "Mean overlap of the mean-field theory by batch, persistence and temperature",
            columns: 3,
            rowHeight: 230,
            drawings: families.map(limitDrawing),
          },
        }),
      },
      table: table(runs, [
        ["noise", ({ name }) => name],
        ["η", ({ learningRate }) => learningRate],
        [`recovered by t = ${until}`, recoveredText],
        ["of them −w0", ({ mirrored }) => mirrored],
        ["median m", ({ overlap }) => final(overlap.median), 3],
        ["median loss", ({ trainingLoss }) => final(trainingLoss.median).toExponential(1)],
        ...(sizes.limit ? [["N → ∞", limitText] as const] : []),
      ]),
      notes: [
        ...families.map(bestNote),
        "Small batches need a small learning rate: above 2 over the largest curvature at the signal, about ℓ/(max h0² + αℓ), the samples with the largest labels never settle. " +
          "At N = 1000 that is 0.0006 for ℓ = 0.01, where the paper has 0.0025, and the paper preset too: on the sphere the weights stay finite, but no run can come to rest at the signal. " +
          "The smallest ℓ are left to that preset, as their learning rate makes them slow.",
        "Differences below two standard errors say nothing. At small N more runs of GD recover, as their overlap at the start fluctuates by 1/√N.",
      ],
    };
  },
});

/** Which member of a family recovers most, and how far its share is above those of the ends. */
function bestNote({ title, symbol, members }: Family): string {
  const shares = members.map(({ runs }) => recoveredShare(runs).share);
  const best = shares.reduce((one, share, k) => (share > shares[one] ? k : one), 0);
  const at = (k: number) => `${symbol} = ${members[k].value} (${recoveredText(members[k].runs)})`;
  const ends = [0, members.length - 1].filter((end) => end !== best);
  const above = ends.map((end) => {
    const { difference, error } = sharedDifference(members[best].runs, members[end].runs);
    return `${(difference / error).toFixed(1)} standard errors above ${at(end)}`;
  });
  return `${title}: most runs recover at ${at(best)}, ${above.join(" and ")}, data set by data set.`;
}

/** Mean overlap in the limit. */
function limitDrawing({ title, symbol, members }: Family) {
  const curves = members.map(({ value, runs: { limit } }, k) => ({
    time: limit!.time,
    values: limit!.overlap.mean,
    colour: rampColour(k, members.length),
    label: `${symbol} = ${value}`,
  }));
  return curvesDrawing(`${title}, N → ∞`, linear("overlap m", { holds: [0, 1] }), curves);
}

function medianDrawings({ title, symbol, members, other }: Family) {
  const all = [
    ...members.map(({ value, runs }, k) => ({
      runs,
      colour: rampColour(k, members.length),
      label: `${symbol} = ${value}`,
    })),
    ...(other ? [{ runs: other, colour: "currentColor", label: other.name }] : []),
  ];
  const curves = (values: (runs: PhaseRuns) => number[]) =>
    all.map(({ runs, ...style }) => ({ time: runs.time, values: values(runs), ...style }));
  return [
    curvesDrawing(
      title,
      linear("median overlap m", { holds: [0, 1] }),
      curves(({ overlap }) => overlap.median),
    ),
    curvesDrawing(
      title,
      lossAxis("median training loss"),
      curves(({ trainingLoss }) => drawnLosses(trainingLoss.median)),
    ),
  ];
}

function shareDrawing({ title, symbol, members, other }: Family) {
  const values = members.map(({ value }) => value);
  const shares = members.map(({ runs }) => recoveredShare(runs));
  const y = shares.map(({ share }) => share);
  const colour = rampColour(0, 1);
  return {
    title,
    // More ticks for τ have no room.
    x: symbol === "τ" ? log("τ", { ticks: [0.1, 1] }) : linear(symbol),
    y: linear("share of runs", { holds: [0, 1] }),
    marks: [
      theory(values, y, { colour, dashed: true }),
      measured(values, y, { standardError: shares.map(({ error }) => error), colour }),
    ],
    levels: other ? [{ value: recoveredShare(other).share, label: "" }] : [],
    // Below the level, and in the middle: lines come from below it on the left and fall through it on the right.
    notes: other ? [{ x: 1, y: recoveredShare(other).share - 0.1, text: other.name }] : [],
  };
}
