import { createSchedule } from "../../schedule";
import { simulateTeacherStudent } from "../../simulate/teacher-student";
import { asParametersLater } from "../parts/as-parameters";
import type { SystemCode } from "../system";
import type {
  TeacherStudentMethod,
  TeacherStudentParameters,
  TeacherStudentSimulationFields,
} from "./parameters";
import { problemOf } from "./problem";
import { solve } from "./solve";

export const code: SystemCode<
  TeacherStudentParameters,
  TeacherStudentMethod,
  TeacherStudentSimulationFields
> = {
  describe(parameters) {
    const { studentWidth, teacherWidth, activation, labelNoise, trainSecondLayer, scheduleCounts } =
      parameters;
    const { label } = createSchedule(parameters.schedule, "parameters.schedule");
    const clock = scheduleCounts === "steps" ? "steps for t" : "t = steps/N";
    return [
      `S = Σ v_k g(w_k·x/√N) learns y = Σ v*_m g(w*_m·x/√N) + ${labelNoise} ζ by SGD of (S − y)²/2`,
      `K = ${studentWidth}, M = ${teacherWidth}, g = ${activation}, second layer ${trainSecondLayer ? "trained" : "fixed"}, η = ${label}, ${clock}`,
    ].join("\n");
  },

  solve,

  async simulate(parameters, simulation, { times }, options) {
    return asParametersLater(
      simulateTeacherStudent(problemOf(parameters), { ...simulation, times, keepCurves: true }, options),
    );
  },

  predict: () => ({}),
};
