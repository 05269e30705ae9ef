import { positive } from "../../core/check";
import { createErfMoments } from "./erf-moments";
import { coefficientsOf, createLayout } from "./layout";
import { checkOrderParameters, jointCovariance, type OrderParameters, type TeacherStudent } from "./network";

/** Writes dy/dt of the packed order parameters at a learning rate. */
export type Drift = (rate: number, y: ArrayLike<number>, out: Float64Array) => void;

/**
 * Motion of the order parameters of an erf network under online SGD at infinite N, at the same rate η for both layers (the
 * second by η/N a step), with a = (v, −v*), F_ij = Σ_k a_k I3(i, j, k) and the sums over all K + M units:
 *
 *   dR_im/dt = −η v_i F_im                                                                               (TS.7)
 *   dQ_ik/dt = −η (v_i F_ik + v_k F_ki) + (η²/B) v_i v_k [Σ_jl a_j a_l I4(i, k, j, l) + σ² J2(i, k)]     (TS.8)
 *   dv_i/dt  = −η Σ_k a_k I2(i, k)                                                                       (TS.9)
 *
 * @param start whose teacher the student learns.
 * @param batch B, the fresh examples of a step; Infinity leaves the noise out.
 */
export function createDrift(network: TeacherStudent, start: OrderParameters, batch: number): Drift {
  const layout = createLayout(network);
  checkOrderParameters(network, start);
  positive("batch", batch === Infinity ? 1 : batch);
  const { studentWidth: students, teacherWidth: teachers, labelNoise, trainSecondLayer } = network;
  const n = students + teachers;
  const moments = createErfMoments(n);
  const covariance = jointCovariance(start);
  const a = coefficientsOf(start);
  const variance = labelNoise * labelNoise;
  const force = new Float64Array(students * n);

  /** ⟨g′(i) g′(k) (S − y)²⟩. */
  function noise(i: number, k: number): number {
    moments.choosePair(i, k);
    let sum = variance * moments.derivatives();
    for (let j = 0; j < n; j++) {
      sum += a[j] * a[j] * moments.quadruple(j, j);
      for (let l = 0; l < j; l++) sum += 2 * a[j] * a[l] * moments.quadruple(j, l);
    }
    return sum;
  }

  return (rate, y, out) => {
    layout.covarianceInto(y, covariance);
    layout.coefficientsInto(y, a);
    moments.load(covariance);
    for (let i = 0; i < students; i++) {
      for (let j = 0; j < n; j++) {
        let sum = 0;
        for (let k = 0; k < n; k++) sum += a[k] * moments.triple(i, j, k);
        force[i * n + j] = a[i] * sum;
      }
    }
    for (let i = 0; i < students; i++) {
      // (TS.7)
      for (let m = 0; m < teachers; m++) out[layout.cross(i, m)] = -rate * force[i * n + students + m];
      // (TS.8)
      for (let k = i; k < students; k++) {
        const diffusion = batch === Infinity ? 0 : ((rate * rate) / batch) * a[i] * a[k] * noise(i, k);
        out[layout.student(i, k)] = diffusion - rate * (force[i * n + k] + force[k * n + i]);
      }
      // (TS.9)
      let slope = 0;
      if (trainSecondLayer) for (let k = 0; k < n; k++) slope += a[k] * moments.pair(i, k);
      out[layout.secondLayer + i] = -rate * slope;
    }
  };
}
