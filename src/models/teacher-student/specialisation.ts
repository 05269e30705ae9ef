import { floats, record } from "../../core/check";
import { createLayout } from "./layout";
import type { OrderParameters, TeacherStudent } from "./network";

/** Share of the full separation at which a student counts as specialised. */
export const SPECIALISED = 0.5;

/**
 * How far a student has specialised, from about 0 on the plateau, where all its units are alike, to 1 where one of
 * them is a teacher's unit. With the cosines ρ_im = R_im/√(Q_ii T_mm) the separation of unit i is the lead of its largest
 * |ρ_im| over the next largest of its row, as a share of the lead 1 − max_n |T_mn|/√(T_mm T_nn) that the teacher's own
 * unit m has (TS.11). The student's separation is the largest of its units: the first that breaks away counts. It is
 * continuous in the order parameters.
 *
 * @returns undefined where there is nothing to choose between: a teacher of one unit, or of parallel units.
 */
export function separationGauge(
  network: TeacherStudent,
  order: Pick<OrderParameters, "teacherOverlap">,
): ((y: ArrayLike<number>) => number) | undefined {
  const layout = createLayout(network);
  const { studentWidth: students, teacherWidth: teachers } = network;
  const teacherOverlap = floats("teacherOverlap", record("order", order).teacherOverlap);
  const norms = Float64Array.from({ length: teachers }, (_, m) =>
    Math.sqrt(teacherOverlap[m * teachers + m]),
  );
  const full = norms.map((own, m) => {
    let next = 0;
    for (let l = 0; l < teachers; l++) {
      if (l !== m) next = Math.max(next, Math.abs(teacherOverlap[m * teachers + l]) / (own * norms[l]));
    }
    return 1 - next;
  });
  if (teachers < 2 || !full.every((lead) => lead > PARALLEL)) return undefined;

  return (y) => {
    let largest = 0;
    for (let i = 0; i < students; i++) {
      const norm = Math.sqrt(y[layout.student(i, i)]);
      let [first, second, best] = [0, 0, 0];
      for (let m = 0; m < teachers; m++) {
        const cosine = norm > 0 ? Math.abs(y[layout.cross(i, m)]) / (norm * norms[m]) : 0;
        if (cosine > first) [first, second, best] = [cosine, first, m];
        else if (cosine > second) second = cosine;
      }
      largest = Math.max(largest, (first - second) / full[best]);
    }
    return largest;
  };
}

/** Two units of the teacher whose cosine is this near to ±1 are one, or one of them is 0. */
const PARALLEL = 1e-9;
