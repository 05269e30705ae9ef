import { integerAtLeast, nonNegative, oneOf, record } from "../../core/check";
import { InvalidParameterError } from "../../core/errors";
import { semidefiniteFactor } from "../../numerics/semidefinite";
import type { Schedule } from "../../schedule";

/** g(x): erf(x/√2), max(x, 0), or x. */
export type Activation = "erf" | "relu" | "linear";

export const ACTIVATIONS: readonly Activation[] = ["erf", "relu", "linear"];

/**
 * A student S(x) = Σ_k v_k g(w_k·x/√N) that learns the labels y = T(x) + σζ of a teacher T(x) = Σ_m v*_m g(w*_m·x/√N) on
 * inputs x ~ N(0, I) by SGD of the loss (S − y)²/2 (learning-rate schedules, Sec. 4; eq. (24) with its factor ½
 * corrected, see docs/errata.md). Times are t = steps/N.
 */
export interface TeacherStudent {
  /** Hidden units K of the student, at least 1. */
  readonly studentWidth: number;
  /** Hidden units M of the teacher, at least 1. */
  readonly teacherWidth: number;
  readonly activation: Activation;
  /** Standard deviation σ of the label noise. */
  readonly labelNoise: number;
  /** Whether the v_k learn too. */
  readonly trainSecondLayer: boolean;
}

/** The order parameters: all that the dynamics of infinitely many inputs depends on. Matrices are row-major. */
export interface OrderParameters {
  /** Q_ik = w_i·w_k/N, K × K. */
  readonly studentOverlap: Float64Array;
  /** R_im = w_i·w*_m/N, K × M. */
  readonly crossOverlap: Float64Array;
  /** T_mn = w*_m·w*_n/N, M × M. */
  readonly teacherOverlap: Float64Array;
  /** v_k. */
  readonly studentWeights: Float64Array;
  /** v*_m. */
  readonly teacherWeights: Float64Array;
}

/** @throws InvalidParameterError for the first parameter out of range. */
export function checkTeacherStudent(network: TeacherStudent): void {
  record("network", network);
  integerAtLeast("studentWidth", network.studentWidth, 1);
  integerAtLeast("teacherWidth", network.teacherWidth, 1);
  nonNegative("labelNoise", network.labelNoise);
  oneOf("activation", network.activation, ACTIVATIONS);
}

/** @throws InvalidParameterError for a rate that is infinite at t = 0, where the first step would be. */
export function checkRegularStart({ startExponent }: Schedule): void {
  if (startExponent === 0) return;
  throw new InvalidParameterError("schedule.offset", 0, "above 0: a finite learning rate for the first step");
}

/**
 * Checks order parameters against their network.
 * @throws InvalidParameterError named like `initial.studentOverlap`: a wrong shape, numbers that are not finite, a Q or T
 *   that is not symmetric or not positive semidefinite, or an R that no vectors with these Q and T can have.
 */
export function checkOrderParameters(network: TeacherStudent, order: OrderParameters): void {
  const { studentWidth: students, teacherWidth: teachers } = network;
  requireNumbers("studentOverlap", order.studentOverlap, students, students);
  requireNumbers("crossOverlap", order.crossOverlap, students, teachers);
  requireNumbers("teacherOverlap", order.teacherOverlap, teachers, teachers);
  requireNumbers("studentWeights", order.studentWeights, students);
  requireNumbers("teacherWeights", order.teacherWeights, teachers);
  requireCovariance("studentOverlap", order.studentOverlap, students);
  requireCovariance("teacherOverlap", order.teacherOverlap, teachers);
  if (!semidefiniteFactor(jointCovariance(order), students + teachers)) {
    throw new InvalidParameterError(
      "initial.crossOverlap",
      [...order.crossOverlap],
      "overlaps that vectors with these studentOverlap and teacherOverlap can have: [[Q, R], [Rᵀ, T]] positive semidefinite",
    );
  }
}

/** C = [[Q, R], [Rᵀ, T]], row-major (K + M) × (K + M): the covariance of the fields w_k·x/√N, then w*_m·x/√N. */
export function jointCovariance(order: OrderParameters): Float64Array {
  const { studentOverlap, crossOverlap, teacherOverlap } = order;
  const students = order.studentWeights.length;
  const teachers = order.teacherWeights.length;
  const n = students + teachers;
  const covariance = new Float64Array(n * n);
  for (let i = 0; i < students; i++) {
    for (let k = 0; k < students; k++) covariance[i * n + k] = studentOverlap[i * students + k];
    for (let m = 0; m < teachers; m++) {
      covariance[i * n + students + m] = crossOverlap[i * teachers + m];
      covariance[(students + m) * n + i] = crossOverlap[i * teachers + m];
    }
  }
  for (let m = 0; m < teachers; m++) {
    const row = (students + m) * n + students;
    for (let l = 0; l < teachers; l++) covariance[row + l] = teacherOverlap[m * teachers + l];
  }
  return covariance;
}

function requireNumbers(name: string, values: Float64Array, rows: number, columns?: number): void {
  if (values.length === rows * (columns ?? 1) && values.every(Number.isFinite)) return;
  const shape =
    columns === undefined
      ? `a list of ${rows} finite numbers, one a unit`
      : `a ${rows} by ${columns} matrix of finite numbers`;
  throw new InvalidParameterError(`initial.${name}`, [...values], shape);
}

function requireCovariance(name: string, matrix: Float64Array, n: number): void {
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < i; k++) {
      if (matrix[i * n + k] === matrix[k * n + i]) continue;
      const allowed = `a symmetric matrix: the ${matrix[k * n + i]} across the diagonal`;
      throw new InvalidParameterError(`initial.${name}[${i}][${k}]`, matrix[i * n + k], allowed);
    }
  }
  if (semidefiniteFactor(matrix, n)) return;
  throw new InvalidParameterError(`initial.${name}`, [...matrix], "a positive semidefinite matrix");
}
