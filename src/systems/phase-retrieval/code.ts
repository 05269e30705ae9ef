import {
  type DmftSolution,
  type ParticleSolution,
  solveCausal,
  solveDamped,
  solveParticles,
} from "../../dmft";
import { checkPhaseRetrieval, type PhaseRetrieval } from "../../models/phase-retrieval/problem";
import { simulatePhaseRetrieval } from "../../simulate/phase-retrieval";
import { retrievalStart } from "../../theory/phase-retrieval";
import { asParameters, asParametersLater } from "../parts/as-parameters";
import { reported } from "../parts/reported";
import type { SystemCode } from "../system";
import { askedPairs } from "./asked-pairs";
import type { RetrievalMethod, RetrievalParameters, RetrievalSimulation } from "./parameters";

/** The parameters, which are the problem. @throws InvalidParameterError, named like `parameters.persistence` */
function problemOf(parameters: RetrievalParameters): PhaseRetrieval {
  asParameters(() => checkPhaseRetrieval(parameters));
  return parameters;
}

export const code: SystemCode<
  RetrievalParameters,
  RetrievalMethod,
  RetrievalSimulation,
  DmftSolution | ParticleSolution
> = {
  describe(parameters) {
    const { sampleRatio, algorithm, learningRate, temperature, batchFraction, constraint } = parameters;
    const onSphere = constraint === "sphere";
    const noise = temperature > 0 ? " + √(2Tη) ζ" : "";
    const factor = batchFraction < 1 && parameters.rescaleGradient ? "(1/ℓ) " : "";
    const ridge = onSphere ? "" : ` − η·${constraint.ridge} w`;
    const numbers = [
      `α = ${sampleRatio}`,
      `η = ${learningRate}`,
      ...(batchFraction < 1 ? [`ℓ = ${batchFraction}`] : []),
      ...(parameters.persistence === null ? [] : [`τ = ${parameters.persistence}`]),
      ...(temperature > 0 ? [`T = ${temperature}`] : []),
      `m0 = ${parameters.initialOverlap}`,
    ];
    return [
      `w ← w − η ${factor}Σ s_μ v′(h_μ, h0_μ) ξ_μ/√N${ridge}${noise}${onSphere ? ", then |w|² = N" : ""}; v = (h² − h0²)²/4`,
      `${algorithm}, ${numbers.join(", ")}`,
    ].join("\n");
  },

  async solve(parameters, method, options, report) {
    const problem = problemOf(parameters);
    if (method.kind === "damped") return asParametersLater(solveDamped(problem, method, options));
    if (method.kind === "causal") return asParametersLater(solveCausal(problem, method, options));
    const { grid, ...asked } = askedPairs(method, problem.learningRate, report);
    const solution = await asParametersLater(solveParticles(problem, { ...method, ...asked }, options));
    return grid ? { ...solution, nodes: { time: grid } } : solution;
  },

  async simulate(parameters, simulation, report, options) {
    const problem = problemOf(parameters);
    return asParametersLater(simulatePhaseRetrieval(problem, reported(simulation, report), options));
  },

  predict: (parameters) => ({ ...retrievalStart(problemOf(parameters)) }),
};
