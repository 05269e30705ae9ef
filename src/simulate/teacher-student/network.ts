import { activationFunction, type StartVectors, type TeacherStudent } from "../../models/teacher-student";
import { dot } from "../dot";

/** A student and its teacher of finite size, as vectors. */
export interface Network {
  /** N */
  readonly dimension: number;
  /** v_k, and the rows w_k; changed in place. */
  readonly studentWeights: Float64Array;
  readonly rows: readonly Float64Array[];
  /** w_k·x/√N of the last input that the student has seen. */
  readonly fields: Float64Array;
  /** S(x). */
  student(input: Float64Array): number;
  /** T(x). */
  teacher(input: Float64Array): number;
  /** Writes the packed order parameters: see `createLayout`. */
  orderInto(y: Float64Array): void;
}

export function createNetwork(
  { activation, studentWidth: students, teacherWidth: teachers }: TeacherStudent,
  dimension: number,
  vectors: StartVectors,
  weights: { readonly studentWeights: Float64Array; readonly teacherWeights: Float64Array },
): Network {
  const { value } = activationFunction(activation);
  const inRows = (all: Float64Array, count: number) =>
    Array.from({ length: count }, (_, k) => all.subarray(k * dimension, (k + 1) * dimension));
  const rows = inRows(vectors.student.slice(), students);
  const teacherRows = inRows(vectors.teacher, teachers);
  const studentWeights = weights.studentWeights.slice();
  const { teacherWeights } = weights;
  const fields = new Float64Array(students);
  const scale = 1 / Math.sqrt(dimension);

  return {
    dimension,
    studentWeights,
    rows,
    fields,
    student(input) {
      let output = 0;
      for (let k = 0; k < students; k++) {
        fields[k] = scale * dot(rows[k], input);
        output += studentWeights[k] * value(fields[k]);
      }
      return output;
    },
    teacher(input) {
      let output = 0;
      for (let m = 0; m < teachers; m++) {
        output += teacherWeights[m] * value(scale * dot(teacherRows[m], input));
      }
      return output;
    },
    orderInto(y) {
      let at = 0;
      for (const row of rows) for (const other of teacherRows) y[at++] = dot(row, other) / dimension;
      for (let i = 0; i < students; i++) {
        for (let k = i; k < students; k++) y[at++] = dot(rows[i], rows[k]) / dimension;
      }
      y.set(studentWeights, at);
    },
  };
}
