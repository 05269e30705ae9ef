import type { TwoTimeSolution } from "../../core/results";
import type { KernelName } from "../../dmft";
import { linear, tickText } from "../drawing/axis";
import type { Drawing, Note } from "../drawing/drawing";
import { colourOf } from "../drawing/palette";
import { seedFor } from "../kit/config";
import { figure } from "../kit/figure";
import { table } from "../kit/table";
import { paper } from "./phase-figure";
import { WARM } from "./runs";

const KERNELS = [
  { kernel: "noiseKernel", symbol: "M_C", name: "Covariance of the effective noise", colour: colourOf(0) },
  { kernel: "responseKernel", symbol: "M_R", name: "Kernel of the retarded response", colour: colourOf(2) },
] as const satisfies readonly { kernel: KernelName; symbol: string; name: string; colour: string }[];

const ALGORITHMS = [
  { name: "GD", parameters: {} },
  { name: "p-SGD", parameters: { algorithm: "persistent-sgd", batchFraction: 0.5, persistence: 1 } },
];

/** Lines of equal height: the kernels fall by orders of magnitude. */
const LEVELS = [0.5, 1, 2, 4, 8, 16, 32, 64, 128];
/** Least distance of two written heights, as a share of the axis. */
const ROOM = 0.06;

/** The two memory kernels of the effective process over the plane of two times. */
export const kernels = figure({
  id: "phase-kernels",
  title: "Phase retrieval: the memory of gradient descent and of persistent SGD",
  paper: `${paper}, section 4`,

  // Interacting particles and independent runs.
  presets: {
    quick: { learningRate: 0.02, until: 0.6, particles: 4096, runs: 8 },
    standard: { learningRate: 0.02, until: 1, particles: 16_384, runs: 16 },
    paper: { learningRate: 0.01, until: 1, particles: 32_768, runs: 32 },
  },
  cost: { quick: 1.3, standard: 10, paper: 170 },
  sizesText: ({ learningRate, until, runs, particles }) =>
    `η = ${learningRate}, to t = ${until}, ${runs} runs of ${particles} particles`,

  async compute(lab, { learningRate, ...method }) {
    const found = await lab.parts(ALGORITHMS, async ({ name, parameters }, inner) => {
      const config = {
        system: "phase-retrieval",
        parameters: { ...WARM, learningRate, ...parameters },
        method: { kind: "particles", ...method, pairs: "all", seed: seedFor(`phase kernels, ${name}`) },
        report: { pairs: [[method.until, 0]], quantities: KERNELS.map(({ kernel }) => kernel) },
      };
      const solution = (await inner.solve(name, config)) as TwoTimeSolution;
      const predicted = await inner.predict(config);
      return KERNELS.map(({ kernel, symbol }) => {
        // At t = t′ = 0, in closed form.
        const exact = predicted[kernel] as number;
        return { name, symbol, exact, ...mapOf(kernel, solution) };
      });
    });
    return { until: method.until, maps: found.flat() };
  },

  show: ({ until, maps }, { learningRate, runs, particles }) => ({
    caption:
      `What the effective process remembers, by dynamical mean-field theory for N → ∞ at α = ${WARM.sampleRatio}, m0 = ${WARM.initialOverlap} on the sphere, η = ${learningRate}: gradient descent, and ` +
      `persistent SGD with ℓ = 0.5, τ = 1. Above: the covariance M_C of the effective noise, symmetric. Below: the kernel M_R of the retarded response, 0 for t < t′. ` +
      `The darker, the higher; lines at ${LEVELS.join(", ")}.`,
    panels: Object.fromEntries(
      KERNELS.map(({ name, symbol, colour }) => [
        name,
        {
          description: `${name} ${symbol} over the plane of the two times`,
          rowHeight: 340,
          drawings: maps
            .filter((map) => map.symbol === symbol)
            .map((map) => drawingOf(map, colour, until, learningRate)),
        },
      ]),
    ),
    table: table(maps, [
      ["algorithm", ({ name }) => name],
      ["kernel", ({ symbol }) => symbol],
      ["at the start", ({ start }) => withError(start)],
      ["there in closed form", ({ exact }) => Number(exact.toPrecision(4))],
      [`at t = ${until}, t′ = 0`, ({ last }) => withError(last)],
    ]),
    notes: [
      "M_C on the diagonal is the mean square of the force on a sample, which falls with the loss. Off it, M_C of gradient descent comes to a plateau: the same samples push the same way ever on. " +
        "That of persistent SGD falls, as batches change and samples lose their push.",
      "M_R near the diagonal is the mean square of the curvature, which stays, while its memory of earlier times fades with t − t′. A kick at t′ acts from t′ + η on; on the diagonal stands the limit t → t′.",
      `Mean of ${runs} runs of ${particles} interacting particles. M_C is a mean over the particles of products of their forces at two steps; M_R is what a twin whose ` +
        "forces are displaced in the step t′ differs by at t. Far from the diagonal it is a mean of large responses of both signs, the noisiest quantity of all.",
    ],
  }),
});

type Measured = Readonly<Record<"value" | "standardError", number>>;

/** A kernel at the start, at the last t with t′ = 0, and at all pairs of steps: t′ along a row, rows upward in t. */
function mapOf(kernel: KernelName, solution: TwoTimeSolution) {
  const { time } = solution;
  const at = (t: number, tPrime: number) => solution.estimate(kernel, t, tPrime);
  const measured = (t: number): Measured => {
    const { value, standardError } = at(t, 0);
    return { value, standardError: standardError! };
  };
  // As many digits as a map can show.
  const rounded = (value: number) => Number(value.toPrecision(4));
  return {
    start: measured(0),
    last: measured(time[time.length - 1]),
    columns: time.length,
    values: Array.from(time).flatMap((t) => Array.from(time, (tPrime) => rounded(at(t, tPrime).value))),
  };
}

const withError = ({ value, standardError }: Measured) =>
  `${tickText(Number(value.toFixed(2)))} ± ${standardError.toFixed(2)}`;

interface KernelMap {
  readonly name: string;
  readonly symbol: string;
  readonly columns: number;
  readonly values: readonly number[];
}

function drawingOf(map: KernelMap, colour: string, until: number, step: number): Drawing {
  const { name, symbol, values, columns } = map;
  const edges = [-step / 2, (columns - 0.5) * step] as const;
  return {
    title: `${symbol}(t, t′), ${name}`,
    x: linear("t′", { ends: [0, until] }),
    y: linear("t", { ends: [0, until] }),
    field: { values, columns, x: edges, y: edges, levels: LEVELS, colour },
    marks: [],
    notes: heightNotes(map, until, step),
  };
}

/** The heights of the lines, where they leave t′ = 0, as far as there is room for them. */
function heightNotes({ values, columns }: KernelMap, until: number, step: number): Note[] {
  const notes: Note[] = [];
  for (const level of [...LEVELS].reverse()) {
    const row = values.findIndex((_, k) => k % columns === 0 && values[k] < level) / columns;
    if (row < 1) continue;
    const y = row * step;
    const below = notes.length > 0 ? notes[notes.length - 1].y : 0;
    if (y - below > ROOM * until && y < until) notes.push({ x: 0, y, text: String(level), anchor: "start" });
  }
  return notes;
}
