import { uvInputs } from "../../models/label-noise-momentum/data";
import { bilinearOf, descentOf, isReducible } from "../../models/label-noise-momentum/descent";
import { productErrorOf } from "../../models/label-noise-momentum/measure";
import type { MomentumProblem, UvModel } from "../../models/label-noise-momentum/problem";
import { createBilinearProcess } from "./bilinear";
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
  if (bilinear) return createBilinearProcess(bilinear, problem, start, productErrorOf(problem)!);
  if (model.kind === "uv") {
    return createFirstLayerProcess(uvInputs(model, dataSeed), model.activation, problem, start);
  }
  return createGeneralProcess(descentOf(problem), problem, start);
}
