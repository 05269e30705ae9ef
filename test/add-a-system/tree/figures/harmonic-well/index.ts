import { linear } from "../drawing/axis";
import { measured, theory } from "../drawing/marks";
import { colourOf } from "../drawing/palette";
import { figure } from "../kit/figure";

/** The energy of the particle on its way to equilibrium. */
const energy = figure({
  id: "harmonic-well-energy",
  title: "Energy in a harmonic well",
  paper: "an example",
  presets: { quick: { samples: 50 }, standard: { samples: 500 }, paper: { samples: 5000 } },
  cost: { quick: 0.1, standard: 0.2, paper: 1 },
  sizesText: ({ samples }) => `${samples} particles`,

  async compute(lab, { samples }) {
    const times = Array.from({ length: 20 }, (_, k) => 0.1 * (k + 1));
    const both = await lab.both("theory and particles", {
      system: "harmonic-well",
      parameters: { temperature: 0.5 },
      method: { until: 2 },
      simulation: { samples, until: 2, seed: 20261122 },
      report: { times },
    });
    const { energy } = both.theory.sample(times).series;
    const { series, standardError } = both.ensemble;
    return {
      times,
      theory: Array.from(energy),
      simulation: Array.from(series.energy),
      standardError: Array.from(standardError.energy),
    };
  },

  show: (found, { samples }) => ({
    caption: `Mean energy at T = 0.5 from x(0) = 2. Line: exact. Dots: mean over ${samples} particles.`,
    panels: {
      "Energy against time": {
        description: "Mean energy against time, theory and particles",
        drawings: [
          {
            x: linear("time t"),
            y: linear("energy E"),
            marks: [
              theory(found.times, found.theory, { colour: colourOf(0) }),
              measured(found.times, found.simulation, {
                colour: colourOf(0),
                standardError: found.standardError,
              }),
            ],
          },
        ],
      },
    },
    notes: [],
  }),
});

export const figures = [energy];
