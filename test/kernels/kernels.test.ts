import { afterAll, describe, it } from "vitest";
import { createWorkspace, kernelLayer, useKernels } from "../../src/kernels";
import { suite } from "./suite";

const chosen = kernelLayer();
const LAYERS = chosen === "simd" ? (["plain", "simd"] as const) : (["plain"] as const);

afterAll(() => useKernels(chosen));

describe.each(LAYERS)("kernels, %s layer", (layer) => {
  const make = (bytes: number) => {
    useKernels(layer);
    return createWorkspace(bytes);
  };
  it.each(suite)("$name", ({ run }) => run(make));
});
