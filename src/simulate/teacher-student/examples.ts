import type { Streams } from "../../numerics/streams";
import type { Network } from "./network";

/** Where the examples of a step come from. An example is known by its number within the step. */
export interface Examples {
  /** Chooses, or draws, the examples of the next step. */
  next(): void;
  /** The input of example `member`; changed by the next call. */
  input(member: number): Float64Array;
  /** Its label. */
  label(member: number): number;
  /** ½ mean (S − y)² over the data set; absent for fresh examples. */
  readonly trainingError?: () => number;
}

/** A fresh example every time. */
export function freshExamples(
  network: Network,
  labelNoise: number,
  streams: Streams,
  sample: number,
): Examples {
  const inputs = streams.stream("data", sample, 0);
  const label = createLabels(network, labelNoise, streams, sample);
  const input = new Float64Array(network.dimension);
  return {
    next() {},
    input() {
      inputs.fillNormal(input);
      return input;
    },
    label: () => label(input),
  };
}

/**
 * P examples, drawn once; a step takes B different ones, all sets of them alike, and all in their order at B = P. The
 * examples are independent of those of other samples.
 */
export function fixedExamples(
  network: Network,
  {
    dataSet,
    batch,
    labelNoise,
  }: { readonly dataSet: number; readonly batch: number; readonly labelNoise: number },
  streams: Streams,
  sample: number,
): Examples {
  const { dimension } = network;
  const all = new Float64Array(dataSet * dimension);
  streams.stream("data", sample, 0).fillNormal(all);
  const inputs = Array.from({ length: dataSet }, (_, p) => all.subarray(p * dimension, (p + 1) * dimension));
  const labels = Float64Array.from(inputs, createLabels(network, labelNoise, streams, sample));
  const order = Uint32Array.from(inputs, (_, p) => p);
  const choice = streams.stream("batch", sample, 0);
  return {
    next() {
      if (batch === dataSet) return;
      // Fisher and Yates as far as needed: the first B of a random order are a random set, whatever the order was.
      for (let k = 0; k < batch; k++) {
        const other = k + choice.integer(dataSet - k);
        const chosen = order[other];
        order[other] = order[k];
        order[k] = chosen;
      }
    },
    input: (member) => inputs[order[member]],
    label: (member) => labels[order[member]],
    trainingError() {
      let sum = 0;
      for (let p = 0; p < dataSet; p++) sum += (network.student(inputs[p]) - labels[p]) ** 2;
      return sum / (2 * dataSet);
    },
  };
}

/** y = T(x) + σζ. */
function createLabels(network: Network, labelNoise: number, streams: Streams, sample: number) {
  const noise = streams.stream("noise", sample, 0);
  const buffer = new Float64Array(256);
  let next = buffer.length;
  return (input: Float64Array): number => {
    const label = network.teacher(input);
    if (labelNoise === 0) return label;
    if (next === buffer.length) {
      noise.fillNormal(buffer);
      next = 0;
    }
    return label + labelNoise * buffer[next++];
  };
}
