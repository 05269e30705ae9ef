import { linear, log } from "../drawing/axis";
import type { Drawing } from "../drawing/drawing";
import { measured, theory } from "../drawing/marks";
import { colourOf } from "../drawing/palette";
import { figure } from "../kit/figure";
import { table } from "../kit/table";
import { type Activation, type PowerLaw, paper, powerLawOf, timesOf } from "./setting";

const PREFACTOR = 0.2;
/** C²/κ²: T0 of the drift of the radius, τ2/2 = (C²/κ²) η^{2γ−2}. */
const DRIFT = (PREFACTOR ** 2 / 0.005) * Math.log(20);
const ESTIMATORS = ["passage", "settle"] as const;
const WORDS = { passage: "first passage", settle: "settle time" } as const;

/** The exponent of the time of convergence against γ, by two estimators and for three activations; and the prefactor. */
export const exponents = figure({
  id: "label-noise-exponents",
  title: "Momentum with label noise: time of convergence against γ",
  paper: `${paper}, figure 1 and the amplitudes behind it`,

  presets: {
    quick: { exponents: [0.5, 2 / 3, 0.9], rates: [0.01, 0.1], runs: { linear: 60, tanh: 12, relu: 12 } },
    standard: {
      exponents: [0.4, 0.5, 0.6, 2 / 3, 0.75, 0.9],
      rates: [0.003, 0.01, 0.03, 0.1],
      runs: { linear: 400, tanh: 60, relu: 60 },
    },
    paper: {
      exponents: [0.3, 0.4, 0.5, 0.6, 2 / 3, 0.75, 0.8, 0.9, 1],
      rates: [0.001, 0.00316, 0.01, 0.0316, 0.1],
      runs: { linear: 1000, tanh: 200, relu: 200 },
    },
  },
  cost: { quick: 3, standard: 113, paper: 6500 },
  sizesText: ({ exponents, rates, runs }) =>
    `${exponents.length} values of γ, ${rates.length} of η, ${runs.linear} runs (tanh, ReLU: ${runs.tanh})`,

  async compute(lab, { exponents, rates, runs }) {
    const settings = (Object.keys(runs) as Activation[]).flatMap((activation) =>
      exponents.map((exponent) => ({ activation, exponent })),
    );
    const scans = await lab.parts(
      settings,
      async ({ activation, exponent }, inner) => {
        const times = [];
        for (const learningRate of rates) {
          times.push(
            await timesOf(inner, {
              activation,
              learningRate,
              prefactor: PREFACTOR,
              exponent,
              runs: runs[activation],
            }),
          );
        }
        return {
          activation,
          exponent,
          times,
          passage: powerLawOf(times, "passage"),
          settle: powerLawOf(times, "settle"),
        };
      },
      { calls: rates.length },
    );
    return { scans };
  },

  show({ scans }, { exponents, rates }) {
    const [low, high] = [Math.min(...exponents), Math.max(...exponents)];
    const corners = low < 2 / 3 && high > 2 / 3 ? [low, 2 / 3, high] : [low, high];
    const alpha = (gamma: number) => Math.max(2 * (1 - gamma), gamma);
    const panel = (activation: Activation): Drawing => ({
      title: activation === "relu" ? "ReLU" : activation,
      x: linear("γ"),
      // Room for the legend.
      y: linear("exponent α", { holds: [0.2] }),
      legend: "bottom-left" as const,
      marks: [
        theory(corners, corners.map(alpha), { colour: "#888" }),
        ...ESTIMATORS.map((which, k) => {
          const found = scans.filter((one) => one.activation === activation && one[which]);
          return measured(
            found.map(({ exponent }) => exponent),
            found.map((one) => one[which]!.exponent),
            {
              standardError: found.map((one) => one[which]!.error),
              colour: colourOf(k),
              hollow: which === "settle",
              label: WORDS[which],
            },
          );
        }),
      ],
    });
    const lineOf = (slope: (gamma: number) => number, colour: string, label: string) =>
      theory([low, high], [slope(low), slope(high)], { colour, label });
    const linearScans = scans.filter(({ activation }) => activation === "linear");
    const value = (law: PowerLaw | null) => ({
      mean: law?.exponent ?? null,
      standardError: law?.error ?? null,
    });
    return {
      caption:
        `Vector UV (n = 10, P = 5, ε = ½) with β = 1 − ${PREFACTOR} η^γ, from the zero-loss manifold, for η from ${Math.min(...rates)} to ${Math.max(...rates)}. ` +
        "a: the exponents of the relaxation to the manifold, γ, and of the drift along it, 2(1 − γ); the larger decides. b to d: exponents of the " +
        "measured times T ∝ η^−α, line the larger of the two; dots: mean first passage of |u|² + |v|² below n/10, run by run; rings: the " +
        "time at which the mean of ln(|u|² + |v|²) settles below that. Below: T0 of T = T0 η^−α for the linear network, and the drift's. " +
        "Dots of b to d fall below the line beyond γ = 2/3, where a run passes before it has settled; those below miss the drift's by the slope of a finite range of η, an error of 0.01 in α being 4 % in T0.",
      panels: {
        "Exponent of the time of convergence": {
          description: "Exponent against gamma: theory, and linear, tanh and ReLU networks by two estimators",
          columns: 2,
          drawings: [
            {
              title: "a: theory",
              x: linear("γ"),
              y: linear("exponent α"),
              marks: [
                lineOf((gamma) => gamma, colourOf(0), "τ1"),
                lineOf((gamma) => 2 * (1 - gamma), colourOf(2), "τ2"),
              ],
            },
            panel("linear"),
            panel("tanh"),
            panel("relu"),
          ],
        },
        "Amplitude of the time of convergence": {
          description: "T0 against gamma for the linear network",
          drawings: [
            {
              x: linear("γ"),
              y: log("T0"),
              legend: "top-right" as const,
              levels: [{ value: DRIFT, label: "drift: (C²/κ²) ln 20" }],
              marks: ESTIMATORS.map((which, k) => {
                const found = linearScans.filter((one) => one[which]);
                return measured(
                  found.map(({ exponent }) => exponent),
                  found.map((one) => one[which]!.amplitude),
                  { colour: colourOf(k), hollow: which === "settle", label: WORDS[which] },
                );
              }),
            },
          ],
        },
      },
      table: table(scans, [
        ["network", ({ activation }) => activation],
        ["γ", ({ exponent }) => exponent, 3],
        ["max(2(1−γ), γ)", ({ exponent }) => alpha(exponent), 3],
        [["α, first passage", "SE"], ({ passage }) => value(passage), 3],
        [["α, settle time", "SE"], ({ settle }) => value(settle), 3],
      ]),
      notes: [
        "Above γ = 2/3 the first passage saturates at about 0.6 to 2/3, whatever γ: the first collapse is ballistic, and the runs rebound. Only the settle " +
          "time sees that the mean takes 1/(1 − β). At γ = 0.75 it does not yet in this range of η.",
        "Figures 2, 4 and 5 of the paper need image data sets and are not here.",
      ],
    };
  },
});
