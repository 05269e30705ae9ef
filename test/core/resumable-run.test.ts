import { afterEach, describe, expect, it, vi } from "vitest";
import { ConvergenceError, InterruptedError } from "../../src/core/errors";
import { type Checkpoint, type CheckpointStore, createPacer, type Progress } from "../../src/core/options";
import { type Pool, type PoolTask, serialPool } from "../../src/core/pool";
import { finishRun, type ResumableRun } from "../../src/core/resumable-run";
import type { Written } from "../../src/core/saved-states";

/** A chaotic map, in which the least difference grows to all there is. */
interface Orbit {
  readonly steps: number;
  readonly points: Float64Array;
}
interface Request {
  readonly piece: number;
  readonly state?: Orbit;
  readonly steps: number;
}

const start = (piece: number) => 0.3 + 0.01 * piece;

/** @param stop called before every step; throws where the run is to end there, or aborts. */
function orbits(
  counts: readonly number[],
  {
    stop,
    ...change
  }: { stop?: (piece: number, step: number) => void } & Partial<ResumableRun<Request, Orbit>> = {},
): ResumableRun<Request, Orbit> {
  const task: PoolTask<Request, Orbit> = {
    name: "orbits",
    async run({ piece, state, steps }, options) {
      const points = [...(state?.points ?? [])];
      const reached = () => ({ steps: points.length, points: Float64Array.from(points) });
      const pacer = createPacer("orbits", steps, options, reached);
      while (points.length < steps) {
        try {
          stop?.(piece, points.length);
        } catch (error) {
          throw error instanceof ConvergenceError ? error.withPartial(reached()) : error;
        }
        await pacer.pause(points.length - (state?.steps ?? 0));
        const x = points.at(-1) ?? start(piece);
        points.push(4 * x * (1 - x));
      }
      return reached();
    },
  };
  return {
    identity: { system: "maps", solver: "logistic", version: "1", parametersHash: "a" },
    codec: {
      pack: ({ points }) => ({ points }),
      unpack: ({ points }) => ({ steps: points.length, points: points.slice() }),
    },
    steps: counts,
    stepsOf: ({ steps }) => steps,
    slices: 4,
    task,
    request: (piece, state, steps) => ({ piece, state, steps }),
    label: () => "orbits",
    partial: (states) => states.map((state) => state?.steps ?? 0),
    ...change,
  };
}

function createStore(first?: Checkpoint): CheckpointStore & { readonly saves: Checkpoint[] } {
  const saves = first ? [first] : [];
  return {
    saves,
    load: async () => structuredClone(saves.at(-1)),
    save: async (checkpoint) => void saves.push(structuredClone(checkpoint)),
  };
}

describe("a resumable run", () => {
  it("goes on from any save, as after a SIGKILL, to the same numbers", async () => {
    const straight = await finishRun(orbits([40, 30, 1]));
    expect(straight.map(({ steps }) => steps)).toEqual([40, 30, 1]);
    const store = createStore();
    expect(await finishRun(orbits([40, 30, 1]), { checkpoint: store })).toEqual(straight);
    expect(store.saves).toHaveLength(4);
    for (const [k, save] of store.saves.entries()) {
      const later = createStore(save);
      expect(await finishRun(orbits([40, 30, 1]), { checkpoint: later })).toEqual(straight);
      expect(later.saves).toHaveLength(4 - k);
    }
  });

  it("goes on after an abort in the middle of a slice, which loses nothing", async () => {
    const straight = await finishRun(orbits([40, 30]));
    const controller = new AbortController();
    const store = createStore();
    let made = 0;
    const stop = () => {
      if (++made === 26) controller.abort();
    };
    const stopped = finishRun(orbits([40, 30], { stop }), { checkpoint: store, signal: controller.signal });
    const error = await stopped.catch((failure: unknown) => failure);
    expect(error).toBeInstanceOf(InterruptedError);
    // The first slice took 10 and 8 steps.
    expect((error as InterruptedError).partial).toEqual([17, 8]);
    expect(store.saves).toHaveLength(2);
    let again = 0;
    const counted = orbits([40, 30], { stop: () => void again++ });
    expect(await finishRun(counted, { checkpoint: store })).toEqual(straight);
    expect(again).toBe(70 - 25);
  });

  it("saves what there is when a piece does not converge", async () => {
    const store = createStore();
    const stop = (piece: number, step: number) => {
      if (piece === 1 && step === 9) throw new ConvergenceError("It fails.", { reached: 9, advice: "Stop." });
    };
    const failed = finishRun(orbits([40, 30], { stop }), { checkpoint: store });
    await expect(failed).rejects.toMatchObject({
      name: "ConvergenceError",
      details: { partial: [20, 9], reached: 9 },
    });
    const straight = await finishRun(orbits([40, 30]));
    expect(await finishRun(orbits([40, 30]), { checkpoint: store })).toEqual(straight);
  });

  it("lets other errors through as they are, and keeps the last save", async () => {
    const store = createStore();
    const stop = (_: number, step: number) => {
      if (step === 11) throw new Error("a fault");
    };
    await expect(finishRun(orbits([40], { stop }), { checkpoint: store })).rejects.toThrow("a fault");
    expect(store.saves).toHaveLength(1);
  });

  it("goes on to more steps and more pieces, and keeps pieces that are not asked for", async () => {
    const store = createStore();
    const [, long] = await finishRun(orbits([10, 20]), { checkpoint: store });
    expect(await finishRun(orbits([15]), { checkpoint: store })).toEqual(await finishRun(orbits([15])));
    let made = 0;
    const more = orbits([15, 20, 5], { stop: () => void made++ });
    const states = await finishRun(more, { checkpoint: store });
    expect(states).toEqual(await finishRun(orbits([15, 20, 5])));
    expect(states[1]).toEqual(long);
    expect(made).toBe(5);
    // Further than asked.
    expect(await finishRun(orbits([3, 3]), { checkpoint: store })).toEqual(states.slice(0, 2));
  });

  it("spreads pieces of a single step over the slices", async () => {
    const store = createStore();
    await finishRun(orbits(Array(8).fill(1)), { checkpoint: store });
    expect(store.saves.map(({ arrays }) => Object.keys(arrays).length)).toEqual([2, 4, 6, 8]);
  });

  it("tells progress over all pieces and slices", async () => {
    const told: Progress[] = [];
    await finishRun(orbits([40, 30]), { onProgress: (progress) => told.push(progress) });
    const done = told.map((progress) => progress.done);
    expect(done).toEqual(done.toSorted((a, b) => a - b));
    expect(told.at(-1)).toEqual({ label: "orbits", done: 70, total: 70 });
  });

  it("does not depend on the pool", async () => {
    const backwards: Pool = {
      workers: 2,
      map: async (task, pieces, options) =>
        (await serialPool.map(task, structuredClone(pieces).toReversed(), options)).toReversed(),
    };
    const straight = await finishRun(orbits([40, 30, 7]));
    expect(await finishRun(orbits([40, 30, 7]), { pool: backwards })).toEqual(straight);
  });

  it("goes on from states that are given, whatever is saved", async () => {
    const store = createStore();
    await finishRun(orbits([40, 30]), { checkpoint: store });
    const given = { steps: 2, points: Float64Array.of(0.5, 1) };
    const [first, second] = await finishRun(orbits([40, 30]), { checkpoint: store }, [given]);
    expect([...first.points.subarray(0, 4)]).toEqual([0.5, 1, 0, 0]);
    expect(second.points[0]).toBe(start(1) * 4 * (1 - start(1)));
  });
});

describe("what saves take of a run", () => {
  afterEach(() => {
    vi.restoreAllMocks();
  });

  /** A run of 80 steps of ten seconds each, saved by a store that takes its time: when its saves began and ended, on a clock of its own. */
  async function savesOf(secondsOf: (save: number) => number) {
    let now = 1e6;
    vi.spyOn(performance, "now").mockImplementation(() => now);
    const begin = now;
    const saves: { from: number; to: number }[] = [];
    const checkpoint: CheckpointStore = {
      load: async () => undefined,
      async save() {
        const from = (now - begin) / 1000;
        now += 1000 * secondsOf(saves.length);
        saves.push({ from, to: (now - begin) / 1000 });
      },
    };
    const stop = () => {
      now += 10_000;
    };
    const written: Written[] = [];
    const onSaved = (one: Written) => void written.push(one);
    await finishRun(orbits([80], { stop, slices: 40, onSaved }), { checkpoint });
    expect(written.map(({ saves: count }) => count)).toEqual(saves.map((_, k) => k + 1));
    return { saves, written };
  }

  it("is less than 2 % of its time, but for the first and the last", async () => {
    const { saves, written } = await savesOf(() => 0.5);
    let taken = 0;
    for (const [k, { from, to }] of saves.entries()) {
      taken += to - from;
      if (k > 0 && k < saves.length - 1) expect(taken).toBeLessThanOrEqual(0.02 * from);
    }
    // The 16 s that 800 s allow.
    expect(saves.length).toBeGreaterThan(28);
    expect(saves.length).toBeLessThan(34);
    expect(written.at(-1)!.seconds).toBeCloseTo(0.5 * saves.length, 9);
  });

  it("holds for saves that grow, by their mean", async () => {
    const { saves } = await savesOf((k) => 0.1 * (k + 1));
    let taken = 0;
    for (const [k, { from, to }] of saves.entries()) {
      // What is about to be written is not known: the mean is counted. A tenth of a second is free.
      if (k > 0 && k < saves.length - 1)
        expect(taken + taken / k).toBeLessThanOrEqual(Math.max(0.1, 0.02 * from));
      taken += to - from;
    }
    expect(saves.length).toBeGreaterThan(12);
  });

  it("leaves a slow store alone until the end, and saves after every slice where it costs next to nothing", async () => {
    expect((await savesOf(() => 30)).saves).toHaveLength(2);
    expect((await savesOf(() => 0.001)).saves).toHaveLength(40);
  });
});

describe("saved states", () => {
  const { identity } = orbits([1]);
  it.each([
    [{ system: "flows" }, "holds states of flows (logistic), not of maps (logistic)"],
    [{ solver: "tent" }, "holds states of maps (tent), not of maps (logistic)"],
    [{ version: "0" }, "holds states of maps (logistic) in version 0 of the solver, which is now 1"],
    [{ parametersHash: "b" }, "holds states of maps (logistic) with other parameters or another method"],
  ])("of another run are refused and stay: %j", async (change, message) => {
    const place = { parameter: "--checkpoint", value: "kept" };
    const store = { ...createStore(), place };
    await finishRun(orbits([8], { identity: { ...identity, ...change } }), { checkpoint: store });
    const saves = store.saves.length;
    const refused = finishRun(orbits([8]), { checkpoint: store });
    await expect(refused).rejects.toMatchObject({ name: "InvalidParameterError", ...place });
    await expect(refused).rejects.toThrow(`--checkpoint kept ${message}; allowed: `);
    expect(store.saves).toHaveLength(saves);
  });

  it.each([
    ["that lack an array", {}],
    ["that have not begun", { points: new Float64Array(0) }],
  ])("%s are refused", async (_, arrays) => {
    const damaged = Object.fromEntries(Object.entries(arrays).map(([name, array]) => [`${name}[0]`, array]));
    const other = { "else[0]": new Float64Array(1) };
    const store = createStore({ ...identity, arrays: { ...other, ...damaged }, scalars: {} });
    const refused = finishRun(orbits([8]), { checkpoint: store });
    await expect(refused).rejects.toThrow("checkpoint holds a damaged state of maps (logistic)");
    expect(store.saves).toHaveLength(1);
  });
});
