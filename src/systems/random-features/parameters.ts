import * as z from "zod";
import { FAMILIES } from "../../control/random-features/family-names";
import { seed } from "../parts/fields";
import { scheduleSchema } from "../parts/schedule-schema";

const exponent = z.number().gt(1);
const size = z.number().min(1);
const optional = <T extends z.ZodType>(schema: T) => z.union([schema, z.null()]).default(null);

const batchSize = z
  .union([
    size,
    z.discriminatedUnion("kind", [
      z.strictObject({
        kind: z.literal("ramp"),
        start: size.describe("batch of the first step"),
        exponent: optional(z.number().nonnegative()).describe("null: 1 − 1/(2b), that of the optimal ramp"),
        most: optional(size).describe("largest batch; null: none"),
      }),
      z.strictObject({
        kind: z.literal("steps"),
        sizes: z.array(size),
        times: z
          .array(z.int().nonnegative())
          .describe("steps from which on each size holds, the first one 0"),
      }),
    ]),
  ])
  .default(1)
  .describe("batch size; a ramp is start·(1 − t/horizon)^−exponent, rounded")
  .meta({ symbol: "m", unit: "examples" });

const momentum = optional(
  z.discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("heavy-ball"), momentum: z.number().min(0).lt(1) }),
    z.strictObject({ kind: z.literal("nesterov"), momentum: z.number().min(0).lt(1) }),
    z.strictObject({
      kind: z.literal("dana"),
      ratio: z.number().nonnegative().describe("of the accumulated rate g3 to η at t = 0"),
      damping: z.number().positive().default(4).describe("δ of 1 − momentum = min(1, δ/(δ + t))"),
      exponent: optional(z.number().nonnegative()).describe(
        "of g3 = ratio·η(t)·(1 + t)^−exponent; null: 1/b",
      ),
    }),
  ]),
).describe("momentum of the updates, fixed or adapted to the time; null: none");

export const parameters = z.strictObject({
  targetExponent: exponent
    .describe("decay of the target over the modes, λ_k w*_k² = k^−a")
    .meta({ symbol: "a" }),
  spectrumExponent: exponent.describe("decay of the feature variances, λ_k = k^−b").meta({ symbol: "b" }),
  features: z.int().min(1).default(1000).describe("number of features trained").meta({ symbol: "N" }),
  modes: optional(z.int().min(1))
    .describe("number of modes of the target, at least the features; null: infinitely many")
    .meta({ symbol: "M" }),
  projection: z
    .enum(["top", "random"])
    .default("top")
    .describe("features: the first modes, or a Gaussian random projection of all of them (finitely many)"),
  projectionSeed: z.union([z.number(), z.string()]).default(1).describe("seed of the random projection"),
  labelNoise: z
    .number()
    .nonnegative()
    .default(1)
    .describe("variance of the label noise")
    .meta({ symbol: "σ²" }),
  batchSize,
  schedule: scheduleSchema,
  horizon: z.int().min(1).describe("number of steps").meta({ symbol: "T", unit: "steps" }),
  momentum,
  aboveStability: z
    .enum(["refuse", "warn"])
    .default("refuse")
    .describe("what to do with a rate above stabilityRate, which a run stands for a few steps only"),
});

const recursion = z.strictObject({
  kind: z.literal("recursion").default("recursion"),
  exactModes: z
    .int()
    .min(1)
    .default(2000)
    .describe("up to so many features are taken one by one; more are put into bins of 5 %"),
});

const volterra = z.strictObject({
  kind: z.literal("volterra").default("volterra"),
  tolerance: z
    .number()
    .min(1e-13)
    .max(1e-2)
    .default(1e-9)
    .describe("estimated error allowed, relative to the loss"),
});

/** Exact in discrete steps, or the continuous flow of small rates. */
export const methods = { recursion, volterra } as const;

export const simulation = z.strictObject({
  samples: z.int().min(1).default(100).describe("independent runs"),
  seed,
  until: z.int().min(1).optional().describe("number of steps; the horizon when left out"),
});

const column = z.array(z.number());

export const goal = z.strictObject({
  over: z
    .enum(["learning-rate", "learning-rate-and-batch", "momentum", ...FAMILIES])
    .default("learning-rate")
    .describe("what is to be the best: every learning rate, or the numbers of a family of schedules"),
  dynamics: z
    .enum(["exact", "additive"])
    .default("exact")
    .describe(
      'exact steps, or closed-form control with noise that does not depend on the loss, for "learning-rate"',
    ),
  cap: optional(z.number().positive()).describe("largest learning rate; null: none"),
  exponent: optional(z.number().nonnegative()).describe(
    "of polynomial and warmup-stable-decay, 2b − 1 for null; of the power law, which is searched for null",
  ),
  tolerance: z
    .number()
    .min(1e-14)
    .max(0.1)
    .optional()
    .describe("relative error of the excess loss at which the search ends (1e-10 for learning rates)"),
  fit: z
    .union([
      z.string(),
      z.strictObject({
        step: column,
        loss: column,
        standardError: column.optional(),
      }),
    ])
    .optional()
    .describe(
      "a loss curve measured at the constant rate `schedule`, as a CSV file with the columns step, loss and perhaps standard_error: a, b and σ² are fitted first",
    ),
});

export type FeaturesParameters = z.infer<typeof parameters>;
export type RecursionMethod = z.infer<typeof recursion>;
export type VolterraMethod = z.infer<typeof volterra>;
export type FeaturesSimulation = z.infer<typeof simulation>;
export type FeaturesGoal = z.infer<typeof goal>;
