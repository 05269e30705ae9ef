import { InvalidParameterError, MemoryError } from "../core/errors";
import { plainKernels } from "./plain";
import { createSimdWorkspace, simdSupport } from "./simd";
import { createArena, type Workspace } from "./workspace";

/** The implementations of the kernels: plain TypeScript everywhere, WebAssembly with SIMD where there is any. */
export type Layer = "plain" | "simd";

let layer: Layer | undefined;

/**
 * Forces a layer, e.g. to compare results; what was made before keeps its own.
 * @throws InvalidParameterError for another name, or for "simd" where the machine has none.
 */
export function useKernels(wanted: Layer): void {
  if (wanted !== "plain" && wanted !== "simd") {
    throw new InvalidParameterError("kernels", wanted, '"plain" or "simd"');
  }
  const missing = wanted === "simd" && simdSupport();
  if (missing) throw new InvalidParameterError("kernels", wanted, `"plain" here: ${missing}`);
  layer = wanted;
}

/** The layer in use: the best there is, unless one was forced. The choice is made once. */
export function kernelLayer(): Layer {
  if (layer === undefined) {
    const missing = simdSupport();
    layer = missing ? "plain" : "simd";
    if (missing) console.warn(`twotime: ${missing}; plain kernels are used, several times slower.`);
  }
  return layer;
}

/**
 * Memory for `bytes` (see {@link float64Bytes}) with the kernels of the layer in use.
 * @throws MemoryError where there is less.
 */
export function createWorkspace(bytes: number): Workspace {
  if (kernelLayer() === "simd") return createSimdWorkspace(bytes);
  try {
    return { ...createArena(new ArrayBuffer(bytes)), kernels: plainKernels };
  } catch (error) {
    if (error instanceof RangeError) throw new MemoryError(bytes, 0);
    throw error;
  }
}
