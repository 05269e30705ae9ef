import { compareSizes, showSizes } from "../kit/agreement";
import { figure } from "../kit/figure";
import { paper, spiked } from "./setting";

/** The point at which theory and finite system are compared: both channels matter, the signal is easy. */
export const compared = { p: 3, matrixNoise: 0.5, tensorNoise: 1, temperature: 0.5 } as const;

const INITIAL_OVERLAP = 0.2;
const EXPONENT = 0.4;
const QUANTITIES = ["overlap", "loss", "matrixLoss", "tensorLoss"];
const TIMES = [0.5, 1, 1.5, 2, 3, 4, 6, 8];

/** Theory against the finite system for overlap and loss of the spiked matrix-tensor model, with the 1/N bias taken out. */
export const agreement = figure({
  id: "spiked-agreement",
  title: "Spiked matrix-tensor model: theory and finite system",
  paper,

  // Steps of the theory; numbers of spins, samples of each, and step of the finite system.
  presets: {
    quick: { points: 250, sizes: [40, 80], samples: [120, 50], step: 0.1 },
    standard: { points: 600, sizes: [60, 120], samples: [500, 200], step: 0.05 },
    paper: { points: 1200, sizes: [80, 160], samples: [800, 400], step: 0.05 },
  },
  cost: { quick: 3, standard: 22, paper: 80 },
  sizesText: ({ sizes, samples }) => `N = ${sizes.join(", ")} with ${samples.join(", ")} samples`,

  compute: (lab, { points, step, ...sizes }) => {
    const until = TIMES[TIMES.length - 1];
    const schedule = { kind: "power-law", rate: 0.5, exponent: EXPONENT, offset: 1 };
    return compareSizes(lab, QUANTITIES, sizes, (size) =>
      spiked(
        { ...compared, schedule, initialOverlap: INITIAL_OVERLAP },
        {
          method: { kind: "uniform", until, points, extrapolate: false },
          simulation: { ...size, step, until },
          report: { times: TIMES, quantities: QUANTITIES },
        },
      ),
    );
  },

  show(found) {
    const shown = showSizes(found, "Spiked matrix-tensor model", "Overlap and loss, whole and by channel");
    return {
      ...shown,
      caption:
        `Spiked matrix-tensor model with p = 3, Δ2 = 0.5, Δp = 1 at T = 0.5, η = 0.5 (1 + t)⁻ᵝ with β = ${EXPONENT}, from a start ` +
        `with overlap ${INITIAL_OVERLAP}. ${shown.caption}`,
    };
  },
});
