/**
 * SGD of a finite student, on fresh examples or on a data set. Where each equation of docs/equations.md stands:
 *
 *   (TS.1)  student, teacher, labels   createNetwork, createLabels
 *   (TS.2)  a step                     createDescent
 */
export type { TeacherStudentProblem, TeacherStudentSimulation } from "./problem";
export { simulateTeacherStudent } from "./simulate";
