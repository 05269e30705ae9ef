import {
  bilinearOf,
  descentOf,
  isReducible,
  networkOfProblem,
} from "../../models/label-noise-momentum/descent";
import { productErrorOf, theoryTestError } from "../../models/label-noise-momentum/measure";
import type { MomentumProblem, UvModel } from "../../models/label-noise-momentum/problem";
import { createBilinearProcess } from "./bilinear";
import { createGeneralProcess } from "./general";
import type { DescentProcess } from "./process";
import { createReducedProcess } from "./reduced";
import { createTwoLayerProcess } from "./two-layer";

/** "exact": vector UV without activation in two numbers; "weights": all weights, always. The same law. */
export type ProcessKind = "exact" | "weights";

/** The process of a problem, from its start. */
export function createProcess(
  problem: MomentumProblem,
  start: Float64Array,
  kind: ProcessKind,
): DescentProcess {
  const { model } = problem;
  if (model.kind === "uv" && kind === "exact" && isReducible(problem)) {
    return createReducedProcess(problem as MomentumProblem & { readonly model: UvModel }, start);
  }
  const bilinear = bilinearOf(problem);
  if (bilinear) return createBilinearProcess(bilinear, problem, start, productErrorOf(problem)!);
  const network = networkOfProblem(problem);
  if (network) return createTwoLayerProcess(network, problem, start, theoryTestError(problem));
  return createGeneralProcess(descentOf(problem), problem, start);
}
