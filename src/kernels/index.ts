export {
  type AgingKernels,
  GRID_STENCIL,
  type MemoryFactors,
  type NodeArrays,
  type OwnWeights,
  type PanelMemoryArrays,
  type PlaceTable,
  ROW_STENCIL,
  type RowHistory,
} from "./aging";
export {
  type ForceExpansion,
  type Kernels,
  type PhiloxStream,
  type Reals,
  type ResponseSteps,
  responseRoom,
} from "./kernels";
export { createWorkspace, kernelLayer, type Layer, useKernels } from "./layer";
export type { ModeKernels, ModeStep } from "./modes";
export type { ParticleFields, ParticleKernels } from "./particles";
export type { MemoryCoefficients, MemoryIntegrals, TwoTimeKernels } from "./two-time";
export { type Arena, bytesOf, float64Bytes, type Workspace } from "./workspace";
