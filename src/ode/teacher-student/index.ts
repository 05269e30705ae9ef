/**
 * Online learning of an erf teacher by an erf student at infinite N, equations (TS.7) to (TS.11): `solveTeacherStudentOde`
 * integrates what models/teacher-student gives.
 */
export {
  equationSeconds,
  type OrderPath,
  solveTeacherStudentOde,
  type TeacherStudentOdeMethod,
} from "./solve";
