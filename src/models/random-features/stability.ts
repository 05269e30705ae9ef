import { positive } from "../../core/check";
import { InvalidParameterError } from "../../core/errors";
import { findRoot } from "../../numerics/roots";
import { checkModes, type Modes } from "./modes";

/** Momentum that does not change along a run. */
export interface ConstantMomentum {
  readonly kind: "heavy-ball" | "nesterov";
  /** β, from 0 to below 1. */
  readonly momentum: number;
}

const NONE: ConstantMomentum = { kind: "heavy-ball", momentum: 0 };

/**
 * Largest constant rate at which the second moments stay bounded: the root η of (RF.5)
 * (η/m) Σ n λ/(2 − ηλ(1 + 1/m)) = 1, which is Σ n V/(m − V) = 1 with V = ηλ/(2 − ηλ), and with momentum V of (RF.25) at rest.
 * @throws InvalidParameterError
 */
export function stabilityRate(modes: Modes, batchSize: number, momentum: ConstantMomentum = NONE): number {
  const { eigenvalue, multiplicity } = checkModes(modes);
  checkBatch("batchSize", batchSize);
  const beta = momentum.momentum;
  if (!(beta >= 0 && beta < 1)) {
    throw new InvalidParameterError("momentum.momentum", beta, "a number of at least 0 and below 1");
  }
  const largest = eigenvalue.reduce((x, y) => Math.max(x, y), 0);
  const gain = (rate: number) => {
    let sum = 0;
    for (let k = 0; k < eigenvalue.length; k++) {
      const { above, below } = varianceOf(momentum, rate * eigenvalue[k]);
      sum += (multiplicity[k] * above) / Math.max(batchSize * below - above, Number.MIN_VALUE); // RF.5
    }
    return sum - 1;
  };
  // Without any noise of the gradients the largest mode is stable up to here.
  const end = (2 * (1 + beta)) / (momentum.kind === "nesterov" ? 1 + 2 * beta : 1) / largest;
  return findRoot(gain, 0, end * (1 - 1e-15), { tolerance: 1e-14 });
}

/**
 * λ²⟨d²⟩ of a mode in units of the variance of its gradient's noise, at x = ηλ, as above/below: that of a recursion of second
 * order, d(t + 1) = p d(t) − q d(t − 1) + noise, which is the rest of (RF.25).
 */
function varianceOf({ kind, momentum: beta }: ConstantMomentum, x: number) {
  if (kind === "heavy-ball") {
    return { above: x * (1 + beta), below: (1 - beta) * (2 * (1 + beta) - x) };
  }
  const q = beta * (1 - x);
  const noise = (1 + q) * ((1 + beta) ** 2 + beta ** 2) - 2 * beta * (1 + beta) ** 2 * (1 - x);
  return { above: x * noise, below: (1 - q) * (2 * (1 + beta) - x * (1 + 2 * beta)) };
}

/** @throws InvalidParameterError unless it is a finite number of at least 1. */
export function checkBatch(name: string, batchSize: number): number {
  if (batchSize < 1) throw new InvalidParameterError(name, batchSize, "a number of at least 1");
  return positive(name, batchSize);
}
