import { targetMatrix, uvInputs } from "../../models/label-noise-momentum/data";
import { bilinearOf, descentOf, isReducible } from "../../models/label-noise-momentum/descent";
import type { MomentumProblem, UvModel } from "../../models/label-noise-momentum/problem";
import { type BilinearMeasure, createBilinearProcess } from "./bilinear";
import { createFirstLayerProcess } from "./first-layer";
import { createGeneralProcess } from "./general";
import type { DescentProcess } from "./process";
import { createReducedProcess } from "./reduced";

/** "exact": vector UV without activation in two numbers; "weights": all weights, always. The same law. */
export type ProcessKind = "exact" | "weights";

/** The process of a problem, from its start. */
export function createProcess(
  problem: MomentumProblem,
  start: Float64Array,
  kind: ProcessKind,
): DescentProcess {
  const { model, dataSeed } = problem;
  if (model.kind === "uv" && kind === "exact" && isReducible(problem)) {
    return createReducedProcess(problem as MomentumProblem & { readonly model: UvModel }, start);
  }
  const bilinear = bilinearOf(problem);
  if (bilinear) return createBilinearProcess(bilinear, problem, start, measureOf(problem));
  if (model.kind === "uv") {
    return createFirstLayerProcess(uvInputs(model, dataSeed), model.activation, problem, start);
  }
  return createGeneralProcess(descentOf(problem), problem, start);
}

/** Matrix sensing: (1/d)|UVᵀ − X*|² (Flatter, faster, eq. (13)); UV: the mean square on fresh inputs. */
function measureOf({ model, dataSeed }: MomentumProblem): BilinearMeasure {
  if (model.kind === "matrix-sensing") {
    const { d, rank } = model;
    return { target: targetMatrix(d, d, rank, dataSeed), errorFactor: 1 / d };
  }
  if (model.kind === "matrix-uv") {
    const { inputDimension: d, outputDimension: m, n, rank, inputVariance } = model;
    return { target: targetMatrix(m, d, rank, dataSeed), errorFactor: inputVariance / (d * n) };
  }
  const { n, inputVariance } = model as UvModel;
  return { target: new Float64Array(1), errorFactor: inputVariance / n };
}
