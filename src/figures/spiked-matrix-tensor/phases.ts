import { phaseBoundaries } from "../../theory/spiked-matrix-tensor";
import { colourOf } from "../drawing/palette";
import { plain } from "../kit/plain";
import { arrange } from "../old/drawing/arrangement";
import { linearAxis, logAxis } from "../old/drawing/axis";
import { type Drawing, draw, type Note } from "../old/drawing/drawing";
import type { Figure, FigureResult, FigureTools, Preset, Recipe } from "../old/kit/figure";
import { inTurn } from "../old/kit/in-turn";
import { citationsOf, predictConfig } from "../old/kit/recipe";
import { paper } from "../old/setting";
import { compared } from "./agreement";
import { studied } from "./setting";

/** Sizes of the computation behind the figure. */
export interface PhaseSizes {
  /** Matrix noises on the easy line, below 1, and on the impossible line, above 1. */
  readonly easyPoints: number;
  readonly impossiblePoints: number;
}

const SIZES: Record<Preset, PhaseSizes> = {
  quick: { easyPoints: 24, impossiblePoints: 9 },
  paper: { easyPoints: 120, impossiblePoints: 60 },
};

const TEMPERATURE = 1;
const LEAST_NOISE = 0.1;
const LARGEST_NOISE = 2.5;
/** Share of 1 kept from Δ2 = 1, where both lines end. */
const EDGE = 2e-3;
const TENSOR_NOISE = [0.01, 20] as const;

/** Where the dynamics finds the signal, where only an exhaustive search does, and where nothing does. */
export const spikedPhases: Figure = {
  id: "spiked-phases",
  title: "Phases of the spiked matrix-tensor model",
  paper,
  run: (preset, tools) => phaseFigure(SIZES[preset], tools),
};

interface Boundary {
  readonly matrixNoise: number[];
  readonly tensorNoise: number[];
}

interface Diagram {
  readonly p: number;
  readonly easy: Boundary;
  readonly impossible: Boundary;
}

/** The figure at sizes of one's own. @throws InterruptedError after an abort. */
export async function phaseFigure(sizes: PhaseSizes, tools: FigureTools): Promise<FigureResult> {
  const diagrams = await inTurn("phase boundaries", [3, 4], tools, (p) => diagramOf(p, sizes));
  const marks = [
    { name: "when and how fast to decay", ...studied },
    { name: "agreement", ...compared },
  ].map(({ name, p, matrixNoise, tensorNoise }) => ({ name, p, matrixNoise, tensorNoise }));
  const recipes = marks.map(
    ({ name, ...model }): Recipe => ({
      label: `${name}: phase and easy line`,
      verb: "predict",
      config: {
        system: "spiked-matrix-tensor",
        parameters: { ...model, temperature: TEMPERATURE, initialOverlap: 1e-6 },
      },
    }),
  );
  const phases: string[] = [];
  for (const { config } of recipes) phases.push(String(await predictConfig(config, "phase")));
  const large = { ...drawingOf(diagrams[0]), ...marked(marks) };
  return {
    id: spikedPhases.id,
    title: spikedPhases.title,
    paper: spikedPhases.paper,
    caption:
      `What Langevin dynamics at constant temperature T = 1 makes of the signal, by the noise Δ2 of the matrix and Δp of the tensor. ` +
      `Easy: from a random start the overlap with the signal grows. Hard: the equilibrium has an overlap, but the dynamics stays ` +
      `in states without. Impossible: the equilibrium has none. A tensor with less noise carries more of the signal and ` +
      `yet hinders the dynamics: it makes the landscape rough. Dots: where the other figures of this model are.`,
    panels: [
      { name: "p = 3", svg: draw(large, tools.document) },
      {
        name: "p = 4",
        svg: arrange(
          [drawingOf(diagrams[1])],
          { columns: 1, rowHeight: 300, description: "Phases for p = 4" },
          tools.document,
        ),
      },
    ],
    table: {
      columns: ["figure", "Δ2", "Δp", "phase at T = 1"],
      rows: marks.map(({ name, matrixNoise, tensorNoise }, k) => [name, matrixNoise, tensorNoise, phases[k]]),
    },
    notes: [
      "The easy line of p = 3 is Δp = 2 Δ2². Both lines end at Δ2 = 1: with less noise the matrix alone reveals the signal.",
      "The agreement figure runs at T·η of at most 0.25, colder than this diagram.",
      "At constant rate η the temperature that counts is T·η.",
      `Paper preset: ${SIZES.paper.easyPoints} and ${SIZES.paper.impossiblePoints} points on the lines; about 15 seconds on one core, estimated.`,
    ],
    data: {
      temperature: TEMPERATURE,
      diagrams,
      marks: marks.map((mark, k) => ({ ...mark, phase: phases[k] })),
    },
    recipes,
    citations: citationsOf(recipes[0].config),
  };
}

function diagramOf(p: number, { easyPoints, impossiblePoints }: PhaseSizes): Diagram {
  const below = between(LEAST_NOISE, 1 - EDGE, easyPoints);
  // Closer together towards 1, where the line is steep.
  const above = between(Math.sqrt(EDGE), Math.sqrt(LARGEST_NOISE - 1), impossiblePoints).map(
    (root) => 1 + root ** 2,
  );
  const easy = phaseBoundaries({ p, temperature: TEMPERATURE, matrixNoise: below });
  const impossible = phaseBoundaries({ p, temperature: TEMPERATURE, matrixNoise: above });
  return {
    p,
    easy: plain({ matrixNoise: easy.matrixNoise, tensorNoise: easy.easyAbove }),
    impossible: plain({ matrixNoise: impossible.matrixNoise, tensorNoise: impossible.impossibleAbove }),
  };
}

const between = (first: number, last: number, count: number) =>
  Array.from({ length: count }, (_, k) => first + ((last - first) * k) / (count - 1));

function drawingOf({ p, easy, impossible }: Diagram): Drawing {
  return {
    description: `Phases for p = ${p} by the noises of matrix and tensor: easy, hard, impossible`,
    x: linearAxis("noise of the matrix Δ2", [LEAST_NOISE, LARGEST_NOISE], 0),
    y: logAxis("noise of the tensor Δp", TENSOR_NOISE, 0),
    lines: [
      { x: easy.matrixNoise, y: easy.tensorNoise, colour: colourOf(0) },
      // Along Δ2 = 1 the impossible region goes up to any noise of the tensor.
      {
        x: [1, ...impossible.matrixNoise],
        y: [TENSOR_NOISE[1], ...impossible.tensorNoise],
        colour: colourOf(3),
      },
    ],
    notes: REGIONS,
  };
}

const REGIONS: readonly Note[] = [
  { x: 0.55, y: 3, text: "easy" },
  { x: 1.75, y: 3, text: "impossible" },
  { x: 1.2, y: 0.05, text: "hard" },
];

function marked(marks: readonly { name: string; matrixNoise: number; tensorNoise: number }[]) {
  return {
    dots: [
      {
        x: marks.map(({ matrixNoise }) => matrixNoise),
        y: marks.map(({ tensorNoise }) => tensorNoise),
        colour: colourOf(2),
      },
    ],
    notes: [
      ...REGIONS,
      ...marks.map(
        ({ name, matrixNoise, tensorNoise }): Note => ({
          x: matrixNoise,
          y: tensorNoise,
          text: name,
          // Away from the easy line.
          anchor: matrixNoise < 0.3 ? "start" : "end",
        }),
      ),
    ],
  };
}
