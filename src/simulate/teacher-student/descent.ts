import { type Activation, activationFunction } from "../../models/teacher-student";
import type { Examples } from "./examples";
import type { Network } from "./network";

/** How a step goes. */
export interface DescentRule {
  readonly activation: Activation;
  /** Examples B of a step. */
  readonly batch: number;
  /** Factor of the learning rate for the second layer: 0, 1/N, or 1. */
  readonly secondLayerFactor: number;
}

/** One step of SGD at a learning rate η. */
export type Descent = (rate: number) => void;

/**
 * Gradient steps on the mean of (S − y)²/2 over the batch, with D = S − y and all of D, v and w of before the step (TS.1, TS.2):
 *
 *   w_k ← w_k − (η/√N) ⟨v_k D g′(λ_k) x⟩_B ,   v_k ← v_k − η ⟨D g(λ_k)⟩_B · (1/N, or 1)
 */
export function createDescent(network: Network, examples: Examples, rule: DescentRule): Descent {
  const { dimension, rows, studentWeights, fields } = network;
  const { batch, secondLayerFactor } = rule;
  const { value, derivative } = activationFunction(rule.activation);
  const students = rows.length;
  const slopes = new Float64Array(students);
  const secondSlopes = new Float64Array(students);
  const gradients = batch > 1 ? rows.map(() => new Float64Array(dimension)) : [];

  /** The example's part of the gradients in λ_k, and of those in v_k. */
  function differentiate(input: Float64Array, label: number): void {
    const difference = network.student(input) - label;
    for (let k = 0; k < students; k++) {
      slopes[k] = studentWeights[k] * difference * derivative(fields[k]);
      if (secondLayerFactor > 0) secondSlopes[k] += difference * value(fields[k]);
    }
  }

  return (rate) => {
    examples.next();
    const step = rate / (Math.sqrt(dimension) * batch);
    secondSlopes.fill(0);
    if (batch === 1) {
      const input = examples.input(0);
      differentiate(input, examples.label(0));
      for (let k = 0; k < students; k++) addScaled(rows[k], -step * slopes[k], input);
    } else {
      for (const gradient of gradients) gradient.fill(0);
      for (let member = 0; member < batch; member++) {
        const input = examples.input(member);
        differentiate(input, examples.label(member));
        for (let k = 0; k < students; k++) addScaled(gradients[k], slopes[k], input);
      }
      for (let k = 0; k < students; k++) addScaled(rows[k], -step, gradients[k]);
    }
    if (secondLayerFactor === 0) return;
    for (let k = 0; k < students; k++) {
      studentWeights[k] -= ((rate * secondLayerFactor) / batch) * secondSlopes[k];
    }
  };
}

/** y ← y + amount·x. */
function addScaled(y: Float64Array, amount: number, x: Float64Array): void {
  for (let i = 0; i < y.length; i++) y[i] += amount * x[i];
}
