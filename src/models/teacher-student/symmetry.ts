import { createLayout } from "./layout";
import type { OrderParameters, TeacherStudent } from "./network";

/** What units of one kind are, up to an exchange with a sign that changes nothing. */
interface Classes {
  /** First unit of the class of each. */
  readonly first: Int32Array;
  /** Second unit of the class of each; the first again where it is alone. */
  readonly second: Int32Array;
  /** ±1: the unit is so many times the first one. */
  readonly sign: Int8Array;
}

/** The symmetries of a start under exchanges of two units of the student, or of two of the teacher. */
interface StartSymmetry {
  /** Whether the teacher's units are all alike to the student: no unit can ever lead towards one of them. */
  readonly isBlind: boolean;
  /**
   * Makes a rate of change of the packed order parameters exactly symmetric, as the infinite system keeps it: rounding would
   * grow into a lead that no one has.
   */
  symmetrise(rate: Float64Array): void;
}

/** @param start order parameters of an erf network, whose units may change their sign together with their weight. */
export function symmetryOf(network: TeacherStudent, start: OrderParameters): StartSymmetry {
  const { studentWidth: students, teacherWidth: teachers } = network;
  const { studentOverlap, crossOverlap, teacherOverlap, studentWeights, teacherWeights } = start;
  const cross = (i: number, m: number) => crossOverlap[i * teachers + m];
  const student = classesOf(studentOverlap, studentWeights, students, teachers, cross);
  const teacher = classesOf(teacherOverlap, teacherWeights, teachers, students, (m, i) => cross(i, m));
  const layout = createLayout(network);
  const source = Int32Array.from({ length: layout.length }, (_, k) => k);
  const sign = new Int8Array(layout.length).fill(1);
  const copy = (to: number, from: number, factor: number) => {
    source[to] = from;
    sign[to] = factor;
  };
  for (let i = 0; i < students; i++) {
    const a = student.first[i];
    for (let m = 0; m < teachers; m++) {
      copy(layout.cross(i, m), layout.cross(a, teacher.first[m]), student.sign[i] * teacher.sign[m]);
    }
    for (let k = i + 1; k < students; k++) {
      const b = student.first[k] === a ? student.second[k] : student.first[k];
      const factor = student.sign[i] * student.sign[k] * student.sign[a] * student.sign[b];
      copy(layout.student(i, k), layout.student(Math.min(a, b), Math.max(a, b)), factor);
    }
    copy(layout.student(i, i), layout.student(a, a), 1);
    copy(layout.secondLayer + i, layout.secondLayer + a, student.sign[i]);
  }
  return {
    isBlind: teacher.first.every((m) => m === 0),
    symmetrise(rate) {
      for (let k = 0; k < rate.length; k++) rate[k] = sign[k] * rate[source[k]];
    },
  };
}

function classesOf(
  overlap: Float64Array,
  weights: Float64Array,
  size: number,
  others: number,
  cross: (unit: number, other: number) => number,
): Classes {
  const first = Int32Array.from({ length: size }, (_, i) => i);
  const second = first.slice();
  const sign = new Int8Array(size).fill(1);
  /** Whether unit b is s times unit a, to all others. */
  const alike = (a: number, b: number, s: number): boolean => {
    if (weights[a] !== s * weights[b] || overlap[a * size + a] !== overlap[b * size + b]) return false;
    for (let l = 0; l < size; l++) {
      if (l !== a && l !== b && overlap[a * size + l] !== s * overlap[b * size + l]) return false;
    }
    for (let j = 0; j < others; j++) if (cross(a, j) !== s * cross(b, j)) return false;
    return true;
  };
  for (let b = 1; b < size; b++) {
    for (let a = 0; a < b && first[b] === b; a++) {
      const s = first[a] !== a ? 0 : alike(a, b, 1) ? 1 : alike(a, b, -1) ? -1 : 0;
      if (s === 0) continue;
      first[b] = a;
      sign[b] = s;
      if (second[a] === a) second[a] = b;
    }
  }
  return { first, second: second.map((_, i) => second[first[i]]), sign };
}
