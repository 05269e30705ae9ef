import { linear, log } from "../drawing/axis";
import { measured, theory } from "../drawing/marks";
import { colourOf } from "../drawing/palette";
import { figure } from "../kit/figure";
import { plain } from "../kit/plain";
import { table } from "../kit/table";
import { easy, type Model, nameOf, paper, randomFeatures, stepsOf } from "./setting";

const deep: Model = { a: 1.25, b: 2.5, phase: "hard" };
const KINDS = [
  { kind: null, text: "SGD" },
  { kind: "heavy-ball", text: "heavy ball" },
  { kind: "dana", text: "adapted to the time" },
] as const;

const POINTS = 30;

/** The three coefficients of momentum adapted to the time. */
function adaptedOf(run: object) {
  const { time, learningRate, accumulatedRate, momentum: kept } = run as Readonly<Record<string, number[]>>;
  return { time, learningRate, accumulatedRate, damping: kept.map((value) => 1 - value) };
}

/** What momentum gains with an optimised schedule: nothing in the easy phase, an exponent deep in the hard one. */
export const momentum = figure({
  id: "features-momentum",
  title: "Momentum in both phases",
  paper,

  presets: {
    quick: { horizons: [32, 64, 128], features: 300 },
    standard: { horizons: [64, 256, 1024], features: 1000 },
    paper: { horizons: [64, 256, 1024, 4096], features: 100_000 },
  },
  cost: { quick: 5, standard: 117, paper: 700 },
  sizesText: ({ horizons, features }) => `T to ${horizons[horizons.length - 1]}, ${features} features`,

  async compute(lab, { horizons, features }) {
    const models = [];
    for (const model of [deep, easy]) {
      const wanted = KINDS.flatMap((one) => horizons.map((horizon) => ({ ...one, horizon })));
      const found = await lab.parts(
        wanted,
        async ({ kind, text, horizon }, inner) => {
          const spec =
            kind === "dana" ? { kind, ratio: 0.1 } : kind === null ? null : { kind, momentum: 0.5 };
          const { values, schedule } = await inner.optimise(
            `${text}, a = ${model.a}, b = ${model.b}, T = ${horizon}`,
            randomFeatures(
              model,
              horizon,
              {
                optimise: { over: kind === null ? "learning-rate" : "momentum", tolerance: 1e-7 },
                report: { times: stepsOf(horizon, POINTS) },
              },
              { features, momentum: spec },
            ),
          );
          return { excess: Number(values.excessLoss), ...plain({ time: schedule.time, ...schedule.series }) };
        },
        { cost: ({ kind, horizon }) => (kind === null ? horizon : 60 * horizon) },
      );
      const predicted = await lab.predict(randomFeatures(model, 100, {}), `exponents, ${nameOf(model)}`);
      models.push({
        ...model,
        limit: [predicted.lossExponentOptimal, predicted.lossExponentMomentum].map(Number),
        excess: KINDS.map((_, k) =>
          found.slice(k * horizons.length, (k + 1) * horizons.length).map(({ excess }) => excess),
        ),
        adapted: adaptedOf(found[found.length - 1]),
      });
    }
    return { horizons: [...horizons], models };
  },

  show({ horizons, models }) {
    const last = horizons[horizons.length - 1];
    return {
      caption:
        "Excess loss after T steps at σ² = 1, batch 1, with the best schedule found: learning rates alone, heavy ball with both its " +
        "coefficients scheduled, and momentum adapted to the time (three coefficients). Deep in the hard phase the last gains in the " +
        "exponent; in the easy phase SGD is at the limit that the noise sets, and nothing gains.",
      panels: {
        "Loss by horizon with momentum": {
          description: "Excess loss against horizon with and without momentum, hard and easy phase",
          columns: 2,
          rowHeight: 340,
          drawings: models.map(({ a, b, phase, excess }) => ({
            title: `${phase} phase, a = ${a}, b = ${b}`,
            x: log("horizon T"),
            y: log("L(T) − σ²"),
            marks: KINDS.map(({ kind, text }, k) =>
              kind === null
                ? theory(horizons, excess[k], { colour: colourOf(k), label: text })
                : measured(horizons, excess[k], { colour: colourOf(k), label: text, hollow: k === 1 }),
            ),
            legend: "bottom-left" as const,
          })),
        },
        "Coefficients adapted to the time": {
          description: "The three optimal coefficients against t/T at the last horizon, hard and easy phase",
          columns: 2,
          drawings: models.map(({ phase, adapted }) => ({
            title: `${phase} phase, T = ${last}`,
            x: linear("t/T", { padding: 0 }),
            y: log("coefficient"),
            marks: (
              [
                ["g2", adapted.learningRate],
                ["g3", adapted.accumulatedRate],
                ["Δ", adapted.damping],
              ] as const
            ).map(([label, values], k) =>
              theory(
                adapted.time.map((t) => t / last),
                values,
                { colour: colourOf(k), label },
              ),
            ),
          })),
        },
      },
      table: table(
        models.flatMap((model) => KINDS.map(({ text }, k) => ({ model, text, excess: model.excess[k] }))),
        [
          ["phase", ({ model }) => model.phase],
          ["updates", ({ text }) => text],
          ["loss / SGD, first T", ({ model, excess }) => excess[0] / model.excess[0][0], 4],
          [
            "loss / SGD, last T",
            ({ model, excess }) => excess[excess.length - 1] / model.excess[0][excess.length - 1],
            4,
          ],
          ["exponent SGD, T → ∞", ({ model }) => model.limit[0], 3],
          ["exponent adapted, T → ∞", ({ model }) => model.limit[1], 3],
        ],
      ),
      notes: ["The searches with momentum are local: the best may be lower."],
    };
  },
});
