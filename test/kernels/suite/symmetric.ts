import { float64Bytes } from "../../../src/kernels";
import { type Check, demand, type Make, numbers } from "./check";

const TOLERANCE = 1e-13;
const SIZES = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 13, 16, 17, 33, 50];

function demandProduct(make: Make, size: number): void {
  const workspace = make(float64Bytes(size * size, size, size));
  const [matrix, x, y] = [size * size, size, size].map((length) => workspace.float64(length));
  matrix.set(numbers(size * size, 1));
  x.set(numbers(size, 2));
  y.fill(Number.NaN);
  const entry = (i: number, j: number) => (i >= j ? matrix[i * size + j] : matrix[j * size + i]);
  // What is above the diagonal is not read.
  for (let i = 0; i < size; i++) matrix.fill(Number.NaN, i * size + i + 1, (i + 1) * size);
  workspace.kernels.symmetricTimesVector(size, matrix, x, y);
  for (let i = 0; i < size; i++) {
    let [sum, scale] = [0, 0];
    for (let j = 0; j < size; j++) {
      sum += entry(i, j) * x[j];
      scale += Math.abs(entry(i, j) * x[j]);
    }
    demand(Math.abs(y[i] - sum) <= TOLERANCE * scale, () => `entry ${i} of ${size} is ${y[i]}, not ${sum}`);
  }
}

/** Against the gradient and value of Σ_{j≤k} A_jk x_j x_k by its definition, for indices start … size − 1. */
function demandContraction(make: Make, size: number, start: number): void {
  const active = size - start;
  const position = 3;
  const packed = position + (active * (active + 1)) / 2;
  const workspace = make(float64Bytes(packed, size, size));
  const [entries, x, gradient] = [packed, size, size].map((length) => workspace.float64(length));
  entries.set(numbers(packed, 1));
  x.set(numbers(size, 2));
  gradient.set(numbers(size, 3));
  const weight = 0.7;
  const expected = Array.from(gradient);
  const scales = expected.map(Math.abs);
  let [value, valueScale] = [0, 0];
  let next = position;
  for (let j = start; j < size; j++) {
    for (let k = j; k < size; k++) {
      const entry = entries[next++];
      value += entry * x[j] * x[k];
      valueScale += Math.abs(entry * x[j] * x[k]);
      expected[j] += weight * entry * x[k];
      scales[j] += Math.abs(weight * entry * x[k]);
      expected[k] += weight * entry * x[j];
      scales[k] += Math.abs(weight * entry * x[j]);
    }
  }
  const found = workspace.kernels.contractTriangle(entries, position, start, x, gradient, weight);
  demand(Math.abs(found - value) <= TOLERANCE * valueScale, () => `the form is ${found}, not ${value}`);
  for (const [i, slope] of expected.entries()) {
    demand(
      Math.abs(gradient[i] - slope) <= TOLERANCE * scales[i],
      () => `gradient ${i} of ${size} from ${start} is ${gradient[i]}, not ${slope}`,
    );
  }
}

export const checks: readonly Check[] = [
  {
    name: "symmetric matrix times vector reads the lower triangle only",
    run: (make) => {
      for (const size of SIZES) demandProduct(make, size);
    },
  },
  {
    name: "quadratic form of a packed triangle and its gradient",
    run: (make) => {
      for (const size of SIZES) {
        for (const start of [0, 1, 2, 5]) if (start <= size) demandContraction(make, size, start);
      }
    },
  },
  {
    name: "a NaN in the triangle reaches the form and its two gradients",
    run(make) {
      const size = 9;
      const workspace = make(float64Bytes(45, size, size));
      const [entries, x, gradient] = [45, size, size].map((length) => workspace.float64(length).fill(1));
      entries[3] = Number.NaN;
      const value = workspace.kernels.contractTriangle(entries, 0, 0, x, gradient, 1);
      demand(Number.isNaN(value), () => "the form lost it");
      const spoilt = [...gradient.keys()].filter((i) => Number.isNaN(gradient[i]));
      demand(spoilt.join() === "0,3", () => `gradients ${spoilt.join()} are NaN, not 0,3`);
    },
  },
];
