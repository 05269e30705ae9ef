import { z } from "zod";
import { temperature } from "../parts/fields";
import { scheduleSchema } from "../parts/schedule-schema";
import { learningRateSchedules } from "../parts/sources";
import { multiplier, twoTimeFunctions } from "../parts/two-time-quantities";
import {
  type LandscapeSimulation,
  landscapeSimulation,
  type TwoTimeMethod,
  twoTimeMethods,
} from "../parts/two-time-schemas";
import type { System } from "../system";

const parameters = z
  .strictObject({
    p: z.int().min(2).max(1000).optional().describe("number of spins a coupling joins (or give couplings)"),
    couplings: z
      .array(z.strictObject({ p: z.int().min(2).max(1000), variance: z.number().positive() }))
      .min(1)
      .optional()
      .describe("a mixture instead of p: Q(q) = Σ variance q^p / p"),
    temperature: temperature.default(0),
    schedule: scheduleSchema.default(1),
  })
  .refine((value) => (value.p === undefined) !== (value.couplings === undefined), {
    path: ["p"],
    message: "an integer of at least 2, or couplings in its place (one of the two)",
  });

export type PSpinParameters = z.infer<typeof parameters>;

/** The spherical p-spin model (pure or mixed) under Langevin dynamics with any schedule. */
export const pSpin: System<PSpinParameters, TwoTimeMethod, LandscapeSimulation> = {
  name: "p-spin",
  title: "Spherical p-spin model, Langevin dynamics from a random start",
  parameters,
  methods: twoTimeMethods,
  simulation: landscapeSimulation,
  quantities: [
    { name: "loss", of: "time", meaning: "loss per spin" },
    { name: "excessLoss", of: "time", meaning: "loss above the threshold at T = 0" },
    multiplier,
    { name: "lossExponent", of: "time", meaning: "−d ln excessLoss / d ln t" },
    ...twoTimeFunctions,
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
    learningRateSchedules,
    {
      key: "cugliandolo-kurchan",
      text: "L. F. Cugliandolo, J. Kurchan, Analytical solution of the off-equilibrium dynamics of a long-range spin-glass model, Phys. Rev. Lett. 71, 173 (1993)",
    },
  ],
  load: async () => (await import("./code")).code,
};
