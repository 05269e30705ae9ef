import { log } from "../drawing/axis";
import { theory } from "../drawing/marks";
import { colourOf, rampColour } from "../drawing/palette";
import { figure } from "../kit/figure";
import { table } from "../kit/table";
import { easy, hard, lastSlope, nameOf, paper, randomFeatures, stepsText } from "./setting";

const FAMILIES = [
  { over: "learning-rate", text: "optimal", exponent: "lossExponentOptimal" },
  { over: "constant", text: "constant", exponent: "lossExponentConstant" },
  { over: "power-law", text: "power law", exponent: "lossExponentPowerLaw" },
  { over: "polynomial", text: "(1 − t/T)^{2b−1}", exponent: "lossExponentOptimal" },
  { over: "warmup-stable-decay", text: "hold, then decay", exponent: "lossExponentOptimal" },
  { over: "cosine", text: "cosine", exponent: null },
  { over: "linear", text: "linear", exponent: null },
] as const;

/** The loss that every family of schedules reaches by its horizon, and the base rate it wants there. */
export const families = figure({
  id: "features-families",
  title: "Schedule families: loss and base rate by horizon",
  paper,

  presets: {
    quick: { horizons: [64, 128, 256] },
    standard: { horizons: [64, 256, 1024, 2048, 4096] },
    paper: { horizons: [64, 256, 1024, 4096, 16384, 32768] },
  },
  cost: { quick: 4, standard: 60, paper: 700 },
  sizesText: ({ horizons }) => `T to ${stepsText(horizons[horizons.length - 1])}`,

  async compute(lab, { horizons }) {
    const models = [];
    for (const model of [easy, hard]) {
      const predicted = await lab.predict(
        randomFeatures(model, horizons[0], {}),
        `exponents, ${nameOf(model)}`,
      );
      const wanted = FAMILIES.flatMap((family) => horizons.map((horizon) => ({ family, horizon })));
      const found = await lab.parts(
        wanted,
        async ({ family, horizon }, inner) => {
          const tolerance = family.over === "learning-rate" ? 1e-7 : 1e-4;
          const { schedule, values } = await inner.optimise(
            `${family.text}, ${model.phase} phase, T = ${stepsText(horizon)}`,
            randomFeatures(model, horizon, {
              optimise: { over: family.over, tolerance },
              report: { times: [Math.floor(horizon / 4)] },
            }),
          );
          return {
            excess: Number(values.excessLoss),
            // Of the optimum without a family its rate at a quarter of the run.
            base: Number(values.amplitude ?? schedule.series.learningRate[0]),
          };
        },
        { cost: ({ family, horizon }) => horizon * (/power|stable/.test(family.over) ? 12 : 1) },
      );
      const curves = FAMILIES.map(({ text, exponent }, f) => {
        const part = found.slice(f * horizons.length, (f + 1) * horizons.length);
        const excess = part.map((one) => one.excess);
        return {
          text,
          excess,
          base: part.map(({ base }) => base),
          slope: lastSlope(horizons, excess),
          predicted: exponent === null ? null : -Number(predicted[exponent]),
          ratio: excess.map((value, k) => value / found[k].excess),
        };
      });
      models.push({ ...model, curves });
    }
    return { horizons: [...horizons], models };
  },

  show({ horizons, models }) {
    const panel = (of: "excess" | "base", label: string) =>
      models.map(({ phase, curves }) => ({
        title: `${phase} phase`,
        x: log("horizon T"),
        y: log(label),
        marks: curves.map((curve, k) =>
          theory(horizons, curve[of], {
            colour: k === 0 ? colourOf(0) : rampColour(k, curves.length),
            dashed: k === 0,
            label: curve.text,
          }),
        ),
        legend: of === "excess" ? ("bottom-left" as const) : undefined,
      }));
    return {
      caption:
        `Above: excess loss after T steps of the best member of every family, and of the optimal schedule (dashed), exact for σ² = 1, batch 1. ` +
        `Below: the rate that goes with it: amplitude, and of the optimum the rate at T/4. In the easy phase every base rate falls with ` +
        `the horizon; in the hard phase that of annealed schedules hardly moves, so that a rate found on short runs can be kept ` +
        `for long ones, while the best constant rate falls in both. The table has the slopes of the last step in T beside the limits T → ∞.`,
      panels: {
        "Loss by horizon": {
          description: "Excess loss against horizon for every family of schedules, easy and hard phase",
          columns: 2,
          rowHeight: 340,
          drawings: panel("excess", "L(T) − σ²"),
        },
        "Base rate by horizon": {
          description: "Best amplitude against horizon for every family of schedules, easy and hard phase",
          columns: 2,
          rowHeight: 340,
          drawings: panel("base", "base rate"),
        },
      },
      table: table(
        models.flatMap(({ phase, curves }) => curves.map((curve) => ({ phase, ...curve }))),
        [
          ["phase", ({ phase }) => phase],
          ["family", ({ text }) => text],
          ["slope of the loss", ({ slope }) => slope, 3],
          ["limit", ({ predicted }) => predicted, 3],
          ["slope of the base rate", ({ base }) => lastSlope(horizons, base), 3],
          ["loss / optimum, first T", ({ ratio }) => ratio[0], 3],
          ["loss / optimum, last T", ({ ratio }) => ratio[ratio.length - 1], 3],
        ],
      ),
      notes: [
        "Slopes drift towards their limits slowly; the closed form at T = 10⁹ is still 1 to 2 % away.",
        "Cosine and linear decay are members of (1 − t/T)^d at their ends, with d = 2 and 1: their limits are those of d + 1 against b.",
      ],
    };
  },
});
