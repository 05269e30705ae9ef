import { momentumOf } from "../../models/label-noise-momentum/heavy-ball";
import { checkProblem, type MomentumProblem } from "../../models/label-noise-momentum/problem";
import { asParameters } from "../parts/as-parameters";
import { modelOf } from "./model";
import type { MomentumParameters } from "./parameters";

/** Parameters as the rooms below want them. @throws InvalidParameterError, named like `parameters.curvatures`. */
export function problemOf(parameters: MomentumParameters): MomentumProblem {
  const { learningRate, momentum, noise, start, projectStart, dataSeed, threshold } = parameters;
  return asParameters(() => {
    const problem: MomentumProblem = {
      model: modelOf(parameters),
      learningRate,
      momentum: momentumOf(momentum, learningRate),
      noise,
      start,
      projectStart,
      dataSeed,
      threshold,
    };
    checkProblem(problem);
    return problem;
  });
}
