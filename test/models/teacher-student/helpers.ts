import fc from "fast-check";
import type { OrderParameters, TeacherStudent } from "../../../src/models/teacher-student/network";

export const erfPair: TeacherStudent = {
  studentWidth: 2,
  teacherWidth: 2,
  activation: "erf",
  labelNoise: 0,
  trainSecondLayer: false,
};

/** Order parameters from rows; 1 for all second layers where they are left out. */
export function orderOf(
  q: readonly (readonly number[])[],
  r: readonly (readonly number[])[],
  t: readonly (readonly number[])[],
  v = q.map(() => 1),
  vStar = t.map(() => 1),
): OrderParameters {
  return {
    studentOverlap: Float64Array.from(q.flat()),
    crossOverlap: Float64Array.from(r.flat()),
    teacherOverlap: Float64Array.from(t.flat()),
    studentWeights: Float64Array.from(v),
    teacherWeights: Float64Array.from(vStar),
  };
}

/** The start of the reference cases. */
export const referenceStart = orderOf(
  [
    [1, 0.05],
    [0.05, 0.9],
  ],
  [
    [0.04, -0.03],
    [-0.02, 0.05],
  ],
  [
    [1, 0.1],
    [0.1, 1.1],
  ],
  [1, 0.8],
);

/** Covariances A Aᵀ + 0.05 of n fields. */
export const covariances = (n: number) =>
  fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: n * n, maxLength: n * n }).map((a) => {
    const c = new Float64Array(n * n);
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) {
        for (let k = 0; k < n; k++) c[i * n + j] += a[i * n + k] * a[j * n + k];
      }
      c[i * n + i] += 0.05;
    }
    return c;
  });
