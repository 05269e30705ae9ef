import * as z from "zod";
import { seed, until } from "../parts/fields";

const numbers = z.array(z.number());
const threshold = z.number().positive().max(1);

const initial = z.strictObject({
  overlap: numbers.optional().describe("m_j = w_j·w_* / d; random w_j when left out"),
  correlation: z
    .array(numbers)
    .optional()
    .describe("Q_jl = w_j·w_l / d, beside overlap; the identity when left out"),
  secondLayer: numbers.optional().describe("a_j; 1 when left out"),
});

export const parameters = z.strictObject({
  width: z.int().min(1).max(100).default(1).describe("number of neurons").meta({ symbol: "p" }),
  learningRate: z.number().positive().describe("learning rate").meta({ symbol: "γ" }),
  labelNoise: z
    .number()
    .nonnegative()
    .default(0)
    .describe("variance of the label noise")
    .meta({ symbol: "Δ" }),
  constraint: z.enum(["sphere", "none"]).default("sphere").describe("whether the w_j are kept on the sphere"),
  trainSecondLayer: z.boolean().default(false),
  secondLayerRate: z
    .enum(["per-dimension", "first-layer"])
    .default("per-dimension")
    .describe("learning rate of the second layer: γ/d, or γ"),
  dimension: z
    .union([z.int().min(2), z.null()])
    .default(null)
    .describe("dimension; null is the limit of infinite d")
    .meta({ symbol: "d" }),
  finiteDimension: z
    .boolean()
    .default(false)
    .describe("keep the exact factors of a finite dimension in the drift"),
  initial: z
    .union([z.literal("random"), initial])
    .default("random")
    .describe("start: random vectors, given order parameters, or random vectors with a given second layer"),
  exitOn: z
    .enum(["risk", "maxOverlap"])
    .default("risk")
    .describe(
      "exit when the excess risk has fallen by the share `threshold`, or when the largest |m_j| reaches it",
    ),
  threshold: threshold.default(0.5).describe("threshold of the exit").meta({ symbol: "T" }),
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

export const simulation = z.strictObject({
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

export const methods = { ode, sde } as const;

export type QuadraticParameters = z.infer<typeof parameters>;
export type QuadraticOdeMethod = z.infer<typeof ode>;
export type QuadraticSdeMethod = z.infer<typeof sde>;
export type QuadraticSimulation = z.infer<typeof simulation>;
