import { linear } from "../drawing/axis";
import { theory } from "../drawing/marks";
import { colourOf } from "../drawing/palette";
import { figure } from "../kit/figure";
import { paper, randomFeatures } from "./setting";

const LOW = 1.05;
const HIGH = 4.05;
const LEVELS = {
  lossExponentOptimal: [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7],
  rateExponent: [0.05, 0.15, 0.3, 0.45, 0.6],
} as const;

/** The plane of both exponents: where training is easy, how fast the best loss falls, and how the rate should. */
export const phases = figure({
  id: "features-phases",
  title: "Phase diagram of optimal schedules",
  paper,

  presets: { quick: { cells: 24 }, standard: { cells: 60 }, paper: { cells: 120 } },
  cost: { quick: 1, standard: 3, paper: 10 },
  sizesText: ({ cells }) => `${cells} by ${cells} points`,

  async compute(lab, { cells }) {
    const centres = Array.from({ length: cells }, (_, k) => LOW + ((k + 0.5) * (HIGH - LOW)) / cells);
    const found: Record<keyof typeof LEVELS, number[]> = { lossExponentOptimal: [], rateExponent: [] };
    for (const [row, b] of centres.entries()) {
      for (const [column, a] of centres.entries()) {
        const isFirst = row === 0 && column === 0;
        const predicted = await lab.predict(
          randomFeatures({ a, b }, 100, {}, { features: 1 }),
          isFirst ? "exponents of one point" : undefined,
        );
        for (const name of ["lossExponentOptimal", "rateExponent"] as const)
          found[name].push(Number(predicted[name]));
      }
    }
    return { cells, ...found };
  },

  show(found) {
    const plane = (name: keyof typeof LEVELS, title: string, colour: string) => ({
      title,
      x: linear("a (target)", { ends: [LOW, HIGH] }),
      y: linear("b (spectrum)", { ends: [LOW, HIGH] }),
      field: {
        values: found[name],
        columns: found.cells,
        x: [LOW, HIGH] as const,
        y: [LOW, HIGH] as const,
        levels: LEVELS[name],
        colour,
      },
      marks: [theory([LOW, HIGH], [LOW, HIGH], { colour: colourOf(3), dashed: true })],
      notes: [
        { x: 3.2, y: 1.6, text: "easy" },
        { x: 1.8, y: 3.4, text: "hard" },
      ],
    });
    return {
      caption:
        `Left: exponent of the optimal loss, L* − σ² ~ T^−x; lines at x = ${LEVELS.lossExponentOptimal.join(", ")}. Right: ξ of the optimal peak rate ~ T^−ξ; ` +
        `lines at ξ = ${LEVELS.rateExponent.join(", ")}; it is 0 throughout the hard phase. Dashed: the boundary a = b.`,
      panels: {
        "Exponents over the plane": {
          description:
            "Contours of loss and rate exponents over the plane of both exponents, with the phase boundary",
          columns: 2,
          rowHeight: 320,
          drawings: [
            plane("lossExponentOptimal", "loss exponent", colourOf(0)),
            plane("rateExponent", "rate exponent ξ", colourOf(2)),
          ],
        },
      },
      notes: [],
    };
  },
});
