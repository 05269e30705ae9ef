import * as z from "zod";
import {
  ALGORITHMS,
  BATCH_SAMPLINGS,
  RECOVERY_LOSS,
  RETRIEVAL_QUANTITIES,
} from "../../models/phase-retrieval/problem";
import { seed, temperature, until } from "../parts/fields";

export const parameters = z.strictObject({
  sampleRatio: z.number().positive().describe("measurements per dimension, M/N").meta({ symbol: "α" }),
  algorithm: z.enum(ALGORITHMS).default("gradient-descent"),
  batchFraction: z
    .number()
    .positive()
    .max(1)
    .default(1)
    .describe("share of the samples in a batch (sgd and persistent-sgd)")
    .meta({ symbol: "ℓ" }),
  persistence: z
    .union([z.number().positive(), z.null()])
    .default(null)
    .describe("time for which a sample stays out of the batch on average (persistent-sgd)")
    .meta({ symbol: "τ" }),
  temperature: temperature.default(0),
  temperatureOffAt: z
    .union([z.number().nonnegative(), z.null()])
    .default(null)
    .describe("time at which the temperature drops to 0; null is never"),
  initialOverlap: z
    .number()
    .default(0.2)
    .describe("overlap of a warm start; 0 is a random start")
    .meta({ symbol: "m0" }),
  constraint: z
    .union([z.literal("sphere"), z.strictObject({ ridge: z.number().nonnegative() })])
    .default("sphere")
    .describe("weights on |w|² = N, or free with the penalty λ|w|²/2")
    .meta({ symbol: "λ" }),
  rescaleGradient: z.boolean().default(true).describe("whether the gradient of a batch is divided by ℓ"),
  learningRate: z
    .number()
    .positive()
    .default(0.01)
    .describe("learning rate; also the theory's step in time")
    .meta({ symbol: "η" }),
});

const particles = z.strictObject({
  kind: z.literal("particles").default("particles"),
  until,
  particles: z.int().default(32_768).describe("interacting particles, a power of 2"),
  runs: z.int().min(1).default(8).describe("independent runs, for the error"),
  pairs: z
    .union([z.array(z.tuple([z.number().nonnegative(), z.number().nonnegative()])), z.literal("all")])
    .default([])
    .describe(
      "pairs [t, t'] at which two-time functions are wanted besides those of the report, or all pairs of steps",
    ),
  seed,
});

const damped = z.strictObject({
  kind: z.literal("damped").default("damped"),
  until,
  trajectories: z
    .int()
    .min(8)
    .default(1024)
    .describe("trajectories of the effective process in an iteration"),
  iterations: z.int().min(2).default(80),
  gain: z
    .number()
    .positive()
    .max(1)
    .default(0.8)
    .describe("share of the new kernels in the first iterations"),
  hold: z
    .int()
    .min(0)
    .optional()
    .describe(
      "iterations with that gain, from then on the kernels are averaged; left out, 0 from the particles' kernels and 12 or a fifth of the steps from the paper's guess",
    ),
  guess: z
    .enum(["particles", "paper"])
    .default("particles")
    .describe("start of the iteration: kernels of interacting particles, or the paper's guess"),
  runs: z.int().min(1).default(8).describe("independent runs, for the error"),
  seed,
});

const causal = z.strictObject({
  kind: z.literal("causal").default("causal"),
  until,
  trajectories: z.int().min(8).default(4096).describe("trajectories that march together"),
  runs: z.int().min(1).default(1).describe("independent runs; from two on there is an error"),
  seed,
});

export const simulation = z.strictObject({
  size: z
    .int()
    .min(2)
    .default(1000)
    .describe("dimension; there are round(αN) measurements")
    .meta({ symbol: "N" }),
  samples: z
    .int()
    .min(1)
    .default(20)
    .describe("independent runs (one alone has no standard errors; compare takes two or more)"),
  seed,
  until: until.default(10),
  data: z
    .enum(["fresh", "fixed"])
    .default("fresh")
    .describe("a data set for each run, or one for all, which differ in their starts and noise"),
  batchSampling: z
    .enum(BATCH_SAMPLINGS)
    .default("bernoulli")
    .describe(
      "every sample joins the batch by itself; or batches always have round(ℓM) members; or they are that many draws with replacement (sgd only)",
    ),
  recoveryLoss: z
    .number()
    .nonnegative()
    .default(RECOVERY_LOSS)
    .describe(
      "training loss below which the signal counts as recovered; runs go on all the same, and rest only below 1e-7 (or below this, if it is less) where nothing can move them any more",
    ),
  regress: z
    .boolean()
    .default(false)
    .describe(
      "means by regression on the values at t = 0, with less variance (fresh data; 12 samples or more)",
    ),
  medians: z
    .array(z.enum(RETRIEVAL_QUANTITIES))
    .default(["overlap", "trainingLoss"])
    .describe("quantities along the run whose medians are wanted too"),
});

export const methods = { particles, damped, causal } as const;

export type RetrievalParameters = z.infer<typeof parameters>;
export type RetrievalMethod = z.infer<(typeof methods)[keyof typeof methods]>;
export type RetrievalSimulation = z.infer<typeof simulation>;
