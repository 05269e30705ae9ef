import { log } from "../drawing/axis";
import { measured } from "../drawing/marks";
import { colourOf } from "../drawing/palette";
import { figure } from "../kit/figure";
import { table } from "../kit/table";
import { type Activation, paper, timesOf } from "./setting";

const EXPONENT = 2 / 3;
/** κ^{2/3} and (2κ²)^{1/3} at κ² = 0.005. */
const MATCHING = Math.cbrt(0.005);
const CRITICAL = Math.cbrt(0.01);

/** The optimum in C at γ = 2/3: time of convergence against the prefactor of the scaling law. */
export const prefactor = figure({
  id: "label-noise-prefactor",
  title: "Momentum with label noise: the best prefactor C",
  paper: `${paper}, section 4.1`,

  presets: {
    quick: {
      rate: 0.01,
      prefactors: [0.06, 0.1, 0.14, 0.2, 0.35],
      runs: { linear: 100, tanh: 16, relu: 16 },
    },
    standard: {
      rate: 0.003,
      prefactors: [0.05, 0.07, 0.1, 0.14, 0.171, 0.2, 0.28, 0.4],
      runs: { linear: 400, tanh: 80, relu: 80 },
    },
    paper: {
      rate: 0.001,
      prefactors: [0.04, 0.05, 0.07, 0.1, 0.12, 0.14, 0.171, 0.2, 0.24, 0.28, 0.35, 0.45],
      runs: { linear: 1000, tanh: 200, relu: 200 },
    },
  },
  cost: { quick: 3, standard: 48, paper: 610 },
  sizesText: ({ rate, prefactors, runs }) =>
    `η = ${rate}, ${prefactors.length} values of C, ${runs.linear} runs (tanh, ReLU: ${runs.tanh})`,

  async compute(lab, { rate, prefactors, runs }) {
    const settings = (Object.keys(runs) as Activation[]).flatMap((activation) =>
      prefactors.map((value) => ({ activation, value })),
    );
    const scans = await lab.parts(settings, async ({ activation, value }, inner) => {
      const times = await timesOf(inner, {
        activation,
        learningRate: rate,
        prefactor: value,
        exponent: EXPONENT,
        runs: runs[activation],
      });
      return { activation, prefactor: value, ...times };
    });
    return { scans };
  },

  show({ scans }, { rate }) {
    const of = (activation: Activation, which: "passage" | "settle") =>
      scans.filter((one) => one.activation === activation && one[which] !== null);
    const curve = (activation: Activation, which: "passage" | "settle", k: number) => {
      const found = of(activation, which);
      return measured(
        found.map((one) => one.prefactor),
        found.map((one) => one[which]!),
        {
          standardError: found.map((one) => one[`${which}Error`] ?? 0),
          colour: colourOf(k),
          label: activation === "relu" ? "ReLU" : activation,
        },
      );
    };
    const drawing = (which: "passage" | "settle", title: string) => ({
      title,
      x: log("prefactor C"),
      // Room for the legend above the dots, and for the names of the moments below them.
      y: log("time in steps", {
        holds: [
          4 * Math.max(...scans.map((one) => one[which] ?? 1)),
          Math.min(...scans.map((one) => one[which] ?? Infinity)) / 3,
        ],
      }),
      legend: "top-left" as const,
      moments: [
        { value: MATCHING, label: "κ^⅔", left: true },
        { value: CRITICAL, label: "(2κ²)^(1/3)", left: false },
      ],
      marks: (["linear", "tanh", "relu"] as const).map((activation, k) => curve(activation, which, k)),
    });
    return {
      caption:
        `Vector UV (n = 10, P = 5, ε = ½) at η = ${rate}, β = 1 − C η^⅔, from the zero-loss manifold. Left: the time at which the mean of ln(|u|² + |v|²) settles ` +
        "below ln(n/10). Right: mean first passage, run by run. Vertical lines: C = κ^⅔, at which the times of relaxation and drift are equal, and (2κ²)^⅓, at which the " +
        "radius of the linear network is critically damped. Bars of one standard error.",
      panels: {
        "Time of convergence against C": {
          description: "Settle time and first passage against the prefactor, for three activations",
          columns: 2,
          rowHeight: 320,
          drawings: [drawing("settle", "settle time"), drawing("passage", "first passage")],
        },
      },
      table: table(scans, [
        ["network", ({ activation }) => activation],
        ["C", (one) => one.prefactor],
        [["settle time", "SE"], (one) => ({ mean: one.settle, standardError: one.settleError }), 0],
        [["first passage", "SE"], (one) => ({ mean: one.passage, standardError: one.passageError }), 0],
      ]),
      notes: [
        "The settle time has a broad minimum, C from 0.10 to 0.17 for the linear network. The first passage has none: the smaller C, the sooner a run first " +
          "comes near the origin, and then leaves it again.",
      ],
    };
  },
});
