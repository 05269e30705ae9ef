import * as z from "zod";

const rate = z.number().positive().describe("learning rate η0");
const exponent = z.number().nonnegative().describe("exponent β of the decay");
const ending = z.number().nonnegative().describe("exponent δ of the decay");
const horizon = z.number().positive().describe("time at which the schedule ends");

const kinds = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("constant"), rate }),
  z.strictObject({
    kind: z.literal("power-law"),
    rate,
    exponent,
    offset: z.number().nonnegative().default(1),
  }),
  z.strictObject({ kind: z.literal("clamped-power-law"), rate, exponent }),
  z.strictObject({
    kind: z.literal("hold-then-decay"),
    rate,
    switchTime: z.number().nonnegative(),
    exponent,
    unit: z.number().positive().default(1),
  }),
  z.strictObject({ kind: z.literal("polynomial-decay"), rate, horizon, exponent: ending }),
  z.strictObject({ kind: z.literal("cosine"), rate, horizon }),
  z.strictObject({
    kind: z.literal("warmup-stable-decay"),
    rate,
    warmup: z.number().nonnegative(),
    decayStart: z.number().nonnegative(),
    horizon,
    exponent: ending,
  }),
  z.strictObject({
    kind: z.literal("steps"),
    rate,
    factor: z.number().positive().describe("what the rate is multiplied by at each of the times"),
    times: z.array(z.number().positive()).min(1).describe("ascending; the rate jumps there"),
  }),
  z.strictObject({
    kind: z.literal("tabulated"),
    times: z.array(z.number().nonnegative()),
    rates: z.array(z.number().nonnegative()),
  }),
]);

/** A schedule in a config: a bare number is a constant rate. */
export const scheduleSchema = z
  .union([z.number().positive(), kinds])
  .describe("learning-rate schedule η(t); a number is a constant rate");
