import { log } from "../drawing/axis";
import { measured, theory } from "../drawing/marks";
import { colourOf, rampColour } from "../drawing/palette";
import { figure } from "../kit/figure";
import { plain } from "../kit/plain";
import { fixed, table } from "../kit/table";
import { easy, paper, randomFeatures } from "./setting";

const CAP = 0.25;

/** Batches at a fixed number of examples: loss hardly depends on them until steps are few, and then they should grow. */
export const batches = figure({
  id: "features-batches",
  title: "Batch sizes at a fixed number of examples",
  paper,

  presets: {
    quick: { examples: 4096, constant: [1, 2, 4, 8, 16, 32, 64], ramp: [32, 64, 128] },
    standard: { examples: 16384, constant: [1, 2, 4, 8, 16, 32, 64, 128], ramp: [64, 128, 256, 512] },
    paper: { examples: 65536, constant: [1, 2, 4, 8, 16, 32, 64, 128, 256], ramp: [128, 256, 512, 1024] },
  },
  cost: { quick: 2, standard: 8, paper: 40 },
  sizesText: ({ examples }) => `${examples} examples`,

  async compute(lab, { examples, constant, ramp }) {
    const times = (steps: number) =>
      Array.from({ length: Math.min(steps, 120) }, (_, k, all = Math.min(steps, 120)) =>
        Math.floor((k * steps) / all),
      );
    const flat = await lab.parts(
      constant,
      async (batchSize, inner) => {
        const steps = examples / batchSize;
        const { values } = await inner.optimise(
          `batch ${batchSize} throughout`,
          randomFeatures(
            easy,
            steps,
            { optimise: { cap: CAP, tolerance: 1e-7 }, report: { times: [0] } },
            { batchSize },
          ),
        );
        return { batchSize, steps, excess: Number(values.excessLoss) };
      },
      { cost: (batchSize) => 1 / batchSize },
    );
    const ramps = await lab.parts(ramp, async (steps, inner) => {
      const { schedule, values } = await inner.optimise(
        `rates and batches, ${steps} steps`,
        randomFeatures(
          easy,
          steps,
          {
            optimise: { over: "learning-rate-and-batch", cap: CAP, tolerance: 1e-7 },
            report: { times: times(steps) },
          },
          { batchSize: examples / steps },
        ),
      );
      return {
        steps,
        excess: Number(values.excessLoss),
        ...plain({ time: schedule.time, batch: schedule.series.batchSize }),
      };
    });
    const exponent = Number((await lab.predict(randomFeatures(easy, 100, {}))).batchRampExponent);
    return { flat, ramps, exponent };
  },

  show({ flat, ramps, exponent }, { examples }) {
    const left = (steps: number, time: readonly number[]) => time.map((t) => 1 - t / steps);
    return {
      caption:
        `(a, b) = (${easy.a}, ${easy.b}), σ² = 1, ${examples} examples in all, η ≤ ${CAP}. Above: the least excess loss by the number of steps, with one batch size ` +
        `throughout (line) and with rates and batches chosen together (dots). Over many steps only η/m counts, and any batch reaches the same ` +
        `loss; where steps are few the cap binds, and batches that grow are better. Below: the chosen batches against what is left of the ` +
        `run; dashed (1 − t/T)^${fixed(exponent, 2)}, the limit of many steps.`,
      panels: {
        "Loss by the number of steps": {
          description: "Least excess loss against number of steps at a fixed number of examples",
          drawings: [
            {
              x: log("steps"),
              y: log("L − σ²"),
              marks: [
                theory(
                  flat.map(({ steps }) => steps),
                  flat.map(({ excess }) => excess),
                  { colour: colourOf(0), label: "constant batch" },
                ),
                measured(
                  ramps.map(({ steps }) => steps),
                  ramps.map(({ excess }) => excess),
                  { colour: colourOf(2), label: "growing batches" },
                ),
              ],
              legend: "top-right" as const,
            },
          ],
        },
        "Optimal batches": {
          description:
            "Optimal batch size against the part of the run that is left, at several numbers of steps",
          drawings: [
            {
              x: log("1 − t/T", { ends: [0.03, 1] }),
              y: log("batch size m*"),
              marks: ramps.flatMap(({ steps, time, batch }, k) => {
                const x = left(steps, time);
                const colour = rampColour(k, ramps.length);
                const middle =
                  batch[Math.floor(batch.length / 2)] / x[Math.floor(batch.length / 2)] ** exponent;
                return [
                  theory(x, batch, { colour, label: `${steps} steps` }),
                  theory(
                    x,
                    x.map((value) => middle * value ** exponent),
                    { colour, dashed: true },
                  ),
                ];
              }),
              legend: "top-right" as const,
            },
          ],
        },
      },
      table: table(
        [
          ...flat.map((one) => ({ ...one, kind: `batch ${one.batchSize}` })),
          ...ramps.map((one) => ({ ...one, kind: "growing batches" })),
        ],
        [
          ["batches", ({ kind }) => kind],
          ["steps", ({ steps }) => steps],
          ["(L − σ²) × 10³", ({ excess }) => 1e3 * excess, 4],
        ],
      ),
      notes: [
        "Batches are real numbers of at least 1 here. The joint search is local; the line is the global optimum of its rates.",
      ],
    };
  },
});
