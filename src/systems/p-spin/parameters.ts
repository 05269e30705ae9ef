import * as z from "zod";
import { temperature } from "../parts/fields";
import { scheduleSchema } from "../parts/schedule-schema";

export const parameters = z
  .strictObject({
    p: z
      .int()
      .min(2)
      .max(1000)
      .optional()
      .describe("number of spins a coupling joins (or give couplings)")
      .meta({ symbol: "p" }),
    couplings: z
      .array(z.strictObject({ p: z.int().min(1).max(1000), variance: z.number().min(1e-100).max(1e100) }))
      .min(1)
      .optional()
      .describe("a mixture instead of p: Q(q) = Σ variance q^p / p; p = 1 is a random field")
      .meta({ symbol: "Q" }),
    temperature: temperature.default(0),
    schedule: scheduleSchema.default(1),
    initialTemperature: z
      .number()
      .positive()
      .nullable()
      .default(null)
      .describe(
        "temperature in equilibrium at which the start is, not below the static one; null: a random start",
      )
      .meta({ symbol: "T0" }),
    relaxationExponent: z
      .number()
      .positive()
      .nullable()
      .default(null)
      .describe(
        "exponent of the relaxation in the clock without noise, for the predicted exponents alone, e.g. a measured one; null: what is known, 2/3 and for p = 2 1",
      )
      .meta({ symbol: "γ" }),
  })
  .refine((value) => (value.p === undefined) !== (value.couplings === undefined), {
    path: ["p"],
    message: "an integer of at least 2, or couplings in its place (one of the two)",
  })
  // For editors, in the words of JSON Schema.
  .meta({ allOf: [{ oneOf: [{ required: ["p"] }, { required: ["couplings"] }] }] });

export type PSpinParameters = z.infer<typeof parameters>;
