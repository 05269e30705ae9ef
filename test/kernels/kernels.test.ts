import { afterAll, describe, it } from "vitest";
import { createWorkspace, kernelLayer, useKernels, type Workspace } from "../../src/kernels";
import { suite } from "./suite";

const chosen = kernelLayer();
const LAYERS = chosen === "simd" ? (["plain", "simd"] as const) : (["plain"] as const);
const ROOM = 2 ** 22;

afterAll(() => useKernels(chosen));

describe.each(LAYERS)("kernels, %s layer", (layer) => {
  let workspace: Workspace | undefined;
  let left = 0;
  /** Hands one workspace out until it is used up: to make one takes milliseconds, and checks ask for hundreds. */
  const make = (bytes: number) => {
    if (!workspace || bytes > left) {
      useKernels(layer);
      left = Math.max(bytes, ROOM);
      workspace = createWorkspace(left);
    }
    left -= bytes;
    return workspace;
  };
  it.each(suite)("$name", ({ run }) => run(make));
});
