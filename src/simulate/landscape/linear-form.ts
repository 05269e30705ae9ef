import { type SymmetricTensor, sampleEntries } from "./symmetric-tensor";

/** The tensor of order 1: a random field. @param size N */
export function createLinearForm(size: number): SymmetricTensor {
  const entries = new Float64Array(size);
  return {
    order: 1,
    size,
    entries,
    sample: (stream) => sampleEntries(stream, entries, 1, size),
    contract(states, gradients, scale, values) {
      for (const [r, x] of states.entries()) {
        const gradient = gradients[r];
        values[r] = 0;
        for (let i = 0; i < size; i++) {
          values[r] += entries[i] * x[i];
          gradient[i] += scale * entries[i];
        }
      }
    },
  };
}
