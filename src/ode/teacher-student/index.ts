/**
 * Online learning of an erf teacher by an erf student at infinite N: TS7 to TS9 are `createDrift` (models), TS10
 * `createObserver`, TS11 `separationGauge`; `solveTeacherStudentOde` integrates them.
 */
export { type OrderPath, solveTeacherStudentOde, type TeacherStudentOdeMethod } from "./solve";
