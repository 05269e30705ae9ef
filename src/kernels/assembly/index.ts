export {
  addInnerJacobian,
  addOuterJacobian,
  completeInner,
  completeOuter,
  contractMemory,
  interpolatePairs,
  interpolateRows,
} from "./aging";
export { factorCholesky } from "./cholesky";
export { factorLU, solveLU } from "./lu";
export { stepAdjoints, stepMoments } from "./modes";
export { normals } from "./normals";
export { moveParticles, multiplyElements, particleForces } from "./particles";
export { philox } from "./philox";
export { multiplyAdd32, multiplyAdd64, multiplyTransposedAdd32, multiplyTransposedAdd64 } from "./product";
export { advanceResponses32, advanceResponses64, averageResponses32, averageResponses64 } from "./responses";
export {
  largestDifference,
  memoryCoefficients,
  multiplierIntegral,
  polynomial,
  predictRow,
  rightSideOfCorrelation,
  rightSideOfResponse,
  slopeOfRow,
  stepRow,
  weightedProduct,
} from "./row";
export { solveLower, solveLowerTransposed } from "./substitution";
export { sweepTwoTime } from "./sweep";
export { contractTriangle, symmetricTimesVector } from "./triangles";
export { walshHadamard } from "./walsh-hadamard";

/** First byte that the kernels leave to their caller. */
export const heapBase: usize = __heap_base;
