import { expect, it } from "vitest";
import { bytesOf, kernelLayer } from "../../src/kernels";
import { plainKernels } from "../../src/kernels/plain";
import { createSimdWorkspace } from "../../src/kernels/simd";

const DRAWS = 1021;
const LAST = 2 ** 32 - 1;
const STREAMS = [
  { key0: 0, key1: 0, purpose: 0, sample: 0, block: 0 },
  { key0: 3942601191, key1: 2803386578, purpose: 2, sample: 17, block: 0 },
  { key0: LAST, key1: LAST, purpose: LAST, sample: LAST, block: LAST },
];
const FIRSTS = [0, 2 ** 31 - 500, LAST - 500];

it.runIf(kernelLayer() === "simd")("words and normals are the same in both layers, to the last bit", () => {
  const simd = createSimdWorkspace(bytesOf(16 * DRAWS, 16 * DRAWS));
  const words = [simd.uint32(4 * DRAWS), new Uint32Array(4 * DRAWS)];
  const normals = [simd.float64(2 * DRAWS), new Float64Array(2 * DRAWS)];
  for (const stream of STREAMS) {
    for (const first of FIRSTS) {
      for (const [k, kernels] of [simd.kernels, plainKernels].entries()) {
        kernels.philox(stream, first, DRAWS, words[k]);
        kernels.normals(stream, first, DRAWS, normals[k]);
      }
      expect(words[0]).toEqual(words[1]);
      const bits = normals.map((x) => new BigUint64Array(x.buffer, x.byteOffset, x.length));
      expect(bits[0]).toEqual(bits[1]);
    }
  }
});
