/**
 * SGD of a finite student, on fresh examples or a data set: TS1 is `createNetwork`, TS2 `createDescent`; the averages over
 * inputs TS3 to TS6 and TS10 to TS11 stand in models/.
 */
export type { TeacherStudentProblem, TeacherStudentSimulation } from "./problem";
export { simulateTeacherStudent } from "./simulate";
