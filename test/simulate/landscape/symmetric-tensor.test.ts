import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createStreams } from "../../../src/numerics/streams";
import {
  createSymmetricTensor,
  type SymmetricTensor,
  uniqueEntries,
} from "../../../src/simulate/landscape/symmetric-tensor";
import { createTensorBlocks } from "../../../src/simulate/landscape/tensor-blocks";

const SEED = 20261122;

/** The tensor as its unique entries, and as blocks for three vectors. */
const FORMS: readonly [string, (order: number, size: number) => SymmetricTensor][] = [
  ["unique entries", createSymmetricTensor],
  ["blocks", (order, size) => createTensorBlocks(order, size, 3)],
];

function sampled(order: number, size: number, create = FORMS[0][1]) {
  const tensor = create(order, size);
  for (const _ of tensor.sample(createStreams(SEED).stream("disorder", 0, order)));
  return tensor;
}

function normals(size: number, sample = 0): Float64Array {
  const x = new Float64Array(size);
  createStreams(SEED).stream("start", sample).fillNormal(x);
  return x;
}

/** All i1 ≤ … ≤ ip in lexicographic order. */
function* sortedIndices(order: number, size: number, from = 0): Generator<number[]> {
  if (order === 0) yield [];
  else {
    for (let i = from; i < size; i++)
      for (const rest of sortedIndices(order - 1, size, i)) yield [i, ...rest];
  }
}

/** Value and gradient entry by entry, from the definition. */
function byDefinition(entries: Float64Array, order: number, x: Float64Array) {
  const gradient = new Float64Array(x.length);
  let value = 0;
  let position = 0;
  for (const indices of sortedIndices(order, x.length)) {
    const entry = entries[position++];
    value += indices.reduce((product, i) => product * x[i], entry);
    for (const [k, i] of indices.entries()) {
      gradient[i] += indices.reduce((product, j, l) => (l === k ? product : product * x[j]), entry);
    }
  }
  return { value, gradient };
}

/** Value and gradient at one vector. */
function contract(tensor: SymmetricTensor, x: Float64Array, gradient = new Float64Array(x.length)): number {
  const values = new Float64Array(1);
  tensor.contract([x], [gradient], 1, values);
  return values[0];
}

describe("symmetric tensor", () => {
  it("counts its unique entries", () => {
    expect(uniqueEntries(2, 100)).toBe(5050);
    expect(uniqueEntries(3, 200)).toBe(1353400);
    expect(uniqueEntries(6, 7)).toBe([...sortedIndices(6, 7)].length);
  });

  it.each(FORMS)("contracts as the definition says, for any order and size, to rounding: %s", (_, create) => {
    fc.assert(
      fc.property(fc.constantFrom(2, 3, 4, 6), fc.integer({ min: 1, max: 11 }), (order, size) => {
        const tensor = sampled(order, size, create);
        const states = [0, 1, 2].map((sample) => normals(size, sample));
        const gradients = states.map(() => new Float64Array(size).fill(7));
        const values = new Float64Array(3);
        tensor.contract(states, gradients, -2.5, values);
        for (const [r, x] of states.entries()) {
          const exact = byDefinition(tensor.entries, order, x);
          const scale = exact.gradient.reduce((most, g) => Math.max(most, Math.abs(g)), 1);
          expect(Math.abs(values[r] - exact.value)).toBeLessThan(1e-12 * scale * size);
          for (let i = 0; i < size; i++) {
            const error = gradients[r][i] - 7 + 2.5 * exact.gradient[i];
            expect(Math.abs(error)).toBeLessThan(1e-12 * scale * size);
          }
        }
      }),
      { seed: SEED, numRuns: 60 },
    );
  });

  it.each([2, 3, 4, 6])("has the gradient of finite differences, p = %i", (order) => {
    const size = 9;
    const tensor = sampled(order, size);
    const x = normals(size);
    const gradient = new Float64Array(size);
    const value = contract(tensor, x, gradient);
    const h = 1e-4;
    for (let i = 0; i < size; i++) {
      const at = (shift: number) => contract(tensor, x.with(i, x[i] + shift));
      // Fourth-order differences: error h⁴ times a fifth derivative.
      const slope = (8 * (at(h) - at(-h)) - (at(2 * h) - at(-2 * h))) / (12 * h);
      expect(Math.abs(gradient[i] - slope)).toBeLessThan(1e-8 * (1 + Math.abs(slope)));
    }
    const euler = gradient.reduce((sum, g, i) => sum + g * x[i], 0);
    expect(euler).toBeCloseTo(order * value, 9);
  });

  it("is the dense symmetric matrix for p = 2", () => {
    const size = 23;
    const tensor = sampled(2, size);
    const x = normals(size);
    const dense = Array.from({ length: size }, () => new Float64Array(size));
    let position = 0;
    for (const [i, j] of sortedIndices(2, size)) {
      const entry = tensor.entries[position++];
      dense[i][j] += entry / 2;
      dense[j][i] += entry / 2;
    }
    const image = dense.map((row) => row.reduce((sum, a, k) => sum + a * x[k], 0));
    const energy = image.reduce((sum, a, k) => sum + a * x[k], 0);
    const gradient = new Float64Array(size);
    expect(contract(tensor, x, gradient)).toBeCloseTo(energy, 10);
    for (let i = 0; i < size; i++) expect(gradient[i]).toBeCloseTo(2 * image[i], 10);
  });

  it("weights entries with the root of their number of permutations", () => {
    const tensor = createSymmetricTensor(4, 3);
    const ones = { ...createStreams(SEED).stream("disorder", 0), fillNormal };
    function fillNormal(out: Float64Array, from = 0, to = out.length) {
      out.fill(1, from, to);
    }
    for (const _ of tensor.sample(ones));
    let position = 0;
    for (const indices of sortedIndices(4, 3)) {
      const distinct = new Set<string>();
      for (let code = 0; code < 81; code++) {
        const word = [code % 3, Math.floor(code / 3) % 3, Math.floor(code / 9) % 3, Math.floor(code / 27)];
        if ([...word].sort().join() === indices.join()) distinct.add(word.join());
      }
      expect(tensor.entries[position++]).toBeCloseTo(Math.sqrt(distinct.size), 14);
    }
  });

  it("takes the same numbers from a stream as one unbroken fill", () => {
    const size = 900;
    const tensor = sampled(2, size);
    const numbers = new Float64Array(uniqueEntries(2, size));
    createStreams(SEED).stream("disorder", 0, 2).fillNormal(numbers);
    const position = numbers.length - 1;
    expect(numbers.length).toBeGreaterThan(2 ** 18);
    expect(tensor.entries[position]).toBe(numbers[position]);
    expect(tensor.entries[position - 1]).toBeCloseTo(Math.SQRT2 * numbers[position - 1], 14);
  });
});
