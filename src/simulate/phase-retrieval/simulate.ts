import { checkCall } from "../../core/check-options";
import type { Options } from "../../core/options";
import { inThisThread } from "../../core/pool";
import type { Ensemble } from "../../core/results";
import type { PhaseRetrieval } from "../../models/phase-retrieval/problem";
import { startValues } from "../../models/phase-retrieval/start";
import { runEnsemble, type SampleCurves, sampleTask } from "../ensemble";
import { regressOnStart } from "../regression";
import { planPhaseRetrieval, type RetrievalPlan, type RetrievalSimulation, roundedDown } from "./problem";
import { createRetrievalSimulator, type RetrievalSetup, samplesTogether } from "./run";

/** Samples of {@link simulatePhaseRetrieval}, for workers. */
export const retrievalTask = sampleTask("simulation of phase retrieval", createRetrievalSimulator);

/**
 * Simulates gradient descent, multi-pass SGD, persistent SGD or Langevin dynamics of the finite system (Stochasticity
 * helps to navigate rough landscapes, eqs. (1) to (13), (C.1), (C.2)). Series: overlap m, trainingLoss (of all M samples,
 * per sample), meanSquaredError, meanAbsoluteError, multiplier T − (1/N) Σ F h (ν̂ on the sphere), curvature δν = (1/N) Σ D, drive
 * μ = (1/N) Σ F h0, norm q, with F = c s v′ and D = c s v″; recoveredFraction of the samples whose training loss has
 * been below `recoveryLoss`. Two-time series at the pairs: correlation w(t)·w(t')/N. Events: recoveryTime.
 *
 * On the sphere a sample keeps its last values from a training loss of 1e-7 on (or `recoveryLoss`, if that is smaller)
 * where nothing can move it any more: at temperature 0, and for learning rates at which its data set's signal is stable.
 * Learning rates at which the signals of many data sets, or of most, are not stable are told in a note; see
 * `LearningRateLimits`.
 * A sample depends on the seed and its number, and not on how many samples or workers there are.
 *
 * @throws InvalidParameterError, named like `learningRate` or `simulation.size`; ConvergenceError where weights grow
 *   without bound; InterruptedError after an abort. The `partial` of both is the Ensemble of the finished samples.
 */
export async function simulatePhaseRetrieval(
  problem: PhaseRetrieval,
  simulation: RetrievalSimulation,
  options: Options = {},
): Promise<Ensemble> {
  checkCall({ problem, simulation }, options);
  const plan = planPhaseRetrieval(problem, simulation, options);
  const { size, samples, seed, cost, regress, keepCurves, pairs, until } = simulation;
  const frame = {
    time: plan.time,
    size,
    keepCurves,
    until,
    medians: simulation.medians ?? MEDIANS,
    fractions: ["recoveredFraction"],
    notes: () => remarks(plan),
    ...(pairs?.length && { pairs }),
    ...(regress && {
      adjust: (runs: readonly SampleCurves[]) =>
        regressOnStart(
          runs.map((run) => withSquare(run, problem)),
          meansOfStart(problem),
        ),
    }),
  };
  const setup: RetrievalSetup = { plan, samples, seed, ...(cost && { cost }) };
  const task = cost ? inThisThread(retrievalTask) : retrievalTask;
  const request = { setup, samples, together: samplesTogether(plan, samples), mostAtOnce: mostAtOnce(plan) };
  return runEnsemble(frame, task, request, options);
}

function remarks(plan: RetrievalPlan): string[] {
  return [...rateRemarks(plan), ...batchRemarks(plan)];
}

function rateRemarks({ problem: { learningRate }, limits: { settling, single } }: RetrievalPlan): string[] {
  if (learningRate <= settling) return [];
  if (learningRate < single) {
    return [
      `the learning rate ${learningRate} is above ${roundedDown(settling)}, up to which 19 of 20 data sets of this size let the descent settle at the signal: recovered samples may not settle`,
    ];
  }
  return [
    `the learning rate ${learningRate} is not below ${roundedDown(single)}, from where on the largest label alone does not let the descent settle at the signal: runs stay finite on the sphere and may come near it, but most do not come to rest there`,
  ];
}

function batchRemarks({ problem: { batchFraction: l }, batchSampling }: RetrievalPlan): string[] {
  if (batchSampling !== "with-replacement") return [];
  return [
    `batches drawn with replacement: samples count by Poisson's law, with the variance ${l} instead of ${Number((l * (1 - l)).toPrecision(3))}; the theory has the latter, and at small learning rates the batchFraction of the same noise is ${Number((l / (1 + l)).toPrecision(3))}`,
  ];
}

/** What the paper shows medians of. */
const MEDIANS = ["overlap", "trainingLoss"];

/**
 * What the runs know of their start and theory knows of its mean at N = ∞. m(t) is curved in m(0), which spreads by 1/√N: the
 * square takes away about half of the bias of order 1/N, of any start, and costs a fifth of an error.
 */
function meansOfStart(problem: PhaseRetrieval): Readonly<Record<string, number>> {
  const { overlap, norm, trainingLoss, multiplier, curvature, drive } = startValues(problem);
  return { overlap, norm, trainingLoss, multiplier, curvature, drive, overlapSquare: 0 };
}

/** With the square of what the start's overlap is off by. */
function withSquare(run: SampleCurves, { initialOverlap }: PhaseRetrieval): SampleCurves {
  return { ...run, start: { ...run.start, overlapSquare: (run.start!.overlap - initialOverlap) ** 2 } };
}

/** Bytes that the data of all samples at work may take together. */
const MOST_BYTES = 2 ** 31;

const mostAtOnce = ({ size, patterns }: RetrievalPlan): number =>
  Math.max(1, Math.floor(MOST_BYTES / (4 * size * patterns)));
