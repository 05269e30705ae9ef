import * as z from "zod";
import { temperature } from "../parts/fields";
import { scheduleSchema } from "../parts/schedule-schema";

export const parameters = z
  .strictObject({
    p: z.int().min(3).max(1000).default(3).describe("order of the tensor").meta({ symbol: "p" }),
    matrixNoise: z.number().positive().describe("noise of the matrix channel").meta({ symbol: "Δ2" }),
    tensorNoise: z.number().positive().describe("noise of the tensor channel").meta({ symbol: "Δp" }),
    temperature: temperature.default(1),
    schedule: scheduleSchema.default(1),
    initialOverlap: z
      .number()
      .min(-1)
      .max(1)
      .describe("overlap of the start with the signal, not 0")
      .meta({ symbol: "m0" }),
  })
  .refine((value) => value.initialOverlap !== 0, {
    path: ["initialOverlap"],
    message:
      "a number from -1 to 1 other than 0: in the infinite system an overlap of 0 stays 0; a finite one starts at about 1/√N",
  });

export type SpikedParameters = z.infer<typeof parameters>;
