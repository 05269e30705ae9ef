import { untrainedTail } from "../../models/random-features/modes";
import type { PowerLawFeatures } from "../../models/random-features/problem";
import type { Projection } from "../../models/random-features/projection";

/** Coefficients of one step: g2, g3 and 1 − Δ of (RF.24). */
export interface StepCoefficients {
  readonly direct: number;
  readonly accumulated: number;
  readonly kept: number;
}

/** A student at work: it is given normals and does the steps of SGD. */
export interface Student {
  /** Normals that one example takes. */
  readonly inputs: number;
  start(): void;
  /** One step on `batch` examples, whose normals stand one after the other. */
  step(normals: Float64Array, batch: number, coefficients: StepCoefficients): void;
  /** Population loss less σ², exactly, from the weights. */
  loss(): number;
}

/**
 * The student on the first N modes. Its state is e_k = √λ_k (w_k − w*_k), so that Σ e² is the excess loss; examples have
 * ψ_k = √λ_k z_k, and what the untrained modes add to the target is a normal like the label noise.
 */
export function createTopStudent(problem: PowerLawFeatures): Student {
  const { targetExponent: a, spectrumExponent: b, features, labelNoise } = problem;
  const lambda = Float64Array.from({ length: features }, (_, k) => (k + 1) ** -b);
  const tail = untrainedTail(problem);
  const spread = Math.sqrt(labelNoise + tail);
  const error = new Float64Array(features);
  const memory = new Float64Array(features);
  const gradient = new Float64Array(features);
  return {
    inputs: features + 1,
    start() {
      for (let k = 0; k < features; k++) error[k] = -((k + 1) ** (-a / 2));
      memory.fill(0);
    },
    step(normals, batch, { direct, accumulated, kept }) {
      gradient.fill(0);
      for (let example = 0; example < batch; example++) {
        const at = example * (features + 1);
        let residual = -spread * normals[at + features];
        for (let k = 0; k < features; k++) residual += error[k] * normals[at + k];
        for (let k = 0; k < features; k++) gradient[k] += residual * normals[at + k];
      }
      for (let k = 0; k < features; k++) {
        const g = (lambda[k] * gradient[k]) / batch;
        memory[k] = kept * memory[k] + g;
        error[k] -= direct * g + accumulated * memory[k]; // RF.24
      }
    },
    loss: () => error.reduce((sum, value) => sum + value * value, tail),
  };
}

/** The student on features Gψ, with its N weights themselves. */
export function createProjectedStudent(problem: PowerLawFeatures, projection: Projection): Student {
  const { targetExponent: a, spectrumExponent: b, labelNoise } = problem;
  const count = projection.length;
  const modes = projection[0].length;
  const root = Float64Array.from({ length: modes }, (_, k) => (k + 1) ** (-b / 2));
  /** √λ_k w*_k. */
  const target = Float64Array.from({ length: modes }, (_, k) => (k + 1) ** (-a / 2));
  const spread = Math.sqrt(labelNoise);
  const weights = new Float64Array(count);
  const memory = new Float64Array(count);
  const gradient = new Float64Array(count);
  const inputs = new Float64Array(count);
  return {
    inputs: modes + 1,
    start() {
      weights.fill(0);
      memory.fill(0);
    },
    step(normals, batch, { direct, accumulated, kept }) {
      gradient.fill(0);
      for (let example = 0; example < batch; example++) {
        const at = example * (modes + 1);
        let residual = -spread * normals[at + modes];
        for (let k = 0; k < modes; k++) residual -= target[k] * normals[at + k];
        for (let i = 0; i < count; i++) {
          let x = 0;
          for (let k = 0; k < modes; k++) x += projection[i][k] * root[k] * normals[at + k];
          inputs[i] = x;
          residual += weights[i] * x;
        }
        for (let i = 0; i < count; i++) gradient[i] += residual * inputs[i];
      }
      for (let i = 0; i < count; i++) {
        const g = gradient[i] / batch;
        memory[i] = kept * memory[i] + g;
        weights[i] -= direct * g + accumulated * memory[i]; // RF.24
      }
    },
    loss() {
      let loss = 0;
      for (let k = 0; k < modes; k++) {
        let predicted = 0;
        for (let i = 0; i < count; i++) predicted += projection[i][k] * weights[i];
        loss += (root[k] * predicted - target[k]) ** 2;
      }
      return loss;
    },
  };
}
