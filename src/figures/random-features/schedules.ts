import { linear, log } from "../drawing/axis";
import { theory } from "../drawing/marks";
import { rampColour } from "../drawing/palette";
import { figure } from "../kit/figure";
import type { Lab } from "../kit/lab";
import { plain } from "../kit/plain";
import { table } from "../kit/table";
import { easy, hard, type Model, nameOf, paper, randomFeatures, stepsOf, stepsText } from "./setting";

/** Largest rate of the closed form in the hard phase. */
const CAP = 0.5;
const POINTS = 60;

/** Optimal schedules at several horizons, and how they fall on one curve: over t/T when easy, at the end when hard. */
export const schedules = figure({
  id: "features-schedules",
  title: "Optimal schedules in both phases",
  paper,

  presets: {
    quick: { exact: [64, 256, 1024], control: [1e4, 1e6, 1e8] },
    standard: { exact: [256, 1024, 4096, 16384], control: [1e4, 1e5, 1e6, 1e7, 1e8] },
    paper: { exact: [256, 1024, 4096, 16384, 65536], control: [1e4, 1e5, 1e6, 1e7, 1e8, 1e9] },
  },
  cost: { quick: 1, standard: 8, paper: 40 },
  sizesText: ({ exact, control }) =>
    `exact to T = ${stepsText(exact[exact.length - 1])}, closed form to T = ${stepsText(control[control.length - 1])}`,

  async compute(lab, { exact, control }) {
    const found = [];
    for (const model of [easy, hard]) {
      const { rateExponent, annealingWindowExponent } = await lab.predict(
        randomFeatures(model, exact[0], {}),
        `exponents, ${nameOf(model)}`,
      );
      found.push({
        ...model,
        rateExponent: Number(rateExponent),
        windowExponent: Number(annealingWindowExponent),
        exact: await best(lab, model, exact, {}),
        control: await best(lab, model, control, {
          dynamics: "additive",
          cap: model.phase === "hard" ? CAP : null,
        }),
      });
    }
    return { models: found };
  },

  show({ models }) {
    const [free, capped] = models;
    const rates = (runs: Runs, title: string) => ({
      title,
      x: linear("t/T", { padding: 0 }),
      y: linear("learning rate η*"),
      marks: lines(runs, ({ step, rate, horizon }) => [step.map((t) => t / horizon), rate]),
      legend: "top-right" as const,
    });
    const collapse = ({ rateExponent, control }: typeof free) => ({
      title: "easy phase, closed form",
      x: log("1 − t/T", { ends: [1e-3, 1] }),
      y: log(`η* T^ξ, ξ = ${rateExponent.toFixed(3)}`),
      // Named beside, where there is room.
      marks: lines(control, ({ step, rate, horizon }) => [
        step.map((t) => 1 - t / horizon),
        rate.map((eta) => eta * horizon ** rateExponent),
      ]).map(({ label: _, ...line }) => line),
    });
    const end = ({ windowExponent, control }: typeof free) => ({
      title: "hard phase, closed form",
      x: log(`(T − t)/T^${windowExponent.toFixed(3)}`, { ends: [1e-2, 1e2] }),
      y: log("η*"),
      marks: lines(control, ({ step, rate, horizon }) => [
        step.map((t) => (horizon - t) / horizon ** windowExponent),
        rate,
      ]),
      legend: "bottom-right" as const,
    });
    return {
      caption:
        `Learning rates of the least loss after T steps at σ² = 1 and batch 1, (a, b) = (${easy.a}, ${easy.b}) and (${hard.a}, ${hard.b}). Above: the exact ` +
        `optimum by coordinate descent, without a cap. In the easy phase the whole schedule shrinks as T^−ξ, in the hard phase ` +
        `it holds a plateau near the limit of stability and anneals at the end. Below: closed-form control for additive noise. ` +
        `When easy all horizons fall on (1 − t/T)^{2b−1} T^−ξ; when hard, at η ≤ ${CAP}, on one curve over the time that is left in units ` +
        `of the annealing window. Both end at a finite rate once ∫η over what is left falls below 1.`,
      panels: {
        "Optimal learning rates": {
          description: "Optimal learning rate against t/T at several horizons, easy and hard phase",
          columns: 2,
          drawings: [rates(free.exact, "easy phase"), rates(capped.exact, "hard phase")],
        },
        "Collapse of the horizons": {
          description: "Scaled optimal learning rate at several horizons on logarithmic axes",
          columns: 2,
          drawings: [collapse(free), end(capped)],
        },
      },
      table: table(
        models.flatMap((model) => model.control.map((run) => ({ ...run, model }))),
        [
          ["phase", ({ model }) => model.phase],
          ["T", ({ horizon }) => stepsText(horizon)],
          ["η*(0)", ({ rate }) => Number(rate[0].toPrecision(4))],
          ["T − t*, ∫η = 1", ({ edge }) => Number(edge.toPrecision(4))],
          ["annealing steps", ({ window }) => Number(window.toPrecision(4))],
          ["L* − σ²", ({ excess }) => Number(excess.toPrecision(5))],
        ],
      ),
      notes: ["The collapse sharpens slowly: corrections fall as small powers of T."],
    };
  },
});

type Runs = readonly {
  readonly horizon: number;
  readonly step: readonly number[];
  readonly rate: readonly number[];
}[];

const lines = (runs: Runs, curve: (run: Runs[number]) => readonly [readonly number[], readonly number[]]) =>
  runs.map((run, k) =>
    theory(...curve(run), {
      colour: rampColour(k, runs.length),
      label: `T = ${stepsText(run.horizon)}`,
    }),
  );

const best = (lab: Lab, model: Model, horizons: readonly number[], optimise: object) =>
  lab.parts(
    horizons,
    async (horizon, inner) => {
      const times = stepsOf(horizon, POINTS);
      const config = randomFeatures(
        model,
        horizon,
        { optimise: { over: "learning-rate", tolerance: 1e-7, ...optimise }, report: { times } },
        // The closed form goes where a thousand features would have learnt all they can.
        horizon > 20_000 ? { features: 100_000_000 } : {},
      );
      const label = "dynamics" in optimise ? "closed form" : "exact";
      const { schedule, values } = await inner.optimise(
        `${model.phase} phase, T = ${stepsText(horizon)}, ${label}`,
        config,
      );
      const { excessLoss, edgeTime, annealingWindow } = values;
      return {
        horizon,
        ...plain({ step: schedule.time, rate: schedule.series.learningRate }),
        excess: Number(excessLoss),
        edge: horizon - Number(edgeTime ?? 0),
        window: Number(annealingWindow ?? horizon),
      };
    },
    { cost: (horizon) => Math.min(horizon, 65536) },
  );
