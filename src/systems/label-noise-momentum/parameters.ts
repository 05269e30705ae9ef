import * as z from "zod";
import { seed } from "../parts/fields";

const until = z.number().positive().describe("last step of the descent");
const matrix = z.array(z.array(z.number()));

export const parameters = z.strictObject({
  model: z
    .enum(["uv", "matrix-uv", "matrix-sensing", "quadratic", "valley", "mlp"])
    .default("uv")
    .describe(
      "vector UV, matrix UV, matrix sensing, independent modes, a curved valley xy = 1 (yz = 2 too in space), or a two-layer network",
    ),
  activation: z
    .enum(["linear", "tanh", "relu"])
    .optional()
    .describe("what acts on the first layer (uv: linear when left out; mlp: tanh)"),
  learningRate: z.number().positive().describe("learning rate").meta({ symbol: "η" }),
  momentum: z
    .union([
      z.number().min(0).lt(1),
      z.strictObject({
        prefactor: z.number().positive().describe("C"),
        exponent: z.number().min(0).max(1).describe("γ"),
      }),
    ])
    .describe("momentum β from 0 to below 1, or by the scaling law β = 1 − C η^γ")
    .meta({ symbol: "β" }),
  noise: z.number().nonnegative().default(0.5).describe("strength of the label noise").meta({ symbol: "ε" }),
  start: z
    .union([z.enum(["manifold", "off"]), z.array(z.number()).min(1)])
    .default("manifold")
    .describe(
      "on the zero-loss manifold (uv: normals brought to it; matrix-uv, matrix-sensing: where the noiseless descent ends; mlp: normals moved to zero loss by Gauss-Newton steps); off it as in the paper (independent normals; U = V = I in matrix sensing; 1 in every mode); or the weights themselves",
    ),
  projectStart: z
    .boolean()
    .default(false)
    .describe("move a start off the manifold to where the noiseless descent takes it"),
  dataSeed: seed.describe("seed of data and start, which all runs and the theory share"),
  threshold: z
    .number()
    .positive()
    .default(0.1)
    .describe("first passage: the radius below threshold·n (uv, matrix-uv)"),
  n: z.int().min(1).default(10).describe("width (uv: at least 2; matrix-uv, mlp)"),
  samples: z
    .int()
    .min(1)
    .optional()
    .describe("number of data (uv, matrix-uv, mlp: 5 when left out; matrix-sensing: 5·rank·d)")
    .meta({ symbol: "P" }),
  inputVariance: z
    .number()
    .positive()
    .default(1)
    .describe("mean square of the inputs (uv: of those drawn, exactly; matrix-uv, mlp: of their law)")
    .meta({ symbol: "μ2" }),
  inputDimension: z.int().min(1).optional().describe("dimension of x (matrix-uv: 2 when left out; mlp: 5)"),
  outputDimension: z.int().min(1).default(2).describe("dimension of f (matrix-uv)"),
  d: z.int().min(1).default(4).describe("side of the matrices (matrix-sensing)"),
  rank: z
    .int()
    .min(0)
    .optional()
    .describe(
      "rank of the target (matrix-sensing: at least 1, 1 when left out; matrix-uv: 0 when left out, labels 0)",
    )
    .meta({ symbol: "r" }),
  teacherWidth: z
    .int()
    .min(0)
    .default(1)
    .describe("hidden units of the network that labels the data (mlp; 0: labels 0)"),
  testSamples: z.int().min(1).default(1000).describe("fresh inputs of the test error (mlp)"),
  dimension: z
    .union([z.literal(2), z.literal(3)])
    .default(2)
    .describe("of the valley"),
  curvatures: z
    .array(z.number().nonnegative())
    .min(1)
    .optional()
    .describe("curvatures of the modes, 0 for a zero mode (quadratic, there required)")
    .meta({ symbol: "λ_i" }),
  noiseCovariance: z
    .union([z.number().nonnegative(), matrix, z.strictObject({ hessian: z.number().nonnegative() })])
    .default(1)
    .describe(
      "covariance of the gradient noise over ε² (quadratic: in the basis of the curvatures; valley: in weights): a number (times the identity), a matrix, or { hessian: c } for label noise c·H (valley)",
    )
    .meta({ symbol: "Λ" }),
});

const linear = z.strictObject({ kind: z.literal("linear").default("linear"), until: until.default(10_000) });

const drift = z.strictObject({
  kind: z.literal("drift").default("drift"),
  operator: z
    .enum(["exact", "leading"])
    .default("exact")
    .describe("the drift at any stable η, or to leading order in η"),
  until,
});

const diffusion = z.strictObject({
  kind: z.literal("diffusion").default("diffusion"),
  samples: z.int().min(1).default(100).describe("number of paths"),
  step: z.number().positive().describe("length of a step, in steps of the descent"),
  seed,
  until,
});

const momentClosure = z.strictObject({
  kind: z.literal("moment-closure").default("moment-closure"),
  closure: z
    .enum(["gaussian", "mean-field"])
    .default("gaussian")
    .describe("all weights as a Gaussian, or the mean field of five numbers (uv without activation)"),
  until,
});

export const methods = { linear, drift, diffusion, "moment-closure": momentClosure } as const;

export const simulation = z.strictObject({
  samples: z
    .int()
    .min(1)
    .default(20)
    .describe("independent runs, with data and start in common and label noise of their own"),
  seed: seed.describe("seed of the label noise"),
  until: until.default(10_000),
  process: z
    .enum(["exact", "weights"])
    .default("exact")
    .describe("uv without activation: the exact reduction to two numbers, or all weights"),
});

export type MomentumParameters = z.infer<typeof parameters>;
export type LinearMethod = z.infer<typeof linear>;
export type DriftMethodFields = z.infer<typeof drift>;
export type DiffusionMethodFields = z.infer<typeof diffusion>;
export type ClosureMethodFields = z.infer<typeof momentClosure>;
export type MomentumMethod = LinearMethod | DriftMethodFields | DiffusionMethodFields | ClosureMethodFields;
export type MomentumSimulationFields = z.infer<typeof simulation>;
