import { createWorkspace, kernelLayer, type Layer, useKernels } from "../../src/kernels";
import { suite } from "../kernels/suite";

/** What the suite of the kernels found where it ran; plain data, so that it can be sent. */
export interface Outcome {
  readonly layer: Layer;
  readonly passed: number;
  readonly failures: readonly string[];
}

/** Runs every check, on the layer chosen by itself or on the one asked for. */
export function runSuite(asked?: Layer): Outcome {
  if (asked) useKernels(asked);
  const failures: string[] = [];
  for (const { name, run } of suite) {
    try {
      run(createWorkspace);
    } catch (error) {
      failures.push(`${name}: ${error instanceof Error ? error.message : error}`);
    }
  }
  return { layer: kernelLayer(), passed: suite.length - failures.length, failures };
}
