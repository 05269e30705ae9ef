/**
 * Online learning of an erf teacher by an erf student at infinite N: TS.7 to TS.9 are `createDrift` (models), TS.10
 * `createObserver`, TS.11 `separationGauge`; `solveTeacherStudentOde` integrates them.
 */
export { type OrderPath, solveTeacherStudentOde, type TeacherStudentOdeMethod } from "./solve";
