import * as z from "zod";
import { seed, until } from "../parts/fields";
import { scheduleSchema } from "../parts/schedule-schema";

const numbers = z.array(z.number());
const matrix = z.array(numbers);
const width = z.int().min(1).max(100).default(2);
const dimension = z.int().min(2).default(500).meta({ symbol: "N" });

const initial = z.strictObject({
  studentOverlap: matrix.optional().describe("Q_ik = w_i·w_k/N; the identity when left out"),
  crossOverlap: matrix.describe("R_im = w_i·w*_m/N"),
  teacherOverlap: matrix.optional().describe("T_mn = w*_m·w*_n/N; the identity when left out"),
  studentWeights: numbers.optional().describe("v_k; 1 when left out"),
  teacherWeights: numbers.optional().describe("v*_m; 1 when left out"),
});

export const parameters = z.strictObject({
  studentWidth: width.describe("hidden units of the student").meta({ symbol: "K" }),
  teacherWidth: width.describe("hidden units of the teacher").meta({ symbol: "M" }),
  activation: z
    .enum(["erf", "relu", "linear"])
    .default("erf")
    .describe("erf(x/√2), max(x, 0) or x; the equations are for erf, the others can be simulated only")
    .meta({ symbol: "g" }),
  schedule: scheduleSchema,
  labelNoise: z
    .number()
    .nonnegative()
    .default(0)
    .describe("standard deviation of the label noise")
    .meta({ symbol: "σ" }),
  trainSecondLayer: z.boolean().default(false).describe("whether the v_k learn too"),
  secondLayerRate: z
    .enum(["per-dimension", "per-step"])
    .default("per-dimension")
    .describe("learning rate of the second layer a step: η/N, or η (simulation only)"),
  scheduleCounts: z
    .enum(["time", "steps"])
    .default("time")
    .describe("what the schedule counts: t = steps/N, or steps (simulation only)"),
  initial: z
    .union([z.literal("random"), initial])
    .default("random")
    .describe("start: all w and w* of independent normals, or given order parameters"),
});

const ode = z.strictObject({
  kind: z.literal("ode").default("ode"),
  until: until
    .default(100)
    .describe("end of the curves; the specialisation is looked for further, at most to max(100·until, 1000)"),
  tolerance: z.number().min(1e-13).max(1e-6).default(1e-12).describe("error allowed for a step"),
  batch: z
    .union([z.int().min(1), z.null()])
    .default(1)
    .describe("fresh examples of a step; null: infinitely many, no noise")
    .meta({ symbol: "B" }),
  dimension: dimension.describe("dimension of random starts; of nothing else"),
  samples: z.int().min(1).default(20).describe("random starts to average over"),
  seed: seed.describe("seed of the random starts; the simulation with the same seed has the same starts"),
});

export const simulation = z.strictObject({
  dimension: dimension.describe("dimension of the inputs"),
  dataSet: z
    .union([z.int().min(1), z.null()])
    .default(null)
    .describe("examples of a fixed data set; null: fresh ones (online)")
    .meta({ symbol: "P" }),
  batch: z
    .int()
    .min(1)
    .default(1)
    .describe("examples of a step; of a data set different ones, all of them at B = P")
    .meta({ symbol: "B" }),
  samples: z.int().min(1).default(20).describe("independent runs, each with its own teacher and examples"),
  seed,
  until: until.default(100),
});

export const methods = { ode } as const;

export type TeacherStudentParameters = z.infer<typeof parameters>;
export type TeacherStudentMethod = z.infer<typeof ode>;
export type TeacherStudentSimulationFields = z.infer<typeof simulation>;
