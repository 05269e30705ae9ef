import { z } from "zod";

const uniform = z.strictObject({
  kind: z.literal("uniform").default("uniform"),
  until: z.number().positive().describe("last time t"),
  points: z
    .int()
    .min(4)
    .max(40000)
    .optional()
    .describe("number of steps (400 when step is not given either)"),
  step: z.number().positive().optional().describe("length of a step, in the variable"),
  variable: z.enum(["clock", "time"]).default("clock").describe("where steps are equal: s = ∫η dt, or t"),
  extrapolate: z
    .boolean()
    .default(false)
    .describe("combine steps h, h/2, h/4 to h → 0; rows then carry an error"),
});

/** How the two-time equations can be solved. */
export const twoTimeMethods = { uniform } as const;
