import { semidefiniteFactor } from "../../numerics/semidefinite";
import type { Streams } from "../../numerics/streams";
import { jointCovariance, type OrderParameters, type TeacherStudent } from "./network";

/** The vectors of a start: student and teacher by rows of N. */
export interface StartVectors {
  /** w_k, K × N. */
  readonly student: Float64Array;
  /** w*_m, M × N. */
  readonly teacher: Float64Array;
}

/** Independent normals everywhere, w and w*: the random start of a sample. */
export function randomVectors(
  { studentWidth, teacherWidth }: TeacherStudent,
  dimension: number,
  streams: Streams,
  sample: number,
): StartVectors {
  const student = new Float64Array(studentWidth * dimension);
  const teacher = new Float64Array(teacherWidth * dimension);
  streams.stream("start", sample, 0).fillNormal(student);
  streams.stream("start", sample, 1).fillNormal(teacher);
  return { student, teacher };
}

/**
 * Vectors with exactly these overlaps, in the space of the first K + M coordinates: the law of normal inputs does not
 * change under rotations, so that this is as good as any other place.
 */
export function vectorsOf(order: OrderParameters, dimension: number): StartVectors {
  const students = order.studentWeights.length;
  const n = students + order.teacherWeights.length;
  const factor = semidefiniteFactor(jointCovariance(order), n)!;
  const vectors = new Float64Array(n * dimension);
  const length = Math.sqrt(dimension);
  for (let i = 0; i < n; i++) {
    for (let k = 0; k <= i; k++) vectors[i * dimension + k] = length * factor[i * n + k];
  }
  return {
    student: vectors.slice(0, students * dimension),
    teacher: vectors.slice(students * dimension),
  };
}

/** The order parameters of a random start: the overlaps of its vectors, and 1 for all v and v*. */
export function orderOfVectors(
  { studentWidth, teacherWidth }: TeacherStudent,
  dimension: number,
  { student, teacher }: StartVectors,
): OrderParameters {
  const overlaps = (a: Float64Array, b: Float64Array) => {
    const [rows, columns] = [a.length / dimension, b.length / dimension];
    return Float64Array.from({ length: rows * columns }, (_, at) => {
      const [i, k] = [Math.floor(at / columns) * dimension, (at % columns) * dimension];
      let sum = 0;
      for (let d = 0; d < dimension; d++) sum += a[i + d] * b[k + d];
      return sum / dimension;
    });
  };
  return {
    studentOverlap: overlaps(student, student),
    crossOverlap: overlaps(student, teacher),
    teacherOverlap: overlaps(teacher, teacher),
    studentWeights: new Float64Array(studentWidth).fill(1),
    teacherWeights: new Float64Array(teacherWidth).fill(1),
  };
}
