import { z } from "zod";
import { seed, until } from "../parts/fields";
import type { System } from "../system";

const numbers = z.array(z.number());
const threshold = z.number().positive().max(1);

const initial = z.strictObject({
  overlap: numbers.describe("m_j = w_j·w_* / d"),
  correlation: z.array(numbers).optional().describe("Q_jl = w_j·w_l / d; the identity when left out"),
  secondLayer: numbers.optional().describe("a_j; 1 when left out"),
});

const parameters = z.strictObject({
  width: z.int().min(1).max(100).default(1).describe("number of neurons p"),
  learningRate: z.number().positive().describe("learning rate γ"),
  labelNoise: z.number().nonnegative().default(0).describe("variance Δ of the label noise"),
  constraint: z.enum(["sphere", "none"]).default("sphere").describe("whether the w_j are kept on the sphere"),
  trainSecondLayer: z.boolean().default(false),
  secondLayerRate: z
    .enum(["per-dimension", "first-layer"])
    .default("per-dimension")
    .describe("learning rate of the second layer: γ/d, or γ"),
  dimension: z
    .union([z.int().min(2), z.null()])
    .default(null)
    .describe("dimension d; null is the limit of infinite d"),
  finiteDimension: z
    .boolean()
    .default(false)
    .describe("keep the exact factors of a finite dimension in the drift"),
  initial: z
    .union([z.literal("random"), initial])
    .default("random")
    .describe("start: random vectors, or given order parameters"),
  exitOn: z
    .enum(["risk", "maxOverlap"])
    .default("risk")
    .describe(
      "exit when the excess risk has fallen by the share `threshold`, or when the largest |m_j| reaches it",
    ),
  threshold: threshold.default(0.5).describe("threshold T of the exit"),
});

const ode = z.strictObject({
  kind: z.literal("ode").default("ode"),
  until: until
    .default(10)
    .describe(
      "end of the curves; an exit not met by then is followed on, to rest or at most max(100·until, 1000)",
    ),
  tolerance: z.number().min(1e-14).max(1e-3).default(1e-12).describe("error allowed for a step"),
  samples: z.int().min(1).default(20).describe("random starts to average over"),
  seed: seed.describe("seed of the random starts; the simulation with the same seed has the same starts"),
});

const sde = z.strictObject({
  kind: z.literal("sde").default("sde"),
  until: until.default(10),
  samples: z.int().min(1).default(100).describe("number of paths"),
  seed: seed.describe("seed of starts and noise"),
  step: z
    .union([z.number().positive(), z.null()])
    .default(null)
    .describe(
      'length of a step, in t; null: 0.002, or 0.05/d if less where the second layer is trained at the rate "first-layer"',
    ),
  scheme: z
    .enum(["euler", "weak2", "sampled"])
    .default("euler")
    .describe("Euler-Maruyama, weak order 2 (width ≤ 4), or Euler with noise sampled from updates of SGD"),
  itoDrift: z.boolean().default(false).describe("keep the Itô drift of the normalisation"),
});

const simulation = z.strictObject({
  process: z
    .enum(["exact", "vectors"])
    .default("exact")
    .describe("the exact process of the order parameters, or SGD with d-dimensional vectors"),
  samples: z.int().min(1).default(20).describe("independent runs"),
  seed,
  stepLimit: z
    .union([z.int().min(1), z.null()])
    .default(null)
    .describe(
      "updates after which a run ends in any case, and report times beyond it are left out; null: none, runs go on to `until`, until·p·d/γ updates",
    ),
  until: until.default(10),
});

export type QuadraticParameters = z.infer<typeof parameters>;
export type QuadraticOdeMethod = z.infer<typeof ode>;
export type QuadraticSdeMethod = z.infer<typeof sde>;
export type QuadraticSimulation = z.infer<typeof simulation>;

/** One-pass SGD of a two-layer network with squared activation on a phase-retrieval target. */
export const quadraticNetwork: System<
  QuadraticParameters,
  QuadraticOdeMethod | QuadraticSdeMethod,
  QuadraticSimulation
> = {
  name: "quadratic-network",
  title: "Two-layer network with squared activation on phase retrieval, one-pass SGD",
  parameters,
  methods: { ode, sde },
  simulation,
  quantities: [
    { name: "risk", of: "time", meaning: "population risk" },
    { name: "excessRisk", of: "time", meaning: "risk above Δ/2, the label noise" },
    { name: "maxOverlap", of: "time", meaning: "largest |m_j|" },
    { name: "overlap", of: "time", meaning: "m_j = w_j·w_* / d, by neuron" },
    { name: "correlation", of: "time", meaning: "Q_jl = w_j·w_l / d, for j ≤ l" },
    { name: "secondLayer", of: "time", meaning: "a_j, by neuron" },
    {
      name: "exitTime",
      of: "run",
      meaning: "time of the exit; mean, median and fraction of the runs that exit",
    },
  ],
  predictions: [
    { name: "exitTimeAnnealed", meaning: "exit time from the mean squared overlaps of a random start" },
    { name: "exitTimeQuenched", meaning: "exit time averaged over random starts, without noise" },
    { name: "exitTimeShifted", meaning: "the same with the noise of SGD (and, for one neuron, saturation)" },
    { name: "exitTimeDiffusion", meaning: "exit time of the linearised diffusion of one neuron" },
    { name: "escapeRate", meaning: "growth rate ω_m of the overlaps on the plateau" },
    { name: "correlationRate", meaning: "decay rate ω_Q of the Q_jl on the plateau" },
    { name: "optimalLearningRate", meaning: "learning rate that escapes in the fewest steps" },
    {
      name: "overparametrisationGain",
      meaning: "steps of one neuron over steps of infinitely many, both at their best rate",
    },
    { name: "asymptoticExcessRisk", meaning: "excess risk at late times, in the limit d → ∞" },
    {
      name: "criticalPointRisk",
      meaning:
        "risk of one neuron's critical points: origin, saddle, minimum; on the sphere equator, minimum",
    },
  ],
  citations: [
    {
      key: "escaping-mediocrity",
      text: "L. Arnaboldi, F. Krzakala, B. Loureiro, L. Stephan, Escaping mediocrity: how two-layer networks learn hard generalized linear models with SGD (2023)",
    },
  ],
  load: async () => (await import("./code")).code,
};
