import { checkCall } from "../../core/check-options";
import type { Options } from "../../core/options";
import type { Ensemble } from "../../core/results";
import { runEnsemble, sampleTask } from "../ensemble";
import {
  mostAtOnce,
  planTeacherStudent,
  type TeacherStudentProblem,
  type TeacherStudentSimulation,
} from "./problem";
import { createTeacherStudentSimulator } from "./run";

/** Samples of {@link simulateTeacherStudent}, for workers. */
export const teacherStudentTask = sampleTask("training of a student", createTeacherStudentSimulator);

/**
 * Simulates SGD of a student on fresh examples or on a data set, with any batch (learning-rate schedules, Sec. 4;
 * equations TS.1, TS.2); each sample has its own teacher (random starts), start and examples. Series: generalisationError
 * ½⟨(S − T)²⟩, an exact average over inputs, studentOverlap[i,k], crossOverlap[i,m], secondLayer[i], and on a data set
 * trainingError ½ mean (S − y)². Events: specialisationTime (TS.11).
 *
 * A sample depends on the seed and its number, and not on how many samples or workers there are.
 *
 * @throws InvalidParameterError, named like `simulation.batch`; ConvergenceError where weights grow without bound;
 *   InterruptedError after an abort. The `partial` of both is the Ensemble of the finished samples.
 */
export async function simulateTeacherStudent(
  problem: TeacherStudentProblem,
  simulation: TeacherStudentSimulation,
  options: Options = {},
): Promise<Ensemble> {
  checkCall({ problem, simulation }, options);
  checkCall({ "problem.network": problem.network }, options);
  const plan = planTeacherStudent(problem, simulation, options);
  const { dimension, dataSet, batch, seed, samples, keepCurves, until } = simulation;
  const notes = () => remarks(simulation);
  const frame = { time: plan.time, size: dimension, keepCurves, until, notes };
  const request = {
    setup: { problem, plan, simulation: { dimension, dataSet, batch, seed } },
    samples,
    mostAtOnce: mostAtOnce(simulation),
  };
  return runEnsemble(frame, teacherStudentTask, request, options);
}

/** What a comparison with the equations has to mind. */
function remarks({ dataSet, batch, dimension }: TeacherStudentSimulation): string[] {
  const again = dataSet === null ? Infinity : dataSet / (dimension * batch);
  return [
    ...(again < Infinity
      ? [
          `examples come again from t of about ${Number(again.toPrecision(3))} on; the equations are for fresh ones`,
        ]
      : []),
    ...(batch > 1 ? [`${batch} examples a step: the equations say the same with method.batch ${batch}`] : []),
  ];
}
