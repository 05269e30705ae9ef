import { type DataBlock, dataNormals } from "./data";
import type { MlpModel } from "./problem";
import { networkOutputs, type TwoLayerNetwork } from "./two-layer";

/**
 * The network of model "mlp" with its data: normal inputs x ∈ R^d with components of variance μ2/d, so that |x|² is about μ2, and
 * the labels of a teacher of the same form, tanh or what the activation is, with normal weights.
 */
export const networkOf = (model: MlpModel, seed: number | string): TwoLayerNetwork =>
  labelled(model, model.samples, seed, "inputs");

/** (1/T) Σ (f(x) − y)² over T fresh inputs, without label noise, equation (LN35): the same ones in theory and simulation. */
export function networkTestError(model: MlpModel, seed: number | string): (w: Float64Array) => number {
  const fresh = labelled(model, model.testSamples, seed, "test");
  const outputs = new Float64Array(model.testSamples);
  return (w) => {
    networkOutputs(fresh, w, outputs);
    return outputs.reduce((sum, f, a) => sum + (f - fresh.targets[a]) ** 2, 0) / model.testSamples;
  };
}

function labelled(model: MlpModel, count: number, seed: number | string, block: DataBlock): TwoLayerNetwork {
  const { n: width, inputDimension: dimension, activation, teacherWidth, inputVariance } = model;
  const scale = Math.sqrt(inputVariance / dimension);
  const inputs = dataNormals(count * dimension, seed, block).map((x) => scale * x);
  const targets = new Float64Array(count);
  if (teacherWidth > 0) {
    const teacher = dataNormals(teacherWidth * (1 + dimension), seed, "target");
    networkOutputs({ width: teacherWidth, dimension, activation, inputs }, teacher, targets);
  }
  return { width, dimension, activation, inputs, targets };
}
