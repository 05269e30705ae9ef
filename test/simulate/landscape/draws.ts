import { pureCovariance } from "../../../src/models/covariance";
import { createStreams } from "../../../src/numerics/streams";
import { createGaussianLoss } from "../../../src/simulate/landscape/gaussian-loss";
import { projectOnSphere } from "../../../src/simulate/sphere";

const SEED = 20261122;
const streams = createStreams(SEED);

/** Standard normals of a sample, by purpose. */
export function normals(size: number, sample: number, purpose: "start" | "noise" = "start"): Float64Array {
  const out = new Float64Array(size);
  streams.stream(purpose, sample).fillNormal(out);
  return out;
}

/** A start on the sphere |x|² = N. */
export function start(size: number, sample = 0): Float64Array {
  const x = normals(size, sample);
  projectOnSphere(x);
  return x;
}

/** The pure 3-spin loss of a sample. */
export function lossOf(size: number, sample = 0) {
  const loss = createGaussianLoss(pureCovariance(3), size);
  for (const _ of loss.draw(streams, sample));
  return loss;
}
