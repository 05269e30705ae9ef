import fc from "fast-check";
import { bytesOf, type Reals } from "../../../src/kernels";
import { type Check, demand, type Make, numbers } from "./check";

/** Rounding, relative to Σ|a||b|, by the bytes of a number. */
const TOLERANCE = { 8: 1e-13, 4: 1e-6 } as const;
type Bytes = keyof typeof TOLERANCE;

interface Shape {
  readonly rows: number;
  readonly inner: number;
  readonly columns: number;
  readonly transposed: boolean;
  readonly bytes: Bytes;
}

function multiply(
  make: Make,
  { rows, inner, columns, transposed, bytes }: Shape,
  spoil?: (a: Reals) => void,
) {
  const lengths = [rows * inner, inner * columns, rows * columns];
  const workspace = make(bytesOf(...lengths.map((length) => bytes * length)));
  const [a, b, c] = lengths.map((length, k) => {
    const view = bytes === 8 ? workspace.float64(length) : workspace.float32(length);
    view.set(numbers(length, k));
    return view;
  });
  spoil?.(a);
  const before = c.slice();
  const { multiplyAdd, multiplyTransposedAdd } = workspace.kernels;
  (transposed ? multiplyTransposedAdd : multiplyAdd)(rows, inner, columns, a, b, c);
  return { a, b, c, before };
}

function demandProduct(make: Make, shape: Shape): void {
  const { rows, inner, columns, transposed, bytes } = shape;
  const { a, b, c, before } = multiply(make, shape);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      let sum = before[i * columns + j];
      let scale = Math.abs(sum);
      for (let k = 0; k < inner; k++) {
        const term = a[transposed ? k * rows + i : i * inner + k] * b[k * columns + j];
        sum += term;
        scale += Math.abs(term);
      }
      const found = c[i * columns + j];
      demand(
        Math.abs(found - sum) <= TOLERANCE[bytes] * scale,
        () => `${JSON.stringify(shape)}: entry (${i}, ${j}) is ${found}, not ${sum}`,
      );
    }
  }
}

const WAYS = ([8, 4] as const).flatMap((bytes) =>
  [false, true].map((transposed) => ({
    bytes,
    transposed,
    label: `${transposed ? "Aᵀ" : "A"} B in ${bytes === 8 ? "doubles" : "singles"}`,
  })),
);
/** Below, at and above the tiles and panels. */
const EDGES = [0, 1, 2, 4, 5, 8, 9];

export const checks: readonly Check[] = WAYS.flatMap(({ bytes, transposed, label }): Check[] => [
  {
    name: `C + ${label} at the edges of the tiles`,
    run(make) {
      for (const rows of EDGES) {
        for (const inner of [0, 1, 4, 5]) {
          for (const columns of EDGES) demandProduct(make, { rows, inner, columns, transposed, bytes });
        }
      }
    },
  },
  {
    name: `C + ${label} for any sizes`,
    run(make) {
      const size = fc.nat(40);
      const shapes = fc.record({ rows: size, inner: size, columns: size });
      const property = fc.property(shapes, (shape) => demandProduct(make, { ...shape, transposed, bytes }));
      fc.assert(property, { numRuns: 40 });
    },
  },
  {
    name: `C + ${label} across panels`,
    run(make) {
      demandProduct(make, { rows: 5, inner: 515, columns: 3, transposed, bytes });
      demandProduct(make, { rows: 6, inner: 30, columns: 150, transposed, bytes });
      demandProduct(make, { rows: 9, inner: 300, columns: 1, transposed, bytes });
    },
  },
  {
    name: `C + ${label} passes a NaN on, and only where it belongs`,
    run(make) {
      for (const columns of [1, 3, 8]) {
        const shape = { rows: 6, inner: 7, columns, transposed, bytes };
        const { c } = multiply(make, shape, (a) => {
          a[transposed ? 2 * 6 + 4 : 4 * 7 + 2] = Number.NaN;
        });
        for (const [k, x] of c.entries()) {
          demand(Number.isNaN(x) === (Math.floor(k / columns) === 4), () => `entry ${k} is ${x}`);
        }
      }
    },
  },
]);
