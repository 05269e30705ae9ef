import { z } from "zod";
import { ALGORITHMS, RECOVERY_LOSS, RETRIEVAL_QUANTITIES } from "../../models/phase-retrieval/problem";
import { seed, temperature, until } from "../parts/fields";
import type { System } from "../system";

const parameters = z.strictObject({
  sampleRatio: z.number().positive().describe("measurements per dimension, α = M/N"),
  algorithm: z.enum(ALGORITHMS).default("gradient-descent"),
  batchFraction: z
    .number()
    .positive()
    .max(1)
    .default(1)
    .describe("share ℓ of the samples in a batch (sgd and persistent-sgd)"),
  persistence: z
    .union([z.number().positive(), z.null()])
    .default(null)
    .describe("time τ for which a sample stays out of the batch on average (persistent-sgd)"),
  temperature: temperature.default(0),
  temperatureOffAt: z
    .union([z.number().nonnegative(), z.null()])
    .default(null)
    .describe("time at which the temperature drops to 0; null is never"),
  initialOverlap: z.number().default(0.2).describe("overlap m0 of a warm start; 0 is a random start"),
  constraint: z
    .union([z.literal("sphere"), z.strictObject({ ridge: z.number().nonnegative() })])
    .default("sphere")
    .describe("weights on |w|² = N, or free with the penalty λ|w|²/2"),
  rescaleGradient: z.boolean().default(true).describe("whether the gradient of a batch is divided by ℓ"),
  learningRate: z
    .number()
    .positive()
    .default(0.01)
    .describe("learning rate η; also the theory's step in time"),
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
    .default(12)
    .describe("iterations with that gain; from then on the kernels are averaged"),
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

const simulation = z.strictObject({
  size: z.int().min(2).default(1000).describe("dimension N; there are round(αN) measurements"),
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
    .enum(["bernoulli", "fixed-size"])
    .default("bernoulli")
    .describe("every sample joins the batch by itself, or batches always have round(ℓM) members"),
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

export type RetrievalParameters = z.infer<typeof parameters>;
export type RetrievalMethod = z.infer<typeof damped> | z.infer<typeof causal>;
export type RetrievalSimulation = z.infer<typeof simulation>;

/** Phase retrieval by gradient descent, multi-pass SGD, persistent SGD or Langevin dynamics. */
export const phaseRetrieval: System<RetrievalParameters, RetrievalMethod, RetrievalSimulation> = {
  name: "phase-retrieval",
  title: "Phase retrieval by gradient descent, SGD, persistent SGD and Langevin dynamics",
  parameters,
  methods: { damped, causal },
  simulation,
  quantities: [
    { name: "overlap", of: "time", meaning: "overlap m = w·w0/N with the signal" },
    { name: "trainingLoss", of: "time", meaning: "loss per sample over all samples" },
    { name: "meanSquaredError", of: "time", meaning: "error of the predicted modulus on new measurements" },
    { name: "multiplier", of: "time", meaning: "T − ⟨force · field⟩, on the sphere the multiplier ν̂" },
    { name: "curvature", of: "time", meaning: "δν, mean second derivative of the cost in the batch" },
    { name: "drive", of: "time", meaning: "μ, mean of force times the signal's field" },
    { name: "norm", of: "time", meaning: "q = |w|²/N, 1 on the sphere" },
    {
      name: "recoveredFraction",
      of: "time",
      meaning: "fraction of the runs whose training loss has been below recoveryLoss (simulation)",
    },
    { name: "recoveryTime", of: "run", meaning: "time at which it first is (simulation)" },
    { name: "correlation", of: "pair", meaning: "C(t,t') = w(t)·w(t')/N" },
    { name: "response", of: "pair", meaning: "R(t,t') to a field (theory)" },
    { name: "noiseKernel", of: "pair", meaning: "M_C(t,t') of the effective noise (theory)" },
    { name: "responseKernel", of: "pair", meaning: "M_R(t,t') of the retarded response (theory)" },
  ],
  predictions: [
    { name: "overlap", meaning: "overlap at t = 0" },
    { name: "norm", meaning: "norm at t = 0: 1 on the sphere, 1 + m0² with ridge" },
    { name: "trainingLoss", meaning: "training loss at t = 0" },
    { name: "meanSquaredError", meaning: "mean squared error at t = 0, from overlap and norm" },
    { name: "multiplier", meaning: "multiplier at t = 0" },
    { name: "curvature", meaning: "δν at t = 0" },
    { name: "drive", meaning: "μ at t = 0" },
    {
      name: "recoveredFraction",
      meaning: "1 for a start at the signal (training loss below 1e-7), else 0",
    },
    { name: "correlation", meaning: "C(0,0), the norm" },
    { name: "response", meaning: "R(0⁺,0), the kick itself" },
    { name: "noiseKernel", meaning: "M_C(0,0)" },
    { name: "responseKernel", meaning: "M_R(0⁺,0)" },
  ],
  citations: [
    {
      key: "phase-retrieval-dmft",
      text: "F. Mignacco, P. Urbani, L. Zdeborová, Stochasticity helps to navigate rough landscapes: comparing gradient-descent-based algorithms in the phase retrieval problem, Mach. Learn.: Sci. Technol. 2, 035029 (2021)",
    },
  ],
  load: async () => (await import("./code")).code,
};
