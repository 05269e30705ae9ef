/** The solvers that all systems on the two-time equations offer to scripts. */
export {
  type AgingMethod,
  type AutomaticMethod,
  solveAging,
  solveAutomatic,
  solveUniform,
  type TwoTimeProblem,
  type UniformMethod,
} from "../../chsck";
