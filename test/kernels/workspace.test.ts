import { afterAll, describe, expect, it } from "vitest";
import { MemoryError } from "../../src/core/errors";
import { createWorkspace, float64Bytes, kernelLayer, useKernels } from "../../src/kernels";

const chosen = kernelLayer();
const LAYERS = chosen === "simd" ? (["plain", "simd"] as const) : (["plain"] as const);

afterAll(() => useKernels(chosen));

describe.each(LAYERS)("workspace, %s layer", (layer) => {
  const make = (bytes: number) => {
    useKernels(layer);
    return createWorkspace(bytes);
  };

  it("hands out zero views, aligned and apart", () => {
    const workspace = make(float64Bytes(3, 5) + float64Bytes(2));
    const [a, b] = [workspace.float64(3), workspace.float64(5)];
    const c = workspace.int32(3);
    for (const view of [a, b, c]) expect(view.byteOffset % 64).toBe(0);
    a.fill(1);
    c.fill(7);
    expect([...b]).toEqual([0, 0, 0, 0, 0]);
    expect([...a]).toEqual([1, 1, 1]);
  });

  it("says how much a problem that does not fit would take", () => {
    const workspace = make(float64Bytes(8));
    workspace.float64(8);
    const beyond = 1e6;
    const attempt = () => workspace.float64(beyond);
    expect(attempt).toThrow(MemoryError);
    expect(attempt).toThrow(/takes 8 MB of memory in one piece; there is (64 bytes|\d+ kB)/);
    expect(() => make(8e12)).toThrow(/takes 8000 GB/);
  });
});

it("refuses views of other memory in WebAssembly", () => {
  if (chosen !== "simd") return;
  const { kernels } = createWorkspace(64);
  const elsewhere = new Float64Array(4);
  expect(() => kernels.symmetricTimesVector(2, elsewhere, elsewhere, elsewhere)).toThrow("own workspace");
});

it("refuses a layer that is none", () => {
  expect(() => useKernels("fast" as "simd")).toThrow(/kernels is "fast"; allowed: "plain" or "simd"/);
});
