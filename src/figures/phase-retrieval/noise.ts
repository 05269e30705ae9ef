import { rampColour } from "../drawing/palette";
import { arrange } from "../old/drawing/arrangement";
import { linearAxis, logAxis } from "../old/drawing/axis";
import type { Drawing } from "../old/drawing/drawing";
import { curvesDrawing, drawnLosses, lossAxis, overlapAxis, runsDrawing } from "./drawing";
import {
  type Family,
  FRACTION,
  familiesOf,
  type NoiseSizes,
  noiseSettings,
  PERSISTENCE,
  persistenceName,
} from "./noise-settings";
import { phaseFigure } from "./phase-figure";
import { final, type PhaseRuns, recoveredShare, recoveredText, WARM } from "./runs";

/** Ticks for τ: more have no room. */
const DECADES = [0.1, 1];

/** How much of which noise is best: batches, persistence, temperature. */
export const phaseNoise = phaseFigure<NoiseSizes>({
  id: "phase-noise",
  title: "Phase retrieval: the best batch, persistence and temperature",
  stands: "figures 4 and B.4",
  sizes: {
    quick: {
      batches: [[0.3, 0.015]],
      persistences: [0.05, PERSISTENCE, 5],
      vanilla: false,
      temperatures: [1, 10],
      learningRate: 0.02,
      size: 100,
      samples: 10,
      until: 50,
      coldFrom: 35,
    },
    paper: {
      batches: [
        [0.01, 0.0005],
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
    },
  },

  settings: noiseSettings,

  show(runs, sizes, document) {
    const { size, samples, until, coldFrom, learningRate } = sizes;
    const families = familiesOf(runs, sizes);
    return {
      caption:
        `Three kinds of noise at α = ${WARM.sampleRatio} from m0 = ${WARM.initialOverlap}, N = ${size}, ${samples} data sets: persistent SGD by batch ℓ (τ = ${PERSISTENCE}; ℓ = 1 is GD) and by persistence τ ` +
        `(ℓ = ${FRACTION}), Langevin by temperature T, which drops to 0 at t = ${coldFrom} (T = 0 is GD). Medians of overlap and loss against time, the share of runs that recover ` +
        `the signal by t = ${until} with bars of one standard error, and single runs by τ, grey where they do not recover. η = ${learningRate}, smaller for small ℓ.`,
      panels: [
        { name: "Medians against time", svg: drawMedians(families, document) },
        { name: `Share of runs recovered by t = ${until}`, svg: drawShares(families, document) },
        { name: "Single runs by persistence", svg: drawRuns(families[1], document) },
      ],
      table: {
        columns: ["noise", "η", `recovered by t = ${until}`, "of them −w0", "median m", "median loss"],
        rows: runs.map((those) => [
          those.name,
          those.learningRate,
          recoveredText(those),
          those.mirrored,
          final(those.overlap.median).toFixed(3),
          final(those.trainingLoss.median).toExponential(1),
        ]),
      },
      notes: [
        ...families.map(bestNote),
        "Small batches need a small learning rate: above 2 over the largest curvature at the signal, about ℓ/(max h0² + αℓ), the samples with the largest labels never settle, and the system refuses to run. " +
          "At N = 1000 that is 0.0005 for ℓ = 0.01, where the paper has 0.0025; the paper preset takes 0.0005.",
        ...(samples < 50
          ? [
              "Few runs at a small N: differences below two standard errors say nothing, and where the best value is stays open. Small ℓ is left to the paper preset, as its learning rate makes it slow.",
            ]
          : []),
      ],
      data: { size, samples, until, coldFrom, runs: [...runs] },
    };
  },
});

/** Which member of a family recovers most, and how far its share is above those of the ends. */
function bestNote({ title, symbol, members }: Family): string {
  const shares = members.map(({ runs }) => recoveredShare(runs));
  const best = shares.reduce((one, other, k) => (other.share > shares[one].share ? k : one), 0);
  const at = (k: number) => `${symbol} = ${members[k].value} (${recoveredText(members[k].runs)})`;
  const ends = [0, members.length - 1].filter((end) => end !== best);
  const above = ends.map((end) => {
    const difference = shares[best].share - shares[end].share;
    return `${(difference / Math.hypot(shares[best].error, shares[end].error)).toFixed(1)} standard errors above ${at(end)}`;
  });
  return `${title}: most runs recover at ${at(best)}, ${above.join(" and ")}.`;
}

function drawMedians(families: readonly Family[], document: Document): string {
  const drawings = families.flatMap(({ title, symbol, members, other }) => {
    const all = [
      ...members.map(({ value, runs }, k) => ({
        runs,
        colour: rampColour(k, members.length),
        label: `${symbol} = ${value}`,
      })),
      ...(other ? [{ runs: other, colour: "currentColor", label: other.name }] : []),
    ];
    const curves = (values: (runs: PhaseRuns) => number[]) =>
      all.map(({ runs, colour, label }) => ({ time: runs.time, values: values(runs), colour, label }));
    const overlaps = curves(({ overlap }) => overlap.median);
    const losses = curves(({ trainingLoss }) => drawnLosses(trainingLoss.median));
    const flat = (those: typeof overlaps) => those.flatMap(({ values }) => values);
    return [
      curvesDrawing(title, linearAxis("median overlap m", [0, 1, ...flat(overlaps)]), overlaps),
      curvesDrawing(title, lossAxis("median training loss", flat(losses)), losses),
    ];
  });
  const description = "Median overlap and loss against time by batch, persistence and temperature";
  return arrange(drawings, { columns: 2, rowHeight: 250, description }, document);
}

function drawShares(families: readonly Family[], document: Document): string {
  const drawings = families.map(({ title, symbol, members, other }): Drawing => {
    const values = members.map(({ value }) => value);
    const x = symbol === "τ" ? { ...logAxis("τ", values), ticks: DECADES } : linearAxis(symbol, values);
    const shares = members.map(({ runs }) => recoveredShare(runs));
    const y = shares.map(({ share }) => share);
    const colour = rampColour(0, 1);
    return {
      title,
      description: `Share of runs that recover, by ${title.toLowerCase()}`,
      x,
      y: linearAxis("share of runs", [0, 1]),
      lines: [{ x: values, y, colour, dashed: true }],
      dots: [{ x: values, y, standardError: shares.map(({ error }) => error), colour }],
      levels: other ? [{ value: recoveredShare(other).share, label: other.name }] : [],
    };
  });
  const description = "Share of runs that recover the signal by batch, persistence and temperature";
  return arrange(drawings, { columns: 3, rowHeight: 230, description }, document);
}

function drawRuns({ members }: Family, document: Document): string {
  const y = overlapAxis(members.map(({ runs }) => runs));
  const drawings = members.map(({ value, runs }, k) =>
    runsDrawing(persistenceName(value), runs, { y, colour: rampColour(k, members.length) }),
  );
  return arrange(
    drawings,
    { columns: 3, rowHeight: 230, description: "Overlap of single runs by persistence" },
    document,
  );
}
