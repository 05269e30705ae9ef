import type { Stream } from "../../numerics/streams";
import { projectOnSphere } from "../sphere";
import { addSignal, removeSignal } from "./planted-signal";

/** A state to start from, x = m0 x* + r, and its random part r; without a signal r = x. */
export interface RandomStart {
  readonly state: Float64Array;
  /** r, uniform among the vectors of its length (orthogonal to x* with a signal). */
  readonly random: Float64Array;
  /** |r|² = N (1 − m0²). */
  readonly squaredLength: number;
}

/**
 * A point on |x|² = N: uniform, or uniform among those of the given overlap x*·x/N with the signal. Takes N
 * normal numbers either way.
 * @param overlap m0 from −1 to 1, held exactly at every N.
 */
export function drawStart(stream: Stream, size: number, overlap?: number): RandomStart {
  const random = new Float64Array(size);
  stream.fillNormal(random);
  if (overlap === undefined) {
    projectOnSphere(random);
    return { state: random.slice(), random, squaredLength: size };
  }
  removeSignal(random);
  projectOnSphere(random);
  const share = (1 - overlap) * (1 + overlap);
  for (let i = 0; i < size; i++) random[i] *= Math.sqrt(share);
  const state = random.slice();
  addSignal(state, overlap);
  return { state, random, squaredLength: size * share };
}
