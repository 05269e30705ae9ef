import { describe, expect, it } from "vitest";
import {
  ConvergenceError,
  InterruptedError,
  InvalidParameterError,
  MemoryError,
} from "../../src/core/errors";
import { createPacer, type Progress } from "../../src/core/options";
import { createPieceQueue } from "../../src/core/piece-queue";
import { type PoolTask, serialPool } from "../../src/core/pool";

const task = <A, R>(run: PoolTask<A, R>["run"]): PoolTask<A, R> => ({ name: "pieces of work", run });
// biome-ignore lint/suspicious/noExplicitAny: an error is looked at field by field
const caught = (work: Promise<unknown>): Promise<any> => work.catch((error) => error);

describe("the serial pool", () => {
  it("gives the results in the order of the pieces", async () => {
    const doubled = task((x: number) => (x === 1 ? Promise.resolve(2) : 2 * x));
    expect(await serialPool.map(doubled, [3, 1, 2])).toEqual([6, 2, 4]);
    expect(await serialPool.map(doubled, [])).toEqual([]);
  });

  it.each([
    new InvalidParameterError("size", 3, "more"),
    new ConvergenceError("It blew up.", { reached: 2, advice: "Wait.", partial: "some" }),
    new MemoryError(2e9, 1e9),
    new TypeError("a mistake"),
    "a text",
  ])("names the piece that failed: %s", async (reason) => {
    const broken = task((x: number) => {
      if (x === 2) throw reason;
      return x;
    });
    const error = await caught(serialPool.map(broken, [0, 1, 2, 3]));
    const text = reason instanceof Error ? reason.message : reason;
    expect(error.message).toBe(`${text} (piece 3 of 4 of pieces of work)`);
    expect(error.cause).toBe(reason);
    const isOurs = reason instanceof Error && !(reason instanceof TypeError);
    expect(error.constructor).toBe(isOurs ? reason.constructor : Error);
    const { message: _, stack: _s, details: _d, cause: _c, ...fields } = { ...error };
    if (isOurs) expect(reason).toMatchObject(fields);
    if (reason instanceof ConvergenceError) {
      expect(error.details).toEqual({ ...reason.details, partial: [0, 1, "some"] });
    }
  });

  it("lets the event loop run, and stops at an abort with what is finished", async () => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 30);
    let begun = 0;
    const slow = task((x: number) => {
      begun++;
      const end = performance.now() + 20;
      while (performance.now() < end);
      return x;
    });
    const error = await caught(serialPool.map(slow, [...Array(1000).keys()], { signal: controller.signal }));
    expect(error).toBeInstanceOf(InterruptedError);
    expect(begun).toBeLessThan(1000);
    expect(error.partial.slice(0, begun)).toEqual([...Array(begun).keys()]);
    expect(error.partial.length).toBe(1000);
    expect(error.partial[begun]).toBeUndefined();
  });

  it("stops inside a piece that paces itself, and keeps what it hands over", async () => {
    const controller = new AbortController();
    const endless = task(async (x: number, options) => {
      if (x === 0) return "whole";
      const pacer = createPacer("", 2, options, () => "half");
      for (;;) await pacer.pause(1);
    });
    const onProgress = ({ done }: Progress) => done > 1 && controller.abort();
    const work = serialPool.map(endless, [0, 1, 2], { signal: controller.signal, onProgress });
    expect((await caught(work)).partial).toEqual(["whole", "half", undefined]);
  });

  it("does nothing where it is aborted from the start", async () => {
    let begun = 0;
    const work = serialPool.map(
      task(() => begun++),
      [1, 2],
      { signal: AbortSignal.abort() },
    );
    expect((await caught(work)).partial).toEqual([undefined, undefined]);
    expect(begun).toBe(0);
  });

  it("adds up the progress of the pieces", async () => {
    const told: Progress[] = [];
    const steps = task(async (_: number, options) => {
      const pacer = createPacer("", 4, options);
      for (let k = 1; k <= 4; k++) await pacer.pause(k);
    });
    await serialPool.map(steps, [1, 2, 3], { onProgress: (progress) => told.push(progress) });
    expect(told.at(-1)).toEqual({ label: "pieces of work", done: 3, total: 3 });
    const done = told.map((progress) => progress.done);
    expect(done).toEqual([...done].sort((a, b) => a - b));
    expect(done[0]).toBeGreaterThan(0);
  });
});

describe("a queue of pieces with several workers", () => {
  /** Pieces that end when they are told to. */
  function held(count: number, signal?: AbortSignal) {
    const queue = createPieceQueue<number>("work", count, { signal });
    const ends: { resolve: (x: number) => void; reject: (error: unknown) => void; signal?: AbortSignal }[] =
      [];
    const lane = () =>
      queue.work(
        (piece, options) =>
          new Promise((resolve, reject) => {
            ends[piece] = { resolve, reject, signal: options.signal };
          }),
      );
    return { queue, ends, lane };
  }
  const turn = () => new Promise((resolve) => setTimeout(resolve, 0));

  it("reports the first piece that fails, not the one that failed first", async () => {
    const { queue, ends, lane } = held(5);
    const lanes = [lane(), lane(), lane()];
    ends[1].reject(new RangeError("second"));
    await turn();
    expect(ends[0].signal?.aborted).toBe(false);
    expect(ends[2].signal?.aborted).toBe(true);
    ends[2].reject(new InterruptedError());
    ends[0].reject(new RangeError("first"));
    await Promise.all(lanes);
    expect(ends.length).toBe(3);
    expect(() => queue.results()).toThrow("first (piece 1 of 5 of work)");
  });

  it("hands out no piece after an abort, and keeps those that end all the same", async () => {
    const controller = new AbortController();
    const { queue, ends, lane } = held(4, controller.signal);
    const lanes = [lane(), lane()];
    controller.abort();
    expect(ends.map((end) => end.signal?.aborted)).toEqual([true, true]);
    expect(queue.left()).toBe(0);
    ends[0].reject(new InterruptedError());
    ends[1].resolve(11);
    await Promise.all(lanes);
    expect(ends.length).toBe(2);
    expect(() => queue.results()).toThrow(InterruptedError);
    const error = await caught((async () => queue.results())());
    expect(error.partial).toEqual([undefined, 11, undefined, undefined]);
  });
});
