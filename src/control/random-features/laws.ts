import { createModes, excess, type Modes } from "../../models/random-features/modes";
import { advanceModes } from "../../volterra/random-features/recursion";
import type { LossCurve } from "./curve";

/** A rectangle of the logarithms of a − 1 and b − 1. */
export interface LawBox {
  readonly target: readonly [number, number];
  readonly spectrum: readonly [number, number];
}

/** The theory of a curve (RF.2) on the nodes of a grid in a box. */
export interface LawGrid {
  readonly box: LawBox;
  /** Nodes of ln(a − 1) and of ln(b − 1). */
  readonly target: Float64Array;
  readonly spectrum: Float64Array;
  /** Losses without label noise at the steps of the curve, by node: those of ln(a − 1) together. */
  readonly level: readonly Float64Array[];
  /** What a unit of σ² adds to them, by node: the losses are linear in σ². */
  readonly response: readonly Float64Array[];
}

/** a − 1 and b − 1 are searched from 0.02 to 20; what lies beyond looks the same. */
export const LAW_RANGE = [Math.log(0.02), Math.log(20)] as const;

/** Modes kept, and their bins: far below the noise of any measured curve. */
const BINS = { exact: 64, kept: 32, ratio: 1.1 };

/** What the student trains, and how many modes there are. */
export interface StudentSize {
  readonly features: number;
  readonly modes: number | null;
}

/** Computes the grid of points × points nodes, run by run; yields after each. */
export function* lawGrid(
  curve: LossCurve,
  { features, modes }: StudentSize,
  box: LawBox,
  points: number,
): Generator<void, LawGrid> {
  const nodes = ([low, high]: readonly [number, number]) =>
    Float64Array.from({ length: points }, (_, k) => low + (k * (high - low)) / Math.max(1, points - 1));
  const [target, spectrum] = [nodes(box.target), nodes(box.spectrum)];
  const level: Float64Array[] = [];
  const response: Float64Array[] = [];
  for (const lnB of spectrum) {
    for (const [i, lnA] of target.entries()) {
      const laws = { targetExponent: 1 + Math.exp(lnA), spectrumExponent: 1 + Math.exp(lnB) };
      const model = createModes({ ...laws, features, modes, labelNoise: 0 }, BINS);
      if (i === 0) {
        const noise = { ...model, start: new Float64Array(model.start.length), floor: 1 };
        response.push(lossesOf(noise, curve));
        yield;
      } else response.push(response[response.length - 1]);
      level.push(lossesOf(model, curve));
      yield;
    }
  }
  return { box, target, spectrum, level, response };
}

/** The losses of the theory at the steps of a curve. */
function lossesOf(modes: Modes, { step, rate, batchSize }: LossCurve): Float64Array {
  const q = Float64Array.from(modes.start);
  const losses = new Float64Array(step.length);
  let sum = excess(q);
  for (let i = 0, t = 0; i < losses.length; i++) {
    for (; t < step[i]; t++) sum = advanceModes(modes, q, rate, batchSize, sum);
    losses[i] = modes.floor + sum;
  }
  return losses;
}
