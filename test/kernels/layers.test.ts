import { expect, it } from "vitest";
import { float64Bytes, kernelLayer } from "../../src/kernels";
import { plainKernels } from "../../src/kernels/plain";
import { createSimdWorkspace } from "../../src/kernels/simd";
import { numbers } from "./suite/check";

const SHAPES: [number, number][] = [1, 3, 4, 7, 8, 13, 32, 57, 130].flatMap((size) =>
  [1, 3, 4, 11].map((columns): [number, number] => [size, columns]),
);
// Deeper than a packed panel.
SHAPES.push([600, 5]);

/** Every entry of both layers gets the same terms in the same order. */
it.runIf(kernelLayer() === "simd").each(SHAPES)(
  "factors and solves size %i with %i right-hand sides in both layers to the same bits",
  (size, columns) => {
    const workspace = createSimdWorkspace(
      float64Bytes(size * size, size * size, size * columns, size * columns, size),
    );
    const random = numbers(size * size, 1);
    const [simd, plain] = [workspace, { ...foreign, kernels: plainKernels }].map(
      ({ kernels, float64, int32 }) => {
        const [matrix, positive] = [float64(size * size), float64(size * size)];
        const [b, x] = [float64(size * columns), float64(size * columns)];
        const pivots = int32(size);
        matrix.set(random);
        positive.set(random.map((r, k) => (k % (size + 1) === 0 ? size : r)));
        b.set(numbers(size * columns, 2));
        x.set(b);
        kernels.factorLU(size, matrix, pivots);
        kernels.solveLU(size, matrix, pivots, columns, b);
        kernels.factorCholesky(size, positive);
        kernels.solveLower(size, positive, columns, x);
        kernels.solveLowerTransposed(size, positive, columns, x);
        return [matrix, pivots, b, positive, x].map((view) => [...view]);
      },
    );
    expect(simd).toEqual(plain);
  },
);

it.runIf(kernelLayer() === "simd").each([1, 2, 7, 1000])(
  "steps %i modes of a descent in both layers to the same bits",
  (count) => {
    const workspace = createSimdWorkspace(float64Bytes(count, count, count, count, 4));
    const [simd, plain] = [workspace, { ...foreign, kernels: plainKernels }].map(({ kernels, float64 }) => {
      const [eigenvalue, noiseWeight, before, row] = [1, 2, 3, 4].map((seed) => {
        const view = float64(count);
        view.set(numbers(count, seed));
        return view;
      });
      const sums = float64(4);
      return (["stepMoments", "stepAdjoints"] as const).map((name) => {
        kernels[name](count, 0.3, 1.5, 0.2, { eigenvalue, noiseWeight, before, row }, sums);
        return [...row, ...sums];
      });
    });
    expect(simd).toEqual(plain);
  },
);

/** Arrays of any memory, which is all that the plain kernels ask for. */
const foreign = {
  float64: (length: number) => new Float64Array(length),
  int32: (length: number) => new Int32Array(length),
};
