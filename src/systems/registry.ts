import { pSpin } from "./p-spin/parameters";
import { phaseRetrieval } from "./phase-retrieval/parameters";
import { quadraticNetwork } from "./quadratic-network/parameters";
import { spikedMatrixTensor } from "./spiked-matrix-tensor/parameters";
import type { System } from "./system";

/** Every system, in the order of the papers. To add one, add its folder and its line here. */
export const systems: readonly System[] = [
  pSpin as System,
  spikedMatrixTensor as System,
  phaseRetrieval as System,
  quadraticNetwork as System,
];
