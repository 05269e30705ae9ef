import { compareSizes, showSizes } from "../kit/agreement";
import { figure } from "../kit/figure";
import { paper, pSpin, scheduleNote, scheduleText } from "./setting";

const QUANTITIES = ["loss", "correlation", "response"];
const TIMES = [0.5, 1, 1.5, 2, 3, 4, 6, 8, 10];
const PAIRS = [1, 4].flatMap((wait) => [0.5, 1, 2, 4, 6].map((delay) => [wait + delay, wait] as const));

/** Theory against the finite system for loss, correlation and response, with the 1/N bias taken out. */
export const agreement = figure({
  id: "p-spin-agreement",
  title: "Agreement of theory and finite system",
  paper,

  // Steps of the theory up to the last time of the finite system; numbers of spins, and samples of each.
  presets: {
    quick: { points: 300, sizes: [32, 64], samples: [160, 60], step: 0.1 },
    standard: { points: 600, sizes: [50, 100], samples: [400, 200], step: 0.05 },
    paper: { points: 1200, sizes: [60, 120], samples: [800, 400], step: 0.05 },
  },
  cost: { quick: 3.2, standard: 16, paper: 55 },
  sizesText: ({ sizes, samples }) => `N = ${sizes.join(", ")} with ${samples.join(", ")} samples`,

  compute: (lab, { points, step, ...sizes }) => {
    const until = TIMES[TIMES.length - 1];
    return compareSizes(lab, QUANTITIES, sizes, (size) =>
      pSpin(3, 0.4, {
        method: { kind: "uniform", until, points, extrapolate: false },
        simulation: { ...size, step, until },
        report: { times: TIMES, pairs: PAIRS, quantities: QUANTITIES },
      }),
    );
  },

  show(found) {
    const shown = showSizes(found, "3-spin model", "Theory and extrapolated finite system");
    return {
      ...shown,
      caption: `3-spin model at T = 1, ${scheduleText} with β = 0.4. ${shown.caption}`,
      notes: [...shown.notes, scheduleNote],
    };
  },
});
