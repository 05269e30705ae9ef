import { z } from "zod";
import { scheduleSchema } from "../schedule-schema";
import type { System } from "../system";
import { twoTimeMethods } from "../two-time-methods";

const parameters = z
  .strictObject({
    p: z.int().min(2).max(1000).optional().describe("number of spins a coupling joins (or give couplings)"),
    couplings: z
      .array(z.strictObject({ p: z.int().min(2).max(1000), variance: z.number().positive() }))
      .min(1)
      .optional()
      .describe("a mixture instead of p: Q(q) = Σ variance q^p / p"),
    temperature: z.number().nonnegative().default(0).describe("temperature T of the noise"),
    schedule: scheduleSchema.default(1),
  })
  .refine((value) => (value.p === undefined) !== (value.couplings === undefined), {
    path: ["p"],
    message: "an integer of at least 2, or couplings in its place (one of the two)",
  });

const simulation = z.strictObject({
  size: z.int().min(5).default(200).describe("number of spins N"),
  samples: z.int().min(2).default(20).describe("independent draws of the disorder"),
  seed: z.union([z.number(), z.string()]).default(1).describe("seed of all random numbers"),
  step: z.number().positive().default(0.01).describe("length of a step, in t"),
  until: z.number().positive().default(10).describe("last time t"),
  replicas: z.int().min(1).default(1).describe("runs that share a disorder; their mean counts as one sample"),
  response: z
    .enum(["noise", "clone"])
    .optional()
    .describe("estimator of R: correlation with the noise (default at T > 0), or a perturbed clone (T = 0)"),
});

export type PSpinParameters = z.infer<typeof parameters>;
export type PSpinSimulationConfig = z.infer<typeof simulation>;

/** The spherical p-spin model (pure or mixed) under Langevin dynamics with any schedule. */
export const pSpin: System<PSpinParameters, z.infer<typeof twoTimeMethods.uniform>, PSpinSimulationConfig> = {
  name: "p-spin",
  title: "Spherical p-spin model, Langevin dynamics from a random start",
  parameters,
  methods: twoTimeMethods,
  simulation,
  quantities: [
    { name: "loss", of: "time", meaning: "loss per spin" },
    { name: "excessLoss", of: "time", meaning: "loss above the threshold at T = 0" },
    { name: "multiplier", of: "time", meaning: "Lagrange multiplier z of the sphere" },
    { name: "lossExponent", of: "time", meaning: "−d ln excessLoss / d ln t" },
    { name: "correlation", of: "pair", meaning: "C(t,t')" },
    { name: "response", of: "pair", meaning: "R(t,t'), to a unit jump in the clock" },
  ],
  predictions: [
    { name: "thresholdLoss", meaning: "loss of the threshold states at T" },
    { name: "thresholdMultiplier", meaning: "their multiplier z∞" },
    { name: "thresholdLossZero", meaning: "loss of the threshold states at T = 0" },
    { name: "groundStateLoss", meaning: "lowest loss of the landscape" },
    { name: "plateau", meaning: "correlation q inside a threshold state" },
    { name: "dynamicTemperature", meaning: "T_d, above which the dynamics relaxes" },
    { name: "fdtViolation", meaning: "fluctuation-dissipation ratio x of the aging regime" },
    { name: "lossExponent", meaning: "exponent of excessLoss under the schedule, min(β, γ(1−β))" },
    { name: "optimalExponent", meaning: "the decay exponent that maximises it, γ/(1+γ)" },
  ],
  citations: [
    {
      key: "learning-rate-schedules",
      text: "S. d'Ascoli, M. Refinetti, G. Biroli, Optimal learning rate schedules in high-dimensional non-convex optimization problems (2022)",
    },
    {
      key: "cugliandolo-kurchan",
      text: "L. F. Cugliandolo, J. Kurchan, Analytical solution of the off-equilibrium dynamics of a long-range spin-glass model, Phys. Rev. Lett. 71, 173 (1993)",
    },
  ],
  load: async () => (await import("./index")).code,
};
