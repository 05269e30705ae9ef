import * as z from "zod";
import { seed, temperature, until } from "../parts/fields";
import { scheduleSchema } from "../parts/schedule-schema";

export const parameters = z.strictObject({
  curvature: z.number().positive().default(1).describe("curvature of the basin").meta({ symbol: "κ" }),
  temperature: temperature.default(1),
  schedule: scheduleSchema,
  initialPosition: z
    .number()
    .min(-1e100)
    .max(1e100)
    .default(1)
    .describe("position at the start")
    .meta({ symbol: "x0" }),
  startTime: z
    .number()
    .nonnegative()
    .default(0)
    .describe("time at which the dynamics begins; before it the loss is that of the start")
    .meta({ symbol: "t0" }),
});

/** End of a run that nothing says anything about. */
export const DEFAULT_END = 100;

const exact = z.strictObject({
  kind: z.literal("exact").default("exact"),
  until: until.optional().describe("last time t; left out, the latest time of the report, or 100"),
});

const sde = z.strictObject({
  kind: z.literal("sde").default("sde"),
  samples: z.int().min(1).default(1000).describe("independent paths"),
  step: z.number().positive().default(0.01).describe("length of a step, in t"),
  seed,
  until,
});

/** How the theory is solved. */
export const methods = { exact, sde };

export const simulation = z.strictObject({
  step: z.number().positive().default(1).describe("length of a step of the descent, in t"),
  samples: z.int().min(1).default(1000).describe("independent runs"),
  seed,
  until: until.default(DEFAULT_END),
});

export type ConvexParameters = z.output<typeof parameters>;
export type ConvexMethod = z.output<typeof exact> | z.output<typeof sde>;
export type ConvexSimulationFields = z.output<typeof simulation>;
