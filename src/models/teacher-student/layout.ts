import { integerAtLeast, record } from "../../core/check";
import { activationFunction } from "./activation";
import { jointCovariance, type OrderParameters, type TeacherStudent } from "./network";

/**
 * What changes of the order parameters as one vector y, the form the integrators work on: R_im by rows, then Q_ik for i ≤ k
 * by rows, then v_i. The teacher's T and v* never change.
 */
export interface Layout {
  readonly length: number;
  /** y of order parameters. */
  pack(order: OrderParameters): Float64Array;
  /** Writes C = [[Q, R], [Rᵀ, T]], T apart, which stays as it is there. */
  covarianceInto(y: ArrayLike<number>, covariance: Float64Array): void;
  /** Writes (v, −v*): the coefficients of the units in S − T; the teacher's stay as they are there. */
  coefficientsInto(y: ArrayLike<number>, coefficients: Float64Array): void;
  /** Place of v_0. */
  readonly secondLayer: number;
  /** Place of R_im. */
  cross(i: number, m: number): number;
  /** Place of Q_ik, i ≤ k. */
  student(i: number, k: number): number;
}

/** @throws InvalidParameterError for widths that are none. */
export function createLayout(network: TeacherStudent): Layout {
  const { studentWidth: students, teacherWidth: teachers } = record("network", network);
  integerAtLeast("studentWidth", students, 1);
  integerAtLeast("teacherWidth", teachers, 1);
  const n = students + teachers;
  const secondLayer = students * teachers + (students * (students + 1)) / 2;
  const cross = (i: number, m: number) => i * teachers + m;
  const student = (i: number, k: number) => students * teachers + i * students - (i * (i - 1)) / 2 + (k - i);
  return {
    length: secondLayer + students,
    secondLayer,
    cross,
    student,
    pack({ crossOverlap, studentOverlap, studentWeights }) {
      const y = new Float64Array(secondLayer + students);
      y.set(crossOverlap);
      for (let i = 0; i < students; i++) {
        for (let k = i; k < students; k++) y[student(i, k)] = studentOverlap[i * students + k];
      }
      y.set(studentWeights, secondLayer);
      return y;
    },
    covarianceInto(y, covariance) {
      for (let i = 0; i < students; i++) {
        for (let k = i; k < students; k++) {
          covariance[i * n + k] = covariance[k * n + i] = y[student(i, k)];
        }
        for (let m = 0; m < teachers; m++) {
          covariance[i * n + students + m] = covariance[(students + m) * n + i] = y[cross(i, m)];
        }
      }
    },
    coefficientsInto(y, coefficients) {
      for (let i = 0; i < students; i++) coefficients[i] = y[secondLayer + i];
    },
  };
}

/** (v, −v*). */
export function coefficientsOf({ studentWeights, teacherWeights }: OrderParameters): Float64Array {
  return Float64Array.from([...studentWeights, ...teacherWeights.map((v) => -v)]);
}

/** Reads packed order parameters of one teacher. */
export interface Observer {
  /** Names of the quantities: generalisationError, studentOverlap[i,k], crossOverlap[i,m], secondLayer[i]. */
  readonly names: readonly string[];
  /** Writes them in this order. */
  observeInto(y: ArrayLike<number>, out: Float64Array): void;
}

export function createObserver(network: TeacherStudent, start: OrderParameters): Observer {
  const { studentWidth: students, teacherWidth: teachers } = network;
  const n = students + teachers;
  const layout = createLayout(network);
  const covariance = jointCovariance(start);
  const coefficients = coefficientsOf(start);
  const { pair } = activationFunction(network.activation);
  const names = ["generalisationError"];
  for (let i = 0; i < students; i++)
    for (let k = 0; k < students; k++) names.push(`studentOverlap[${i},${k}]`);
  for (let i = 0; i < students; i++) for (let m = 0; m < teachers; m++) names.push(`crossOverlap[${i},${m}]`);
  for (let i = 0; i < students; i++) names.push(`secondLayer[${i}]`);

  /** ε_g = ½ ⟨(S − T)²⟩ = ½ Σ a_i a_j I2(i, j), without the label noise (TS.10). */
  function generalisationError(): number {
    let sum = 0;
    for (let i = 0; i < n; i++) {
      const own = covariance[i * n + i];
      for (let j = 0; j <= i; j++) {
        const average = pair(own, covariance[j * n + j], covariance[i * n + j]);
        sum += (j < i ? 1 : 0.5) * coefficients[i] * coefficients[j] * average;
      }
    }
    // The sum of squares is 0 where the student equals the teacher, and rounding may leave it below.
    return Math.max(0, sum);
  }

  return {
    names,
    observeInto(y, out) {
      layout.covarianceInto(y, covariance);
      layout.coefficientsInto(y, coefficients);
      let at = 0;
      out[at++] = generalisationError();
      for (let i = 0; i < students; i++) {
        for (let k = 0; k < students; k++) out[at++] = covariance[i * n + k];
      }
      for (let i = 0; i < students; i++) {
        for (let m = 0; m < teachers; m++) out[at++] = y[layout.cross(i, m)];
      }
      for (let i = 0; i < students; i++) out[at++] = coefficients[i];
    },
  };
}
