import * as z from "zod";

/** Where a run ends. */
export const until = z.number().positive().max(1e30).describe("last time t");

/** Where all random numbers of a run come from. */
export const seed = z
  .union([
    z.number().refine((value) => Math.abs(value) <= Number.MAX_SAFE_INTEGER, {
      message: "a number of at most 2^53 - 1: beyond it several seeds are the same (or a text)",
    }),
    z.string(),
  ])
  .default(1)
  .describe("seed of all random numbers");

/** Of the noise of a Langevin dynamics. */
export const temperature = z
  .number()
  .nonnegative()
  .describe("temperature of the noise")
  .meta({ symbol: "T", unit: "loss per degree of freedom" });
