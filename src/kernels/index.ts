export { type Kernels, type PhiloxStream, type Reals, responseRoom } from "./kernels";
export { createWorkspace, kernelLayer, type Layer, useKernels } from "./layer";
export { type Arena, bytesOf, float64Bytes, type Workspace } from "./workspace";
