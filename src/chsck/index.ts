export type { TwoTimeProblem, UniformMethod } from "./problem";
export { solveUniform } from "./uniform/solve";
