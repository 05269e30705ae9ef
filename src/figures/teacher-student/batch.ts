import { linear, log } from "../drawing/axis";
import { measured, theory } from "../drawing/marks";
import { colourOf, rampColour } from "../drawing/palette";
import { seedFor, timesBetween } from "../kit/config";
import { figure } from "../kit/figure";
import { plain } from "../kit/plain";
import { table } from "../kit/table";
import { paper, teacherStudent, tolerance } from "./setting";

/** A student that has specialised already, so that only its noise is left to see. */
const initial = {
  crossOverlap: [
    [0.8, 0],
    [0, 0.8],
  ],
};
const NOISE = 0.5;

/** The noise of SGD by batch size: on a data set it is gone at full batch; online it falls as 1/B. */
export const batch = figure({
  id: "teacher-student-batch",
  title: "Teacher and student: noise by batch size",
  paper: `${paper}, section 4, on equation 24`,

  presets: {
    quick: { rate: 0.5, until: 60, size: 40, examples: 240, batches: [1, 8, 60, 240], samples: 8 },
    standard: {
      rate: 0.5,
      until: 120,
      size: 80,
      examples: 400,
      batches: [1, 4, 16, 64, 200, 400],
      samples: 8,
    },
    paper: {
      rate: 0.5,
      until: 400,
      size: 200,
      examples: 4000,
      batches: [1, 4, 16, 64, 250, 1000, 4000],
      samples: 32,
    },
  },
  cost: { quick: 4, standard: 75, paper: 8000 },
  sizesText: ({ size, examples, samples }) => `N = ${size}, P = ${examples}, ${samples} samples`,

  async compute(lab, { rate, until, size, examples, batches, samples }) {
    const parameters = { schedule: rate, labelNoise: NOISE, initial };
    const runs = await lab.parts(batches, async (b, inner) => {
      const finite = await inner.simulate(
        `B = ${b}, data set`,
        teacherStudent(parameters, {
          simulation: {
            dimension: size,
            dataSet: examples,
            batch: b,
            samples,
            seed: seedFor("batch"),
            until,
          },
          report: { times: [...timesBetween(0.5, until / 2, 14), ...late(until)] },
        }),
      );
      return {
        batch: b,
        curves: finite.curves!.trainingError.map((curve) => Array.from(curve)),
        ...plain({
          time: finite.time,
          error: finite.series.trainingError,
          standardError: finite.standardError.trainingError,
        }),
      };
    });
    const full = runs[runs.length - 1];
    // The same data and start in all: only what a sample has above its own full batch is noise.
    const excess = runs.slice(0, -1).map(({ batch: b, curves }) => {
      const each = curves.map((curve, sample) => {
        const above = curve.slice(-LATE).map((error, k) => error - full.curves[sample].slice(-LATE)[k]);
        return above.reduce((sum, x) => sum + x, 0) / LATE;
      });
      const mean = each.reduce((sum, x) => sum + x, 0) / each.length;
      const spread = each.reduce((sum, x) => sum + (x - mean) ** 2, 0);
      const share = (examples - b) / (b * (examples - 1));
      return { batch: b, share, mean, standardError: Math.sqrt(spread / (each.length * (each.length - 1))) };
    });
    const online = await lab.parts(batches, async (b, inner) => {
      const config = teacherStudent(parameters, {
        method: { kind: "ode", until: 200, tolerance, batch: b },
        report: { times: [200] },
      });
      const solution = await inner.solve(`B = ${b}, online`, config);
      return { batch: b, error: solution.sample([200]).series.generalisationError[0] };
    });
    return { runs: runs.map(({ curves: _, ...run }) => run), excess, online };
  },

  show({ runs, excess, online }, { rate, size, examples, samples }) {
    return {
      caption:
        `Two erf units learn two at η = ${rate}, label noise ${NOISE}, from a start that has specialised. Above: training error on ${examples} ` +
        `examples in N = ${size} dimensions, by batch size B, mean over ${samples} data sets, the same for all B, bars of one standard error. At B = P it ` +
        "falls without noise to its minimum. Below: what is left above it late in the run, against the variance of a mean of B " +
        "different examples of P, (P − B)/(B(P − 1)); and online, for N → ∞, the final generalisation error against 1/B. Grey " +
        "dashes: proportional to it.",
      panels: {
        "Training error on the data set": {
          description: "Training error against time for every batch size",
          x: log("time t"),
          y: linear("training error ε_t"),
          legend: "top-right" as const,
          marks: runs.map(({ batch: b, time, error, standardError }, k) =>
            measured(time, error, {
              standardError,
              colour: rampColour(k, runs.length),
              label: `B = ${b}`,
            }),
          ),
        },
        "Noise left over": {
          description:
            "Late excess of the training error, and the final error online, against the share of the noise",
          drawings: [
            {
              title: "data set",
              x: log("(P − B)/(B(P − 1))"),
              y: log("excess of ε_t over full batch"),
              marks: [
                proportional(
                  excess.map(({ share, mean, standardError }) => ({
                    x: share,
                    y: mean,
                    error: standardError,
                  })),
                ),
                measured(
                  excess.map(({ share }) => share),
                  excess.map(({ mean }) => mean),
                  { standardError: excess.map(({ standardError }) => standardError), colour: colourOf(0) },
                ),
              ],
            },
            {
              title: "online, N → ∞",
              x: log("1/B"),
              y: log("final error ε_g"),
              marks: [
                proportional(online.map(({ batch: b, error }) => ({ x: 1 / b, y: error }))),
                theory(
                  online.map(({ batch: b }) => 1 / b),
                  online.map(({ error }) => error),
                  { colour: colourOf(1) },
                ),
              ],
            },
          ],
        },
      },
      table: table(runs, [
        ["B", ({ batch: b }) => b],
        ["late excess of ε_t × 10⁴", (_, k) => (excess[k] ? 1e4 * excess[k].mean : null), 2],
        ["SE × 10⁴", (_, k) => (excess[k] ? 1e4 * excess[k].standardError : null), 2],
        ["excess / share × 10³", (_, k) => (excess[k] ? (1e3 * excess[k].mean) / excess[k].share : null), 2],
        ["ε_g online × B × 10³", (_, k) => 1e3 * online[k].error * online[k].batch, 3],
      ]),
      notes: [
        "At large noise the excess is no longer proportional to it: the student leaves the neighbourhood of its minimum.",
      ],
    };
  },
});

/** Late report times, over which the excess is averaged. */
const LATE = 10;
const late = (until: number): number[] =>
  Array.from({ length: LATE }, (_, k) => until * (0.55 + (0.45 * (k + 1)) / LATE));

/** A line proportional to x that fits values with standard errors; without them through the value of least x. */
function proportional(
  points: readonly { readonly x: number; readonly y: number; readonly error?: number }[],
) {
  const sorted = [...points].sort((a, b) => a.x - b.x);
  const weights = sorted.map(({ error }, k) => (error === undefined ? Number(k === 0) : 1 / error ** 2));
  const sum = (of: (k: number) => number) => weights.reduce((total, weight, k) => total + weight * of(k), 0);
  const slope = sum((k) => sorted[k].x * sorted[k].y) / sum((k) => sorted[k].x ** 2);
  const x = sorted.map((point) => point.x);
  return theory(
    x,
    x.map((at) => slope * at),
    { colour: "#888", dashed: true },
  );
}
