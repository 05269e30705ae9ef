/**
 * SGD of a finite student, on fresh examples or a data set: TS.1 is `createNetwork`, TS.2 `createDescent`; the averages over
 * inputs TS.3 to TS.6 and TS.10 to TS.11 stand in models/.
 */
export type { TeacherStudentProblem, TeacherStudentSimulation } from "./problem";
export { simulateTeacherStudent } from "./simulate";
