import { log } from "../drawing/axis";
import { measured, theory } from "../drawing/marks";
import { colourOf, rampColour } from "../drawing/palette";
import { figure } from "../kit/figure";
import { plain } from "../kit/plain";
import { fixed, table } from "../kit/table";
import { easy, hard, lastSlope, nameOf, paper, randomFeatures, stepsText } from "./setting";

/** Rate of the growing batches in closed form. */
const CAP = 0.25;
const DECAY = 2 * easy.b - 1;

/** One schedule of single examples in three guises, and how many steps the last one takes. */
export const ramps = figure({
  id: "features-ramps",
  title: "Batches that grow instead of rates that fall: the same loss in fewer steps",
  paper,

  presets: {
    quick: { examples: 4096, batches: [1, 2, 4, 8, 16], rates: [0.5, 0.25, 0.125], control: 7 },
    standard: {
      examples: 16384,
      batches: [1, 2, 4, 8, 16],
      rates: [0.5, 0.25, 0.125],
      control: 8,
    },
    paper: {
      examples: 65536,
      batches: [1, 2, 4, 8, 16, 32],
      rates: [0.5, 0.25, 0.125],
      control: 9,
    },
  },
  cost: { quick: 5, standard: 22, paper: 100 },
  sizesText: ({ examples, control }) =>
    `${examples} examples by the recursion, to ${stepsText(10 ** control)} in closed form`,

  async compute(lab, { examples, batches, rates, control }) {
    const { values } = await lab.optimise(
      "rate of single examples",
      randomFeatures(easy, examples, {
        optimise: { over: "polynomial", exponent: DECAY, tolerance: 1e-6 },
        report: { times: [0] },
      }),
    );
    const first = Number(values.amplitude);
    const flat = await lab.parts(
      batches,
      async (batchSize, inner) => {
        const horizon = examples / batchSize;
        const schedule = {
          kind: "polynomial-decay",
          rate: first * batchSize,
          horizon,
          exponent: DECAY,
        };
        const run = randomFeatures(easy, horizon, { report: { times: [horizon] } }, { batchSize, schedule });
        const { series } = await inner.solve(`decaying rate, batch ${batchSize}`, run);
        return { batchSize, steps: horizon, excess: series.excessLoss[series.excessLoss.length - 1] };
      },
      { cost: (batchSize) => 1 / batchSize },
    );
    const growing = await lab.parts(rates, async (rate, inner) => {
      const { steps, sizes, eta } = rampOf(examples, first, rate);
      const batchSize = { kind: "steps", sizes, times: sizes.map((_, t) => t) };
      const run = randomFeatures(easy, steps, { report: { times: [steps] } }, { batchSize, schedule: eta });
      const { series } = await inner.solve(`growing batches, rate ${rate}`, run);
      const joint = await inner.optimise(
        `rates and batches, ${steps} steps`,
        randomFeatures(
          easy,
          steps,
          {
            optimise: { over: "learning-rate-and-batch", cap: eta, tolerance: 1e-6 },
            report: { times: sizes.map((_, t) => t) },
          },
          { batchSize: examples / steps },
        ),
      );
      return {
        rate: eta,
        steps,
        excess: series.excessLoss[series.excessLoss.length - 1],
        joint: Number(joint.values.excessLoss),
        ...plain({ best: joint.schedule.series.batchSize }),
      };
    });
    const counts = [];
    for (const model of [easy, hard]) {
      const numbers = Array.from({ length: control - 2 }, (_, k) => 10 ** (k + 3));
      const steps = await lab.parts(numbers, async (number, inner) => {
        const config = randomFeatures(
          model,
          number,
          { optimise: { dynamics: "additive", cap: CAP }, report: { times: [0] } },
          { features: 100_000_000 },
        );
        const label = `${model.phase} phase, ${stepsText(number)} examples, closed form`;
        return Number((await inner.optimise(label, config)).values.clock) / CAP;
      });
      const predicted = await lab.predict(randomFeatures(model, 100, {}), `exponents, ${nameOf(model)}`);
      const [limit, batchExponent] = [predicted.stepsExponent, predicted.batchRampExponent].map(Number);
      counts.push({ ...model, numbers, steps, limit, batchExponent });
    }
    return { first, flat, growing, counts };
  },

  show({ first, flat, growing, counts }, { examples }) {
    const single = flat[0].excess;
    const slopes = counts.map(
      ({ phase, numbers, steps, limit }) =>
        `${fixed(lastSlope(numbers, steps), 3)} when ${phase} (limit ${fixed(limit, 3)})`,
    );
    const least = growing.reduce((few, one) => (one.steps < few.steps ? one : few));
    return {
      caption:
        `(a, b) = (${easy.a}, ${easy.b}), σ² = 1, ${examples} examples. Only η/m, the rate of an example, counts as long as steps are small: ` +
        `η = ${fixed(first, 3)} (1 − t/T)^${DECAY} with single examples, m times that rate with m of them, and a constant rate with batches ` +
        `(1 − t/T)^${fixed(counts[0].batchExponent, 2)} are one schedule. Above left: their losses over that of single examples, and the least loss of rates ` +
        `and batches chosen together, at rates up to the constant one. At the rate ${fixed(least.rate, 2)} it takes ${least.steps} steps. Above right: the growing ` +
        `batches, and the chosen ones (dashed), which rise alike until the last steps, where the rate falls instead. Below: steps of growing batches ` +
        `at η = ${CAP} by the closed form, ∫η/${CAP}; the last slopes are ${slopes.join(", ")}: in the hard phase they save a factor at most.`,
      panels: {
        "The same examples in fewer steps": {
          description: "Loss ratio and batches of growing batches at a fixed number of examples",
          columns: 2,
          rowHeight: 340,
          drawings: [
            {
              x: log("steps"),
              y: log("excess loss / that of single examples", { ends: [0.86, 1.03] }),
              marks: [
                theory(
                  flat.map(({ steps }) => steps),
                  flat.map(({ excess }) => excess / single),
                  { colour: colourOf(0), label: "falling rate, constant batch" },
                ),
                measured(
                  growing.map(({ steps }) => steps),
                  growing.map(({ excess }) => excess / single),
                  { colour: colourOf(2), label: "constant rate, growing batches" },
                ),
                measured(
                  growing.map(({ steps }) => steps),
                  growing.map(({ joint }) => joint / single),
                  { colour: colourOf(1), hollow: true, label: "both chosen, rate below that" },
                ),
              ],
              legend: "bottom-right" as const,
            },
            {
              x: log("1 − t/T", { ends: [0.01, 1] }),
              // Room for the legend.
              y: log("batch size m", { holds: [10 * Math.max(...growing.flatMap(({ best }) => best))] }),
              marks: growing.flatMap(({ steps, rate, best }, k) => {
                const left = best.map((_, t) => 1 - t / steps);
                const colour = rampColour(k, growing.length);
                return [
                  theory(
                    left,
                    left.map((x) => (rate / first) * x ** counts[0].batchExponent),
                    { colour, label: `η = ${fixed(rate, 3)}, ${steps} steps` },
                  ),
                  theory(left, best, { colour, dashed: true }),
                ];
              }),
              legend: "top-right" as const,
            },
          ],
        },
        "Steps by number of examples": {
          description: "Number of steps with growing batches against number of examples, easy and hard phase",
          drawings: [
            {
              x: log("examples D"),
              y: log("steps"),
              marks: counts.flatMap(({ phase, numbers, steps, limit }, k) => {
                const last = numbers.length - 1;
                return [
                  measured(numbers, steps, { colour: colourOf(2 * k), label: `${phase} phase` }),
                  theory(
                    numbers,
                    numbers.map((number) => steps[last] * (number / numbers[last]) ** limit),
                    { colour: colourOf(2 * k), dashed: true, label: `D^${fixed(limit, 2)}` },
                  ),
                ];
              }),
              legend: "top-left" as const,
            },
          ],
        },
      },
      table: table(
        [
          ...flat.map((one) => ({ ...one, kind: `falling rate, batch ${one.batchSize}` })),
          ...growing.map((one) => ({ ...one, kind: `rate ${fixed(one.rate, 3)}, growing batches` })),
          ...growing.map((one) => ({ ...one, kind: "both chosen", excess: one.joint })),
        ],
        [
          ["schedule", ({ kind }) => kind],
          ["steps", ({ steps }) => steps],
          ["(L − σ²) × 10³", ({ excess }) => 1e3 * excess, 4],
          ["over single examples", ({ excess }) => excess / single, 4],
        ],
      ),
      notes: [
        "Growing batches are whole numbers that add up to all examples; those chosen with the rates are real ones.",
      ],
    };
  },
});

/**
 * The schedule first·(1 − s/D)^{2b−1} of single examples s as whole batches at one rate near `wanted`: (1 − t/T) is
 * (1 − s/D)^{2b}.
 */
export function rampOf(examples: number, first: number, wanted: number) {
  const steps = Math.max(1, Math.round((examples * first) / ((DECAY + 1) * wanted)));
  const before = (t: number) => Math.round(examples * (1 - (1 - t / steps) ** (1 / (DECAY + 1))));
  const sizes = Array.from({ length: steps }, (_, t) => before(t + 1) - before(t));
  return { steps, sizes, eta: (examples * first) / ((DECAY + 1) * steps) };
}
