/** Teacher and student from a script: order-parameter equations, Gaussian averages of erf units, SGD. */
export {
  type Activation,
  createDrift,
  createErfMoments,
  createLayout,
  type Drift,
  type ErfMoments,
  type Layout,
  type OrderParameters,
  separationGauge,
  type TeacherStudent,
} from "../../models/teacher-student";
export * from "../../ode/teacher-student";
export * from "../../simulate/teacher-student";
