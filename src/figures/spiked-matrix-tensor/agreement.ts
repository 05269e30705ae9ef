import { compare } from "../../compare";
import { comparisonPicture } from "../kit/comparison-figure";
import { seed } from "../kit/config";
import { figure } from "../kit/figure";
import { plain } from "../kit/plain";
import { probability, table } from "../kit/table";
import { paper, spiked } from "./setting";

/** The point at which theory and finite system are compared: both channels matter, the signal is easy. */
export const compared = { p: 3, matrixNoise: 0.5, tensorNoise: 1, temperature: 0.5 } as const;

const INITIAL_OVERLAP = 0.2;
const EXPONENT = 0.4;
const QUANTITIES = ["overlap", "loss", "matrixLoss", "tensorLoss"];
const TIMES = [0.5, 1, 1.5, 2, 3, 4, 6, 8];

/** Theory against the finite system for overlap and loss of the spiked matrix-tensor model. */
export const agreement = figure({
  id: "spiked-agreement",
  title: "Spiked matrix-tensor model: theory and finite system",
  paper,

  // Steps of the theory; spins, samples and step of the finite system.
  presets: {
    quick: { points: 250, size: 80, samples: 36, step: 0.1 },
    standard: { points: 600, size: 120, samples: 100, step: 0.1 },
    paper: { points: 1200, size: 160, samples: 200, step: 0.05 },
  },
  cost: { quick: 1.5, standard: 4.6, paper: 35 },
  sizesText: ({ size, samples }) => `N = ${size}, ${samples} samples`,

  async compute(lab, { points, size, samples, step }) {
    const until = TIMES[TIMES.length - 1];
    const schedule = { kind: "power-law", rate: 0.5, exponent: EXPONENT, offset: 1 };
    const config = spiked(
      { ...compared, schedule, initialOverlap: INITIAL_OVERLAP },
      {
        method: { kind: "uniform", until, points, extrapolate: false },
        simulation: { size, samples, seed, step, until },
        report: { times: TIMES, quantities: QUANTITIES },
      },
    );
    const { theory, ensemble } = await lab.both("theory and finite system", config);
    const { quantities } = compare(theory, ensemble);
    const curves = QUANTITIES.map((name) => {
      const { quantity, statistic, pValue, ...rest } = quantities.find(({ quantity }) => quantity === name)!;
      const { time, theory, simulation, standardError } = rest;
      const numbers = plain({ time, theory, simulation, standardError });
      return { quantity, statistic: statistic!, pValue: pValue!, ...numbers };
    });
    return { size, samples, curves };
  },

  show: ({ size, samples, curves }) => ({
    caption:
      `Spiked matrix-tensor model with p = 3, Δ2 = 0.5, Δp = 1 at T = 0.5, η = 0.5 (1 + t)⁻ᵝ with β = ${EXPONENT}, from a start ` +
      `with overlap ${INITIAL_OVERLAP}. Lines: theory for N → ∞. Dots: mean over ${samples} finite systems of N = ${size} spins, bars of ` +
      `one standard error. The table gives the largest distance over a curve in standard errors, and the probability p of so ` +
      `large a distance if the theory holds at this N.`,
    panels: { "Overlap and loss, whole and by channel": comparisonPicture(curves, `N = ${size}`) },
    table: table(curves, [
      ["quantity", ({ quantity }) => quantity],
      ["largest distance / SE", ({ statistic }) => statistic, 2],
      ["p", ({ pValue }) => probability(pValue)],
    ]),
    notes: [
      `The dots are the finite system as it is, not extrapolated: they have a bias of order 1/N = ${(1 / size).toPrecision(2)}, largest in the ` +
        `overlap at late times. More samples make it visible; more spins take it away.`,
      "Times along a curve, and the quantities of a sample, are correlated; the p-value is a bootstrap of whole sample curves.",
    ],
  }),
});
