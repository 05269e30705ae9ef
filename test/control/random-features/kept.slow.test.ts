import { describe, expect, it, vi } from "vitest";
import {
  bestOfFamily,
  type Family,
  jointOptimum,
  momentumOptimum,
  optimalRates,
} from "../../../src/control/random-features";
import { InterruptedError, InvalidParameterError } from "../../../src/core/errors";
import type { Checkpoint, CheckpointStore, Options } from "../../../src/core/options";
import { createModes } from "../../../src/models/random-features";

const features = { targetExponent: 1.5, spectrumExponent: 2, features: 400, modes: null, labelNoise: 1 };
const modes = createModes(features);
const ones = (length: number) => new Float64Array(length).fill(1);

/** A store in memory, which can be looked into. */
function memory(held?: Checkpoint): CheckpointStore & { held(): Checkpoint | undefined } {
  let checkpoint = held;
  return {
    load: async () => checkpoint,
    save: async (next) => {
      checkpoint = structuredClone(next);
    },
    held: () => checkpoint,
  };
}

type Search = (options: Options, harder?: boolean) => Promise<{ readonly excess: number }>;
const family =
  (name: Family, exponent: number | null): Search =>
  (options) =>
    bestOfFamily(modes, ones(300), { family: name, exponent, cap: null }, options);
const start = {
  direct: ones(200).fill(0.1),
  accumulated: ones(200).fill(1e-3),
  damping: ones(200).fill(0.01),
};

type Arrays = Record<string, Float64Array>;
interface Kept {
  readonly search: Search;
  /** A change of a saved state, which a search that goes on from there takes over into its own. */
  mark(arrays: Arrays): void;
  isMarked(arrays: Arrays): boolean;
}
const values: Pick<Kept, "mark" | "isMarked"> = {
  mark: (arrays) => void (arrays["value[0]"][0] = 7),
  isMarked: (arrays) => arrays["value[0]"][0] === 7,
};
/** A number that counts: no search counts so far. */
const counter = (k: number, most: number): Pick<Kept, "mark" | "isMarked"> => ({
  mark: (arrays) => void (arrays["numbers[0]"][k] += most),
  isMarked: (arrays) => arrays["numbers[0]"][k] > most,
});

const searches: Readonly<Record<string, Kept>> = {
  "learning rates": {
    search: (options, harder) =>
      optimalRates(
        modes,
        ones(1500),
        { cap: null, tolerance: harder ? 1e-13 : 1e-10, sweeps: 2_000 },
        options,
      ),
    ...counter(3, 1_000),
  },
  constant: { search: family("constant", null), ...values },
  "power law": { search: family("power-law", null), ...values },
  "warm-up, stable, decay": { search: family("warmup-stable-decay", 2), ...values },
  "rates and batches": {
    search: (options) => jointOptimum(modes, { steps: 300, samples: 600, cap: 1 }, options),
    ...counter(1, 2_000),
  },
  momentum: {
    search: (options) =>
      momentumOptimum(modes, ones(200), { kind: "dana", start, evaluations: 100 }, options),
    ...counter(1, 100),
  },
};

/** Stops a search on the way, by a clock on which every look takes long: how fast the machine is does not count. */
async function stopped(search: Search, store: CheckpointStore): Promise<void> {
  let now = performance.now();
  const clock = vi.spyOn(performance, "now").mockImplementation(() => (now += 100));
  const stop = new AbortController();
  const onProgress = ({ done }: { done: number }) => done >= 8 && stop.abort();
  const options = { checkpoint: store, signal: stop.signal, onProgress };
  await expect(search(options))
    .rejects.toThrow(InterruptedError)
    .finally(() => clock.mockRestore());
}

describe.each(Object.entries(searches))("a search that was stopped: %s", (_, { search, ...kept }) => {
  it("goes on where it was, and comes to the same numbers", async () => {
    const store = memory();
    await stopped(search, store);
    const state = structuredClone(store.held()!);
    const straight = await search({});
    expect(await search({ checkpoint: store })).toEqual(straight);
    // From its end, too.
    expect(await search({ checkpoint: memory(store.held()) })).toEqual(straight);
    const marked = structuredClone(state.arrays);
    kept.mark(marked);
    const other = memory({ ...state, arrays: marked });
    await search({ checkpoint: other });
    expect([kept.isMarked(store.held()!.arrays), kept.isMarked(other.held()!.arrays)]).toEqual([false, true]);
  });
});

it("the states of another problem are refused, damaged ones too; a smaller tolerance goes on", async () => {
  const store = memory();
  const { search } = searches["learning rates"];
  const { error } = (await search({ checkpoint: store })) as { error?: number };
  const harder = (await search({ checkpoint: store }, true)) as { error?: number };
  expect(harder.error!).toBeLessThan(error!);
  const held = store.held()!;
  const wrong = [
    family("constant", null)({ checkpoint: memory(held) }),
    optimalRates(modes, ones(1500), { cap: 0.3 }, { checkpoint: memory(held) }),
    search({ checkpoint: memory({ ...held, arrays: { ...held.arrays, "rate[0]": ones(3) } }) }),
  ];
  for (const one of wrong) await expect(one).rejects.toThrow(InvalidParameterError);
});
