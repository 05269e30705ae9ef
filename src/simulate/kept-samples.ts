import { InvalidParameterError } from "../core/errors";
import type { Checkpoint, CheckpointStore, Options } from "../core/options";
import { serialPool } from "../core/pool";
import { finishRun } from "../core/resumable-run";
import type { StateCodec } from "../core/saved-states";
import { hashOf } from "../numerics/hash";
import type { SampleCurves, SampleRequest, SampleTask } from "./samples";

/** Of the samples that a store has, and of what is made of them. */
const VERSION = "1";
/** Groups of samples at most: larger ensembles are kept in larger groups. */
const MOST_GROUPS = 400;
/** After so many parts of the work the finished samples are kept, as long as that takes little of the time. */
const MOST_SLICES = 200;
const SAVE_SHARE = 0.1;

export interface KeptSamples {
  /** Told the samples that are finished, in their order, now and then. */
  readonly onFinished?: (samples: readonly SampleCurves[]) => void;
  /** What the samples come to, for the errors that end a run. */
  readonly partial: (samples: readonly SampleCurves[]) => unknown;
}

/**
 * Simulates the samples in groups, and keeps the groups that are finished in the checkpoint store: a run that goes on from
 * there simulates only the others, and comes to the same numbers.
 * @throws InvalidParameterError where the store holds the samples of something else; for samples that depend on a function,
 *   which nobody can compare with that of an earlier run; InterruptedError and ConvergenceError with their `partial`.
 */
export async function simulateKept<S>(
  task: SampleTask<S>,
  request: SampleRequest<S>,
  { onFinished, partial }: KeptSamples,
  options: Options,
): Promise<SampleCurves[]> {
  const { setup, samples, together = 1, mostAtOnce = Infinity } = request;
  if (task.module === undefined) {
    const allowed =
      "no checkpoint: the samples depend on a function of yours, which cannot be told from another";
    throw new InvalidParameterError("options.checkpoint", "a checkpoint store", allowed);
  }
  const size = together * Math.ceil(samples / together / MOST_GROUPS);
  const groups = Math.ceil(samples / size);
  const pool = mostAtOnce === 1 ? serialPool : (options.pool ?? serialPool);
  const range = (group: number) => ({ from: group * size, to: Math.min(samples, (group + 1) * size) });
  const inOrder = (states: readonly (readonly SampleCurves[] | undefined)[]) =>
    states.flatMap((group) => group ?? []);
  const kept = options.checkpoint && sparing(options.checkpoint);
  const states = await finishRun(
    {
      identity: {
        system: "an ensemble",
        solver: task.name,
        version: VERSION,
        parametersHash: hashOf({ setup, size }),
      },
      codec: samplesCodec,
      steps: Array<number>(groups).fill(1),
      // A group that was stopped halfway is begun again: a simulator may take its samples together.
      stepsOf(found, group) {
        const { from, to } = range(group);
        return found.length === to - from ? 1 : 0;
      },
      slices: Math.max(
        Math.min(MOST_SLICES, Math.ceil(groups / pool.workers)),
        Math.ceil(groups / mostAtOnce),
      ),
      task,
      request: (group) => ({ setup, ...range(group) }),
      label: () => task.name,
      partial: (found) => partial(inOrder(found)),
      onSlice: (found) => onFinished?.(inOrder(found)),
    },
    { ...options, pool, checkpoint: kept },
  ).finally(() => kept?.flush());
  return inOrder(states);
}

/** Leaves out saves that would take more than a share of the time; the last one is made up for by `flush`. */
function sparing(store: CheckpointStore): CheckpointStore & { flush(): Promise<void> } {
  let next = 0;
  let left: Checkpoint | undefined;
  return {
    place: store.place,
    load: () => store.load(),
    async save(checkpoint) {
      const start = performance.now();
      left = checkpoint;
      if (start < next) return;
      await this.flush();
      const end = performance.now();
      next = end + (end - start) / SAVE_SHARE;
    },
    async flush() {
      if (!left) return;
      await store.save(left);
      left = undefined;
    },
  };
}

/** The curves of a group as arrays, each of all its samples, one after the other. */
const samplesCodec: StateCodec<SampleCurves[]> = {
  pack(samples) {
    const count = samples.length;
    const arrays: Record<string, Float64Array> = { samples: Float64Array.of(count) };
    for (const part of ["series", "twoTime"] as const) {
      for (const name of Object.keys(samples[0]?.[part] ?? {})) {
        arrays[`${part}.${name}`] = joined(samples.map((sample) => sample[part]![name]));
      }
    }
    for (const part of ["events", "start"] as const) {
      for (const name of Object.keys(samples[0]?.[part] ?? {})) {
        arrays[`${part}.${name}`] = Float64Array.from(samples, (sample) => sample[part]![name]);
      }
    }
    if (samples[0]?.fine) arrays.fine = joined(samples.map(({ fine }) => fine!));
    return arrays;
  },
  unpack({ samples, ...arrays }) {
    const [count] = samples;
    const found: Record<string, unknown>[] = Array.from({ length: count }, () => ({}));
    for (const [name, array] of Object.entries(arrays)) {
      const [part, ...rest] = name.split(".");
      const length = array.length / count;
      if (!Number.isInteger(length)) throw new Error("curves of different lengths");
      for (const [k, sample] of found.entries()) {
        const curve = array.slice(k * length, (k + 1) * length);
        if (part === "fine") sample.fine = curve;
        else {
          sample[part] ??= {};
          const isNumber = part === "events" || part === "start";
          (sample[part] as Record<string, unknown>)[rest.join(".")] = isNumber ? curve[0] : curve;
        }
      }
    }
    return found as unknown as SampleCurves[];
  },
};

function joined(curves: readonly Float64Array[]): Float64Array {
  const all = new Float64Array(curves.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const curve of curves) {
    all.set(curve, at);
    at += curve.length;
  }
  return all;
}
