import { z } from "zod";
import { temperature } from "../parts/fields";
import { scheduleSchema } from "../parts/schedule-schema";
import { learningRateSchedules } from "../parts/sources";
import { multiplier, twoTimeFunctions } from "../parts/two-time-quantities";
import {
  type LandscapeSimulation,
  landscapeSimulation,
  type TwoTimeMethod,
  twoTimeMethods,
} from "../parts/two-time-schemas";
import type { System } from "../system";

const parameters = z
  .strictObject({
    p: z.int().min(3).max(1000).default(3).describe("order of the tensor"),
    matrixNoise: z.number().positive().describe("noise Δ2 of the matrix channel"),
    tensorNoise: z.number().positive().describe("noise Δp of the tensor channel"),
    temperature: temperature.default(1),
    schedule: scheduleSchema.default(1),
    initialOverlap: z.number().min(-1).max(1).describe("overlap m0 of the start with the signal, not 0"),
  })
  .refine((value) => value.initialOverlap !== 0, {
    path: ["initialOverlap"],
    message:
      "a number from -1 to 1 other than 0: in the infinite system an overlap of 0 stays 0; a finite one starts at about 1/√N",
  });

export type SpikedParameters = z.infer<typeof parameters>;

/** The spiked matrix-tensor model: a planted signal seen through a noisy matrix and a noisy p-tensor. */
export const spikedMatrixTensor: System<SpikedParameters, TwoTimeMethod, LandscapeSimulation> = {
  name: "spiked-matrix-tensor",
  title: "Spiked matrix-tensor model, Langevin dynamics from an overlap with the signal",
  parameters,
  methods: twoTimeMethods,
  simulation: landscapeSimulation,
  quantities: [
    { name: "overlap", of: "time", meaning: "overlap m with the signal" },
    { name: "loss", of: "time", meaning: "loss per spin, both channels" },
    { name: "matrixLoss", of: "time", meaning: "loss of the matrix channel" },
    { name: "tensorLoss", of: "time", meaning: "loss of the tensor channel" },
    multiplier,
    ...twoTimeFunctions,
  ],
  predictions: [
    { name: "equilibriumOverlap", meaning: "m of the replica-symmetric equilibrium with signal" },
    { name: "equilibriumSelfOverlap", meaning: "its overlap q between two copies" },
    { name: "equilibriumLoss", meaning: "its loss per spin" },
    { name: "equilibriumMatrixLoss", meaning: "its matrix channel" },
    { name: "equilibriumTensorLoss", meaning: "its tensor channel" },
    { name: "thresholdMultiplier", meaning: "multiplier z∞ on the plateau of zero overlap" },
    { name: "langevinEasyMatrixNoise", meaning: "Δ2 at which the plateau loses its hold, one row a root" },
    {
      name: "plateauGrowthRate",
      meaning: "rate at which the overlap grows out of the plateau, in the clock",
    },
    { name: "phase", meaning: "Langevin-easy, hard or impossible" },
  ],
  citations: [
    learningRateSchedules,
    {
      key: "marvels-and-pitfalls",
      text: "S. Sarao Mannelli, G. Biroli, C. Cammarota, F. Krzakala, P. Urbani, L. Zdeborová, Marvels and pitfalls of the Langevin algorithm in noisy high-dimensional inference, Phys. Rev. X 10, 011057 (2020)",
    },
  ],
  load: async () => (await import("./code")).code,
};
