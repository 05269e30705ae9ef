import { positive } from "../../core/check";
import { InvalidParameterError } from "../../core/errors";
import { findRoot } from "../../numerics/roots";
import type { Modes } from "./modes";

/**
 * Largest constant rate at which the second moments stay bounded: the root η of (RF.5)
 * (η/m) Σ n λ/(2 − ηλ(1 + 1/m)) = 1.
 * @throws InvalidParameterError
 */
export function stabilityRate({ eigenvalue, multiplicity }: Modes, batchSize: number): number {
  checkBatch("batchSize", batchSize);
  const spread = 1 + 1 / batchSize;
  const largest = eigenvalue.reduce((x, y) => Math.max(x, y), 0);
  const gain = (rate: number) => {
    let sum = 0;
    for (let k = 0; k < eigenvalue.length; k++) {
      const lambda = eigenvalue[k];
      sum += (multiplicity[k] * lambda) / Math.max(2 - rate * lambda * spread, Number.MIN_VALUE); // RF.5
    }
    return (rate / batchSize) * sum - 1;
  };
  // The pole of the largest mode: no rate beyond it is stable.
  const pole = 2 / (largest * spread);
  return findRoot(gain, 0, pole * (1 - 1e-15), { tolerance: 1e-14 });
}

/** @throws InvalidParameterError unless it is a finite number of at least 1. */
export function checkBatch(name: string, batchSize: number): number {
  if (batchSize < 1) throw new InvalidParameterError(name, batchSize, "a number of at least 1");
  return positive(name, batchSize);
}
