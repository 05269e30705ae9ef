/** Teacher and student from a script: order-parameter equations, Gaussian averages of erf units, SGD. */
export { createDrift, type Drift } from "../../models/teacher-student/drift";
export { createErfMoments, type ErfMoments } from "../../models/teacher-student/erf-moments";
export { createLayout, type Layout } from "../../models/teacher-student/layout";
export type { Activation, OrderParameters, TeacherStudent } from "../../models/teacher-student/network";
export { separationGauge } from "../../models/teacher-student/specialisation";
export * from "../../ode/teacher-student";
export * from "../../simulate/teacher-student";
