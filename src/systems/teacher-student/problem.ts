import { InvalidParameterError } from "../../core/errors";
import {
  checkOrderParameters,
  checkTeacherStudent,
  type OrderParameters,
} from "../../models/teacher-student";
import { createSchedule } from "../../schedule";
import type { TeacherStudentProblem } from "../../simulate/teacher-student";
import { asParameters } from "../parts/as-parameters";
import type { TeacherStudentParameters } from "./parameters";

/** Parameters as the rooms below want them. @throws InvalidParameterError, named like `parameters.initial.crossOverlap`. */
export function problemOf(parameters: TeacherStudentParameters): TeacherStudentProblem {
  const { studentWidth, teacherWidth, activation, labelNoise, trainSecondLayer, initial, ...rest } =
    parameters;
  const network = { studentWidth, teacherWidth, activation, labelNoise, trainSecondLayer };
  return asParameters(() => {
    checkTeacherStudent(network);
    createSchedule(rest.schedule);
    if (rest.secondLayerRate === "per-step" && !trainSecondLayer) {
      const allowed = '"per-dimension" unless trainSecondLayer is true: a fixed second layer has no rate';
      throw new InvalidParameterError("secondLayerRate", rest.secondLayerRate, allowed);
    }
    if (initial === "random") return { network, ...rest, start: initial };
    const start = orderOf(initial, studentWidth, teacherWidth);
    checkOrderParameters(network, start);
    return { network, ...rest, start };
  });
}

/** What only a simulation can do. @throws InvalidParameterError */
export function requireEquations({
  scheduleCounts,
  secondLayerRate,
  trainSecondLayer,
}: TeacherStudentParameters): void {
  if (scheduleCounts === "steps") {
    throw new InvalidParameterError(
      "parameters.scheduleCounts",
      scheduleCounts,
      '"time" for the equations, which have no steps: in N dimensions step n is t = n/N (a switchTime and a unit of so many steps are N times less in time)',
    );
  }
  if (secondLayerRate === "per-step" && trainSecondLayer) {
    throw new InvalidParameterError(
      "parameters.secondLayerRate",
      secondLayerRate,
      '"per-dimension" for the equations: at the rate η a step the second layer runs away from them as N grows, and can be simulated only',
    );
  }
}

function orderOf(
  initial: Exclude<TeacherStudentParameters["initial"], "random">,
  students: number,
  teachers: number,
): OrderParameters {
  const { studentOverlap, crossOverlap, teacherOverlap, studentWeights, teacherWeights } = initial;
  return {
    studentOverlap: flat("studentOverlap", studentOverlap ?? identity(students), students, students),
    crossOverlap: flat("crossOverlap", crossOverlap, students, teachers),
    teacherOverlap: flat("teacherOverlap", teacherOverlap ?? identity(teachers), teachers, teachers),
    studentWeights: Float64Array.from(studentWeights ?? new Float64Array(students).fill(1)),
    teacherWeights: Float64Array.from(teacherWeights ?? new Float64Array(teachers).fill(1)),
  };
}

function flat(
  name: string,
  matrix: readonly (readonly number[])[],
  rows: number,
  columns: number,
): Float64Array {
  if (matrix.length === rows && matrix.every((row) => row.length === columns))
    return Float64Array.from(matrix.flat());
  throw new InvalidParameterError(`initial.${name}`, matrix, `a ${rows} by ${columns} matrix`);
}

const identity = (n: number): number[][] =>
  Array.from({ length: n }, (_, i) => Array.from({ length: n }, (_, k) => (i === k ? 1 : 0)));
