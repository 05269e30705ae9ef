import type { Kernels } from "../kernels";
import * as aging from "./aging";
import { factorCholesky } from "./cholesky";
import { factorLU, solveLU } from "./lu";
import { stepAdjoints, stepMoments } from "./modes";
import { normals } from "./normals";
import * as particles from "./particles";
import { philox } from "./philox";
import { multiplyAdd, multiplyTransposedAdd } from "./product";
import { advanceResponses, averageResponses } from "./responses";
import * as row from "./row";
import { solveLower, solveLowerTransposed } from "./substitution";
import { sweepTwoTime } from "./sweep";
import { symmetricTimesVector } from "./symmetric";
import { contractTriangle } from "./triangle";

/** The kernels in plain TypeScript, on any arrays: the reference of the others, and what is used without them. */
export const plainKernels: Kernels = {
  ...aging,
  ...particles,
  ...row,
  advanceResponses,
  averageResponses,
  contractTriangle,
  factorCholesky,
  factorLU,
  multiplyAdd,
  multiplyTransposedAdd,
  normals,
  philox,
  solveLU,
  solveLower,
  solveLowerTransposed,
  stepAdjoints,
  stepMoments,
  sweepTwoTime,
  symmetricTimesVector,
};
