import * as z from "zod";
import { seed, temperature, until } from "../parts/fields";

export const parameters = z.strictObject({
  curvature: z.number().positive().default(1).describe("curvature of the well").meta({ symbol: "k" }),
  temperature: temperature.default(1),
  position: z.number().default(2).describe("start").meta({ symbol: "x(0)" }),
});

export const methods = {
  exact: z.strictObject({ kind: z.literal("exact").default("exact"), until: until.default(3) }),
};

export const simulation = z.strictObject({
  samples: z.int().min(1).default(100).describe("independent particles"),
  seed,
  until: until.default(3),
});

export type WellParameters = z.infer<typeof parameters>;
export type WellMethod = z.infer<typeof methods.exact>;
export type WellSimulation = z.infer<typeof simulation>;
