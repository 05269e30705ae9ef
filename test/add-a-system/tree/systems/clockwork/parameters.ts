import * as z from "zod";

export const parameters = z.strictObject({
  angle: z.number().default(0.1).describe("angle of a step").meta({ symbol: "φ", unit: "rad" }),
  factor: z.number().positive().default(0.9).describe("shrinking of a step"),
  horizon: z.int().min(1).default(100).describe("last step"),
});

/** Without an end of its own: it goes as far as the horizon. */
export const methods = { linear: z.strictObject({ kind: z.literal("linear").default("linear") }) };

/** Its own search: the angle at which the hand points down after a number of steps. */
export const optimise = z.strictObject({ steps: z.int().min(1).default(10) });

export type ClockworkParameters = z.infer<typeof parameters>;
export type ClockworkMethod = z.infer<typeof methods.linear>;
export type ClockworkGoal = z.infer<typeof optimise>;
