import * as z from "zod";
import type { QuantityInfo, System } from "../system";
import { seed, until } from "./fields";

/** What the systems of the two-time equations share: how they are solved and simulated, and what they report. */

const uniform = z.strictObject({
  kind: z.literal("uniform").default("uniform"),
  until,
  points: z.int().min(4).max(23000).optional().describe("number of steps, in place of the tolerance"),
  step: z
    .number()
    .positive()
    .optional()
    .describe("length of a step, in the variable, in place of the tolerance"),
  tolerance: z
    .number()
    .min(1e-12)
    .max(1)
    .optional()
    .describe("steps are chosen such that the estimated error of loss, C and R is below this (default 1e-4)"),
  variable: z
    .enum(["clock", "time"])
    .default("clock")
    .describe("where steps are equal: s = ∫η dt (or a variable that suits T_eff where s does not), or t"),
  extrapolate: z
    .boolean()
    .default(true)
    .describe("combine steps h, h/2, h/4 to h → 0; false: one run, whose rows carry no error"),
});

const aging = z.strictObject({
  kind: z.literal("aging").default("aging"),
  until,
  tolerance: z
    .number()
    .min(1e-9)
    .max(0.01)
    .optional()
    .describe(
      "grids get finer until the estimated error of loss, multiplier, C and R is below this (default 1e-6)",
    ),
  points: z
    .int()
    .min(32)
    .max(600)
    .optional()
    .describe("number of nodes across each row, in place of the tolerance"),
});

/** Options of the uniform grid choose it. */
const auto = uniform.extend({
  kind: z.literal("auto").default("auto"),
  variable: uniform.shape.variable.unwrap().optional().describe("takes the uniform grid, in this variable"),
  extrapolate: z.boolean().optional().describe("takes the uniform grid, with or without extrapolation"),
  points: uniform.shape.points.describe("takes the uniform grid, with this number of steps"),
  step: uniform.shape.step.describe("takes the uniform grid, with steps of this length"),
  tolerance: uniform.shape.tolerance.describe(
    "the cheaper of both grids is taken, as fine as the estimated error of loss, C and R has to be (default 1e-4)",
  ),
});

/** How the two-time equations can be solved. */
export const landscapeMethods = { auto, uniform, aging } as const;

/** Of them, those that go on from a checkpoint: wherever the aging grid is taken. */
export const resumableMethods = ["aging", "auto"];

/** Of the two-time equations, and of the simulation of their finite system. */
export const landscapeVersions = { auto: 1, uniform: 1, aging: 1, simulation: 1 };

/** How the finite system of a two-time theory is simulated. */
export const landscapeSimulation = z.strictObject({
  size: z.int().min(5).default(200).describe("number of spins").meta({ symbol: "N" }),
  samples: z
    .int()
    .min(1)
    .default(20)
    .describe(
      "independent draws of the disorder (one alone has no standard errors; compare takes two or more)",
    ),
  seed,
  step: z.number().positive().default(0.01).describe("length of a step, in t"),
  until: until.default(10),
  replicas: z.int().min(1).default(1).describe("runs that share a disorder; their mean counts as one sample"),
  response: z
    .enum(["noise", "clone"])
    .optional()
    .describe("estimator of R: correlation with the noise (default at T > 0), or a perturbed clone (T = 0)"),
});

export type LandscapeMethod = z.infer<typeof uniform> | z.infer<typeof auto> | z.infer<typeof aging>;
export type LandscapeSimulation = z.infer<typeof landscapeSimulation>;

/** What keeps a system on its sphere. */
export const multiplier: QuantityInfo = {
  name: "multiplier",
  symbol: "z",
  of: "time",
  meaning: "Lagrange multiplier of the sphere",
};

/** What the two-time equations are about. */
export const twoTimeFunctions: readonly QuantityInfo[] = [
  { name: "correlation", symbol: "C(t, t′)", of: "pair", meaning: "correlation of the states at two times" },
  {
    name: "response",
    symbol: "R(t, t′)",
    of: "pair",
    causal: true,
    meaning: "response to a unit jump in the clock",
  },
];

export const landscapeTasks: System["tasks"] = {
  "simulation of the spherical landscape": async () =>
    (await import("../../simulate/landscape/simulate")).landscapeTask,
};
