import * as z from "zod";
import { seed, temperature, until } from "../parts/fields";
import { scheduleSchema } from "../parts/schedule-schema";

export const parameters = z.strictObject({
  temperature: temperature.default(0),
  schedule: scheduleSchema.default(1),
  noise: z
    .number()
    .positive()
    .default(1)
    .describe("standard deviation of the noise matrix; the semicircle ends at 2Δ")
    .meta({ symbol: "Δ" }),
  signal: z
    .union([z.literal(0), z.literal(1)])
    .default(0)
    .describe("strength of a planted signal: none, or 1"),
  size: z
    .union([z.int().min(5), z.null()])
    .default(null)
    .describe(
      "size, for the theory of a random start: with an outlier its first weight is Z²/N, without one the top of the spectrum is discrete; null: infinite",
    )
    .meta({ symbol: "N" }),
  spikeWeight: z
    .union([z.number().positive(), z.literal("random")])
    .default(1)
    .describe(
      "square of the start's component along the eigenvector of λ1, in a system of that size; random: averaged",
    )
    .meta({ symbol: "Z²" }),
  initialOverlap: z
    .union([z.number().min(-1).max(1), z.null()])
    .default(null)
    .describe("overlap of the start with the signal, infinite system; null: a random start")
    .meta({ symbol: "m0" }),
  dynamics: z
    .enum(["flow", "projected-gradient"])
    .default("flow")
    .describe("Langevin dynamics in continuous time, or projected gradient descent in steps of 1"),
  spectrum: z
    .union([
      z.literal("semicircle"),
      z.strictObject({ kind: z.literal("marchenko-pastur"), ratio: z.number().positive().max(1) }),
    ])
    .default("semicircle")
    .describe("spectrum of the noise matrix; at the top both end in a square root"),
});

const openUntil = until.optional().describe("last time t; left out, the latest time of the report, or 1000");

const spectral = z.strictObject({
  kind: z.literal("spectral").default("spectral"),
  until: openUntil,
  tolerance: z
    .number()
    .min(1e-8)
    .max(1e-3)
    .default(1e-8)
    .describe("defect allowed for a step of the flow, of which the error is a small part"),
});

const volterra = z.strictObject({
  kind: z.literal("volterra").default("volterra"),
  until: openUntil,
  points: z
    .int()
    .min(16)
    .max(20_000)
    .optional()
    .describe(
      "steps of the coarsest of three grids in the clock; left out, one every 0.02/Δ, from 64 to 3000",
    ),
});

/** How the theory is solved. */
export const methods = { spectral, volterra };

export const simulation = z.strictObject({
  size: z.int().min(5).default(3000).describe("number of spins").meta({ symbol: "N" }),
  samples: z.int().min(1).default(20).describe("independent matrices, starts and noises"),
  seed,
  until: openUntil,
  step: z
    .number()
    .positive()
    .optional()
    .describe("length of a step in t; left out, equal steps of 0.1/λ1 in the clock; projected gradient: 1"),
  basis: z
    .enum(["tridiagonal", "dense"])
    .default("tridiagonal")
    .describe("basis of the matrix: O(N) a step, or as it is, O(N²); the same law"),
});

export type SphericalSkParameters = z.output<typeof parameters>;
export type SphericalSkMethod = z.output<typeof spectral> | z.output<typeof volterra>;
export type SphericalSkSimulationFields = z.output<typeof simulation>;
/** End of a run that nothing says anything about. */
export const DEFAULT_END = 1000;
