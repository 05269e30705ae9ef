import { kernelLayer, type Layer, useKernels } from "../kernels";

const VARIABLE = "TWOTIME_KERNELS";

/**
 * Forces the kernels that the environment variable TWOTIME_KERNELS names ("plain" or "simd"), if it does.
 * @throws InvalidParameterError for another name, or for "simd" where there is none.
 */
export function useKernelsOfEnvironment(): void {
  const wanted = process.env[VARIABLE];
  if (wanted) useKernels(wanted as Layer);
}

/** The environment of a worker: its kernels are those of this thread, and why they are is not said again. */
export const environmentOfWorker = (): NodeJS.ProcessEnv => ({ ...process.env, [VARIABLE]: kernelLayer() });
