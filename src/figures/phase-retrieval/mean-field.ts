import { compareAsync } from "../../compare";
import { linear, logTime } from "../drawing/axis";
import { bandOf, theory as line, measured } from "../drawing/marks";
import { colourOf } from "../drawing/palette";
import { type ConfigSource, seedFor, timesBetween } from "../kit/config";
import { figure } from "../kit/figure";
import type { Lab } from "../kit/lab";
import { plain } from "../kit/plain";
import { probability, table } from "../kit/table";
import { paper } from "./phase-figure";
import { WARM } from "./runs";

/** What is compared, and as what it is drawn. */
const QUANTITIES = [
  { name: "meanSquaredError", label: "error", colour: colourOf(1) },
  { name: "overlap", label: "m", colour: colourOf(0) },
  { name: "trainingLoss", label: "loss", colour: colourOf(2) },
] as const;

/** Times at which theory and finite system are compared, from this on; rounded to steps. */
const COMPARED = 10;
const FIRST = 0.1;
/** Points of a line. */
const DRAWN = 60;
const BAND = bandOf(2);
const PERSISTENT = { algorithm: "persistent-sgd", batchFraction: 0.5, persistence: 1 };
const RIDGE = { constraint: { ridge: 0.5 } };

/** The drawings of a panel. */
const GROUPS: readonly { name: string; cases: readonly { name: string; parameters: ConfigSource }[] }[] = [
  {
    name: "Gradient descent on the sphere",
    cases: [0.5, 0.65, 0.8].map((initialOverlap) => ({
      name: `GD, α = 2, m0 = ${initialOverlap}`,
      parameters: { sampleRatio: 2, initialOverlap },
    })),
  },
  {
    name: "Persistent SGD and Langevin dynamics on the sphere",
    cases: [
      { name: "p-SGD", parameters: { ...WARM, ...PERSISTENT } },
      { name: "Langevin, T = 1", parameters: { ...WARM, algorithm: "langevin", temperature: 1 } },
    ],
  },
  {
    name: "With ridge instead of the sphere",
    cases: [
      { name: "GD, ridge λ = 0.5", parameters: { ...WARM, ...RIDGE } },
      { name: "p-SGD, ridge λ = 0.5", parameters: { ...WARM, ...PERSISTENT, ...RIDGE } },
    ],
  },
];

/** Theory of phase retrieval against the finite system for several algorithms, on the sphere and with ridge. */
export const meanField = figure({
  id: "phase-mean-field",
  title: "Phase retrieval: mean-field theory and finite system",
  paper: `${paper}, figures 1 (top), 5 and 6, and App. C`,

  // Of the theory: particles, independent runs. Of the finite system: dimension N, and runs.
  presets: {
    quick: {
      method: { until: 5, particles: 8192, runs: 8 },
      learningRate: 0.02,
      size: 300,
      samples: 24,
    },
    standard: {
      method: { until: 10, particles: 32_768, runs: 16 },
      learningRate: 0.02,
      size: 500,
      samples: 48,
    },
    paper: {
      method: { until: 100, particles: 32_768, runs: 16 },
      learningRate: 0.01,
      size: 1000,
      samples: 500,
    },
  },
  cost: { quick: 8, standard: 43, paper: 40_000 },
  sizesText: ({ learningRate, method: { until, runs, particles }, size, samples }) =>
    `up to t = ${until}, η = ${learningRate}, ${runs} runs of ${particles} particles, N = ${size}, ${samples} samples`,

  async compute(lab, sizes) {
    const { size, samples } = sizes;
    const all = GROUPS.flatMap(({ cases }) => cases);
    return { size, samples, cases: await lab.parts(all, (one, inner) => follow(inner, one, sizes)) };
  },

  show: ({ size, samples, cases }, { learningRate, method }) => ({
    caption:
      `Overlap m with the signal, training loss and mean squared error of new measurements against time, at η = ${learningRate}. Above: gradient descent ` +
      `at α = 2 from three starts. All others: α = 3 from m0 = 0.2; persistent SGD has ℓ = 0.5, τ = 1; with ridge the weights start at |w|²/N = 1 + m0². ` +
      `Lines: dynamical mean-field theory for N → ∞, mean of ${method.runs} independent runs of ${method.particles} interacting particles, ${BAND.text}. ` +
      `Dots: ${samples} finite systems with N = ${size}, each with data of its own, regressed on their values at t = 0, with bars of one standard error. The table gives the largest ` +
      `distance over a curve in standard errors of both, and the probability p of so large a distance if the theory holds at this N. ` +
      `Dots lie off their lines by the finite size, of order 1/N and not extrapolated: most in the error and the loss, with temperature and with a ridge.`,
    panels: Object.fromEntries(
      GROUPS.map(({ name, cases: members }) => [
        name,
        {
          description: `${name}: overlap, training loss and mean squared error against time, theory and finite system`,
          columns: members.length,
          rowHeight: 270,
          drawings: members.map((member) => drawingOf(cases.find((one) => one.name === member.name)!)),
        },
      ]),
    ),
    table: table(
      cases.flatMap(({ name, curves }) => curves.map((curve) => ({ name, ...curve }))),
      [
        ["system", ({ name }) => name],
        ["quantity", ({ quantity }) => quantity],
        ["largest distance / SE", ({ statistic }) => statistic, 2],
        ["p", ({ pValue }) => probability(pValue)],
      ],
    ),
    notes: [
      `The dots are the finite system as it is, not extrapolated: they have a bias of order 1/N = ${(1 / size).toPrecision(2)}. In m it is about −2/N for gradient descent at t = 1. ` +
        "It is larger in the error and the loss, which are concave in m: the overlaps of single runs spread by more than 1/√N, and the error of the mean overlap is above the mean error. More samples make it visible; a larger N takes it away.",
      "The time step of the theory is the learning rate: it is the limit of the discrete algorithm, not only of its flow. Equations (A.21) and (A.23) are corrected against the print.",
      "Regression on what is known at t = 0 takes out most of the luck of a start while runs remember it; the later, the less it helps.",
      "Parameters of persistent SGD are those of figures 2 and 3; Langevin dynamics has the same start, and T = 1.",
    ],
  }),
});

interface MeanFieldSizes {
  readonly method: Readonly<Record<"until" | "particles" | "runs", number>>;
  readonly learningRate: number;
  readonly size: number;
  readonly samples: number;
}

/** Theory along the run, finite system at some times, and how far they are apart. */
async function follow(
  lab: Lab,
  { name, parameters }: { name: string; parameters: ConfigSource },
  sizes: MeanFieldSizes,
) {
  const { method, learningRate, size, samples } = sizes;
  const stepOf = (t: number) => Math.max(1, Math.round(t / learningRate));
  const steps = timesBetween(Math.min(FIRST, method.until), method.until, COMPARED).map(stepOf);
  const config = {
    system: "phase-retrieval",
    parameters: { ...parameters, learningRate },
    method: { kind: "particles", ...method, seed: seedFor(`phase mean field, ${name}, theory`) },
    simulation: {
      size,
      samples,
      until: method.until,
      regress: true,
      seed: seedFor(`phase mean field, ${name}`),
    },
    report: {
      times: [...new Set(steps)].map((step) => Number((step * learningRate).toPrecision(12))),
      quantities: QUANTITIES.map((quantity) => quantity.name),
    },
  };
  const { theory, ensemble } = await lab.both(name, config);
  // The quantities of the figure alone, in their order: each costs a bootstrap.
  const series = Object.fromEntries(QUANTITIES.map(({ name }) => [name, ensemble.series[name]]));
  const { quantities } = await compareAsync(theory, { ...ensemble, series }, lab.options);
  const drawn = timesBetween(learningRate, method.until, DRAWN);
  const times = [...new Set([0, ...drawn, ...config.report.times])].sort((a, b) => a - b);
  const along = theory.sample(times);
  return {
    name,
    curves: quantities.map(({ quantity, time, simulation, statistic, pValue }) => ({
      quantity,
      statistic: statistic!,
      pValue: pValue!,
      theory: plain({
        time: along.time,
        value: along.series[quantity],
        standardError: along.standardError![quantity],
      }),
      simulation: plain({ time, value: simulation, standardError: ensemble.standardError[quantity] }),
    })),
  };
}

function drawingOf({ name, curves }: Awaited<ReturnType<typeof follow>>) {
  return {
    title: name,
    x: logTime,
    y: linear("m, loss, error", { holds: [0] }),
    marks: curves.flatMap(({ quantity, theory: { time, value, standardError }, simulation }) => {
      const { colour, label } = QUANTITIES.find((one) => one.name === quantity)!;
      return [
        ...BAND.marks(time.slice(1), value.slice(1), standardError.slice(1), colour),
        // Without t = 0.
        line(time.slice(1), value.slice(1), { colour, label }),
        measured(simulation.time, simulation.value, { ...simulation, colour }),
      ];
    }),
  };
}
