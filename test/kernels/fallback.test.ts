import { afterEach, expect, it, vi } from "vitest";
import { suite } from "./suite";

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

/** The kernels as a program finds them that has chosen no layer yet, and what they say. */
async function importKernels() {
  vi.resetModules();
  const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
  return { ...(await import("../../src/kernels")), warn };
}

it("takes the plain layer without WebAssembly, and says so once", async () => {
  vi.stubGlobal("WebAssembly", undefined);
  const { createWorkspace, kernelLayer, useKernels, warn } = await importKernels();
  for (const check of suite) check.run(createWorkspace);
  expect(kernelLayer()).toBe("plain");
  expect(warn.mock.calls).toEqual([
    ["twotime: there is no WebAssembly here; plain kernels are used, several times slower."],
  ]);
  expect(() => useKernels("simd")).toThrow(
    'kernels is "simd"; allowed: "plain" here: there is no WebAssembly',
  );
});

it("takes the plain layer where WebAssembly has no SIMD", async () => {
  vi.stubGlobal("WebAssembly", { ...WebAssembly, validate: () => false });
  const { kernelLayer, warn } = await importKernels();
  expect([kernelLayer(), kernelLayer()]).toEqual(["plain", "plain"]);
  expect(warn.mock.calls).toEqual([
    ["twotime: WebAssembly has no SIMD here; plain kernels are used, several times slower."],
  ]);
});

it("takes WebAssembly where it can, in silence", async () => {
  const { kernelLayer, warn } = await importKernels();
  expect(kernelLayer()).toBe("simd");
  expect(warn).not.toHaveBeenCalled();
});
