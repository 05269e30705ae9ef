/**
 * SGD on power-law random features. Equations by their number in docs/equations.md:
 *
 *     RF.1, RF.24   teacher, students, steps   createTopStudent, createProjectedStudent
 */
export type { FeatureProblem, FeatureSimulation } from "./problem";
export { featuresTask, simulateFeatures } from "./simulate";
