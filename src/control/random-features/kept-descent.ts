import { type KeptState, keepState } from "../../core/kept-state";
import { createPacer, type Options } from "../../core/options";
import type { RunIdentity } from "../../core/saved-states";
import {
  type DescentEnd,
  type DescentState,
  type LbfgsOptions,
  lbfgs,
  type Slope,
} from "../../numerics/lbfgs";

/** A descent by L-BFGS: what for, from where, and how. */
export interface Descending {
  readonly label: string;
  readonly identity: RunIdentity;
  readonly start: Float64Array;
  readonly how: LbfgsOptions & { readonly evaluations: number };
  slopeAt(x: Float64Array): Slope;
}

/**
 * Descends, and keeps the state after each step in the checkpoint store: a descent that goes on from there comes to the same.
 * @throws InterruptedError after an abort
 */
export async function descend(work: Descending, options: Options): Promise<DescentEnd> {
  const { label, identity, start, how } = work;
  const kept = await keepDescent(identity, start.length, options);
  let state = kept.found;
  const onStep = (reached: DescentState) => {
    state = reached;
  };
  const pacer = createPacer(label, how.evaluations, options);
  const descent = lbfgs(state ?? start, { ...how, onStep });
  try {
    let step = descent.next();
    for (let evaluation = state?.evaluations ?? 1; !step.done; evaluation++) {
      if (pacer.due()) await pacer.pause(evaluation);
      if (state) await kept.tell(() => state!);
      step = descent.next(work.slopeAt(step.value));
    }
    return step.value;
  } finally {
    if (state) await kept.save(state);
  }
}

/** The states of a descent by L-BFGS, in a checkpoint store. */
const keepDescent = (
  identity: RunIdentity,
  length: number,
  { checkpoint }: Options,
): Promise<KeptState<DescentState>> =>
  keepState(
    {
      identity,
      codec: {
        pack: ({ x, value, gradient, pairs, gains, evaluations }) => ({
          x,
          gradient,
          numbers: Float64Array.of(value, evaluations),
          gains: Float64Array.from(gains),
          pairs: Float64Array.from(pairs.flatMap(({ step, change }) => [...step, ...change])),
        }),
        unpack({ x, gradient, numbers, gains, pairs }) {
          const count = pairs.length / (2 * length);
          if (x.length !== length || gradient.length !== length || !Number.isInteger(count)) {
            throw new RangeError("a point of another length");
          }
          const vector = (k: number) => pairs.slice(k * length, (k + 1) * length);
          const [value, evaluations] = numbers;
          return {
            x,
            gradient,
            value,
            evaluations,
            gains: Array.from(gains),
            pairs: Array.from({ length: count }, (_, k) => ({
              step: vector(2 * k),
              change: vector(2 * k + 1),
            })),
          };
        },
      },
      stepsOf: ({ evaluations }) => evaluations,
    },
    checkpoint,
  );
