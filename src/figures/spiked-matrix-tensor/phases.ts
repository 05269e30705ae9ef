import { phaseBoundaries } from "../../theory/spiked-matrix-tensor";
import { linear, log } from "../drawing/axis";
import type { Drawing, Note } from "../drawing/drawing";
import { measured, theory } from "../drawing/marks";
import { colourOf } from "../drawing/palette";
import { figure } from "../kit/figure";
import { plain } from "../kit/plain";
import { table } from "../kit/table";
import { compared } from "./agreement";
import { paper, spiked, studied } from "./setting";

const TEMPERATURE = 1;
const LEAST_NOISE = 0.1;
const LARGEST_NOISE = 2.5;
/** Share of 1 kept from Δ2 = 1, where both lines end. */
const EDGE = 2e-3;
const TENSOR_NOISE = [0.01, 20] as const;
const REGIONS: readonly Note[] = [
  { x: 0.55, y: 3, text: "easy" },
  { x: 1.75, y: 3, text: "impossible" },
  { x: 1.2, y: 0.05, text: "hard" },
];

/** Where the dynamics finds the signal, where only an exhaustive search does, and where nothing does. */
export const phases = figure({
  id: "spiked-phases",
  title: "Phases of the spiked matrix-tensor model",
  paper,

  // Matrix noises on the easy line, below 1, and on the impossible line, above 1.
  presets: {
    quick: { easyPoints: 24, impossiblePoints: 9 },
    standard: { easyPoints: 60, impossiblePoints: 30 },
    paper: { easyPoints: 120, impossiblePoints: 60 },
  },
  cost: { quick: 1.6, standard: 3.1, paper: 6 },
  sizesText: ({ easyPoints, impossiblePoints }) =>
    `${easyPoints} and ${impossiblePoints} points on the lines`,

  async compute(lab, { easyPoints, impossiblePoints }) {
    const diagrams = await lab.parts([3, 4], async (p) => {
      // Closer together towards 1, where the line is steep.
      const roots = between(Math.sqrt(EDGE), Math.sqrt(LARGEST_NOISE - 1), impossiblePoints);
      const boundaries = (matrixNoise: number[]) =>
        phaseBoundaries({ p, temperature: TEMPERATURE, matrixNoise });
      const easy = boundaries(between(LEAST_NOISE, 1 - EDGE, easyPoints));
      const impossible = boundaries(roots.map((root) => 1 + root ** 2));
      return {
        p,
        easy: plain({ matrixNoise: easy.matrixNoise, tensorNoise: easy.easyAbove }),
        impossible: plain({ matrixNoise: impossible.matrixNoise, tensorNoise: impossible.impossibleAbove }),
      };
    });
    const marks = [];
    for (const { name, p, matrixNoise, tensorNoise } of [
      { name: "when and how fast to decay", ...studied },
      { name: "agreement", ...compared },
    ]) {
      const config = spiked({ p, matrixNoise, tensorNoise, temperature: TEMPERATURE, initialOverlap: 1e-6 });
      const { phase } = await lab.predict(config, `${name}: phase and easy line`);
      marks.push({ name, p, matrixNoise, tensorNoise, phase: String(phase) });
    }
    return { temperature: TEMPERATURE, diagrams, marks };
  },

  show({ diagrams, marks }) {
    const [three, four] = diagrams.map(
      ({ easy, impossible }): Drawing => ({
        x: linear("noise of the matrix Δ2", { ends: [LEAST_NOISE, LARGEST_NOISE] }),
        y: log("noise of the tensor Δp", { ends: TENSOR_NOISE }),
        marks: [
          theory(easy.matrixNoise, easy.tensorNoise, { colour: colourOf(0) }),
          // Along Δ2 = 1 the impossible region goes up to any noise of the tensor.
          theory([1, ...impossible.matrixNoise], [TENSOR_NOISE[1], ...impossible.tensorNoise], {
            colour: colourOf(3),
          }),
        ],
        notes: REGIONS,
      }),
    );
    const dots = measured(
      marks.map(({ matrixNoise }) => matrixNoise),
      marks.map(({ tensorNoise }) => tensorNoise),
      { colour: colourOf(2) },
    );
    const names = marks.map(({ name, matrixNoise, tensorNoise }): Note => {
      // Both lie at the left, with room to their right; above the easy line.
      return { x: matrixNoise, y: 1.4 * tensorNoise, text: name, anchor: "start" };
    });
    const description = (p: number) =>
      `Phases for p = ${p} by the noises of matrix and tensor: easy, hard, impossible`;
    return {
      caption:
        `What Langevin dynamics at constant temperature T = 1 makes of the signal, by the noise Δ2 of the matrix and Δp of the tensor. ` +
        `Easy: from a random start the overlap with the signal grows. Hard: the equilibrium has an overlap, but the dynamics stays ` +
        `in states without. Impossible: the equilibrium has none. A tensor with less noise carries more of the signal and ` +
        `yet hinders the dynamics: it makes the landscape rough. Dots: where the other figures of this model are.`,
      panels: {
        "p = 3": {
          description: description(3),
          drawings: [{ ...three, marks: [...three.marks, dots], notes: [...REGIONS, ...names] }],
        },
        "p = 4": { description: description(4), drawings: [four], rowHeight: 300 },
      },
      table: table(marks, [
        ["figure", ({ name }) => name],
        ["Δ2", ({ matrixNoise }) => matrixNoise],
        ["Δp", ({ tensorNoise }) => tensorNoise],
        ["phase at T = 1", ({ phase }) => phase],
      ]),
      notes: [
        "The easy line of p = 3 is Δp = 2 Δ2². Both lines end at Δ2 = 1: with less noise the matrix alone reveals the signal.",
        "The agreement figure runs at T·η of at most 0.25, colder than this diagram.",
        "At constant rate η the temperature that counts is T·η.",
      ],
    };
  },
});

const between = (first: number, last: number, count: number) =>
  Array.from({ length: count }, (_, k) => first + ((last - first) * k) / (count - 1));
