import type { TwoTimeSolution } from "../../core/results";
import type { KernelName } from "../../dmft";
import { solveConfig } from "../../systems/calls";
import { colourOf } from "../drawing/palette";
import { seedFor } from "../kit/config";
import { arrange } from "../old/drawing/arrangement";
import { linearAxis, tickText } from "../old/drawing/axis";
import type { Drawing, Note } from "../old/drawing/drawing";
import type { Figure, FigureResult, FigureTools, Preset, Recipe } from "../old/kit/figure";
import { type ConfigSource, citationsOf, predictConfig } from "../old/kit/recipe";
import { phasePaper } from "./phase-figure";
import { WARM } from "./runs";

/** Sizes of the computation behind the figure. */
export interface KernelSizes {
  readonly learningRate: number;
  /** Last time t. */
  readonly until: number;
  /** Trajectories of the effective process in an iteration, iterations, independent runs. */
  readonly trajectories: number;
  readonly iterations: number;
  readonly runs: number;
}

const SIZES: Record<Preset, KernelSizes> = {
  quick: { learningRate: 0.02, until: 0.6, trajectories: 512, iterations: 24, runs: 3 },
  paper: { learningRate: 0.01, until: 1, trajectories: 1024, iterations: 100, runs: 8 },
};

const KERNELS = [
  { kernel: "noiseKernel", symbol: "M_C", name: "Covariance of the effective noise", colour: colourOf(0) },
  { kernel: "responseKernel", symbol: "M_R", name: "Kernel of the retarded response", colour: colourOf(2) },
] as const satisfies readonly { kernel: KernelName; symbol: string; name: string; colour: string }[];

type Kernel = (typeof KERNELS)[number];

const ALGORITHMS: readonly { readonly name: string; readonly parameters: ConfigSource }[] = [
  { name: "GD", parameters: {} },
  { name: "p-SGD", parameters: { algorithm: "persistent-sgd", batchFraction: 0.5, persistence: 1 } },
];

/** Lines of equal height: the kernels fall by orders of magnitude. */
const LEVELS = [0.5, 1, 2, 4, 8, 16, 32, 64, 128];
/** Least distance of two written heights, as a share of the axis. */
const ROOM = 0.06;

/** The two memory kernels of the effective process over the plane of two times. */
export const phaseKernels: Figure = {
  id: "phase-kernels",
  title: "Phase retrieval: the memory of gradient descent and of persistent SGD",
  paper: `${phasePaper}, section 4`,
  run: (preset, tools) => kernelsFigure(SIZES[preset], tools),
};

/** The figure at sizes of one's own. @throws InterruptedError after an abort; ConvergenceError. */
export async function kernelsFigure(sizes: KernelSizes, tools: FigureTools): Promise<FigureResult> {
  const recipes = ALGORITHMS.map((algorithm) => recipeOf(algorithm, sizes));
  const maps: KernelMap[] = [];
  for (const { label, config } of recipes) {
    const solution = (await solveConfig(config, tools.options)) as TwoTimeSolution;
    for (const kernel of KERNELS) {
      const exact = (await predictConfig(config, kernel.kernel)) as number;
      maps.push({ name: label, symbol: kernel.symbol, exact, ...mapOf(kernel, solution) });
    }
  }
  const panels = KERNELS.map((kernel) => {
    const shown = maps.filter(({ symbol }) => symbol === kernel.symbol);
    const description = `${kernel.name} ${kernel.symbol} over the plane of the two times`;
    const drawings = shown.map((map) => drawingOf(map, kernel, sizes));
    const layout = { columns: shown.length, rowHeight: 340, description };
    return { name: kernel.name, svg: arrange(drawings, layout, tools.document) };
  });
  const { until, learningRate, runs } = sizes;
  return {
    id: phaseKernels.id,
    title: phaseKernels.title,
    paper: phaseKernels.paper,
    caption:
      `What the effective process remembers, by dynamical mean-field theory at α = ${WARM.sampleRatio}, m0 = ${WARM.initialOverlap} on the sphere, η = ${learningRate}: gradient descent, and ` +
      `persistent SGD with ℓ = 0.5, τ = 1. Above: the covariance M_C of the effective noise, symmetric. Below: the kernel M_R of the retarded response, 0 for t < t′. ` +
      `The darker, the higher; lines at ${LEVELS.join(", ")}.`,
    panels,
    table: {
      columns: ["algorithm", "kernel", "at the start", "there in closed form", `at t = ${until}, t′ = 0`],
      rows: maps.map(({ name, symbol, exact, start, last }) => [
        name,
        symbol,
        withError(start),
        Number(exact.toPrecision(4)),
        withError(last),
      ]),
    },
    notes: [
      "M_C on the diagonal is the mean square of the force on a sample, which falls with the loss. Off it, M_C of gradient descent comes to a plateau: the same samples push the same way ever on. " +
        "That of persistent SGD falls, as batches change and samples lose their push.",
      "M_R near the diagonal is the mean square of the curvature, which stays, while its memory of earlier times fades with t − t′. A kick at t′ acts from t′ + η on; on the diagonal stands the limit t → t′.",
      `Mean of ${runs} runs of the iteration. Far from the diagonal M_R is a mean of large responses of both signs, the noisiest quantity of all.`,
      PAPER_COST,
    ],
    data: { until, maps },
    recipes,
    citations: citationsOf(recipes[0].config),
  };
}

const PAPER_COST = `Paper preset: η = ${SIZES.paper.learningRate}, ${SIZES.paper.runs} runs of ${SIZES.paper.iterations} iterations with ${SIZES.paper.trajectories} trajectories; about 3 minutes of one core, estimated from single runs.`;

function recipeOf({ name, parameters }: (typeof ALGORITHMS)[number], sizes: KernelSizes): Recipe {
  const { learningRate, ...method } = sizes;
  return {
    label: name,
    verb: "solve",
    config: {
      system: "phase-retrieval",
      parameters: {
        ...WARM,
        learningRate,
        ...parameters,
      },
      method: { kind: "damped", ...method, seed: seedFor(`phase kernels, ${name}`) },
    },
  };
}

type Measured = Readonly<Record<"value" | "standardError", number>>;

/** A kernel of an algorithm, as plain data. */
interface KernelMap {
  readonly name: string;
  readonly symbol: string;
  /** At t = t′ = 0, in closed form. */
  readonly exact: number;
  /** The same from the iteration. */
  readonly start: Measured;
  /** At the last t, t′ = 0. */
  readonly last: Measured;
  readonly columns: number;
  /** At the steps of the theory: t′ along a row, rows upward in t. */
  readonly values: number[];
}

function mapOf({ kernel }: Kernel, solution: TwoTimeSolution): Omit<KernelMap, "name" | "symbol" | "exact"> {
  const { time } = solution;
  const at = (t: number, tPrime: number) => solution.estimate(kernel, t, tPrime);
  const measured = (t: number): Measured => {
    const { value, standardError } = at(t, 0);
    return { value, standardError: standardError! };
  };
  return {
    start: measured(0),
    last: measured(time[time.length - 1]),
    columns: time.length,
    values: Array.from(time).flatMap((t) => Array.from(time, (tPrime) => rounded(at(t, tPrime).value))),
  };
}

/** As many digits as a map can show. */
const rounded = (value: number) => Number(value.toPrecision(4));

const withError = ({ value, standardError }: Measured) =>
  `${tickText(Number(value.toFixed(2)))} ± ${standardError.toFixed(2)}`;

function drawingOf(map: KernelMap, { symbol, colour }: Kernel, sizes: KernelSizes): Drawing {
  const { name, values, columns } = map;
  const { until, learningRate } = sizes;
  const edges = [-learningRate / 2, (columns - 0.5) * learningRate] as const;
  return {
    title: `${symbol}(t, t′), ${name}`,
    description: `${symbol} of ${name}`,
    x: linearAxis("t′", [0, until], 0),
    y: linearAxis("t", [0, until], 0),
    field: { values, columns, x: edges, y: edges, levels: LEVELS, colour },
    lines: [],
    notes: heightNotes(map, sizes),
  };
}

/** The heights of the lines, where they leave t′ = 0, as far as there is room for them. */
function heightNotes({ values, columns }: KernelMap, { until, learningRate }: KernelSizes): Note[] {
  const notes: Note[] = [];
  for (const level of [...LEVELS].reverse()) {
    const row = values.findIndex((_, k) => k % columns === 0 && values[k] < level) / columns;
    if (row < 1) continue;
    const y = row * learningRate;
    const below = notes.length > 0 ? notes[notes.length - 1].y : 0;
    if (y - below > ROOM * until && y < until) notes.push({ x: 0, y, text: String(level), anchor: "start" });
  }
  return notes;
}
