import { ConvergenceError, InterruptedError, InvalidParameterError } from "../../src/core/errors";
import { createPacer } from "../../src/core/options";
import type { PoolTask } from "../../src/core/pool";

// Tasks as a user would write them, in a module of their own.
const module = import.meta.url;

export const square: PoolTask<number, number> = { name: "squares", module, run: (x) => x * x };

/** Fails at odd pieces, the later ones sooner. */
export const failing: PoolTask<number, number> = {
  name: "failures",
  module,
  async run(piece) {
    if (piece % 2 === 0) return piece;
    await new Promise((resolve) => setTimeout(resolve, piece < 4 ? 100 : 0));
    if (piece < 4)
      throw new ConvergenceError("It blew up.", { reached: 3, advice: "Wait.", partial: [piece] });
    if (piece < 6) throw new InvalidParameterError("width", -1, "a width above 0");
    throw new RangeError("out of range");
  },
};

/** What `arrays` has returned last, and the room it works in. */
let returned = new Float64Array(0);
const room = new Float64Array(10).fill(7);
const wasm = new WebAssembly.Memory({ initial: 1 });

/** Arrays of all kinds; "look" tells what has become of the last ones in the worker. */
export const arrays: PoolTask<"make" | "look", Record<string, unknown>> = {
  name: "arrays",
  module,
  run(piece) {
    if (piece === "look") {
      return { returned: returned.length, room: room.length, wasm: wasm.buffer.byteLength };
    }
    returned = new Float64Array(100_000).fill(1);
    new Float64Array(wasm.buffer).fill(5);
    const shared = new Float64Array(new SharedArrayBuffer(16)).fill(3);
    const inPages = new Float64Array(8192).fill(4);
    return {
      returned,
      twice: returned,
      part: room.subarray(2, 5),
      whole: new Float64Array(wasm.buffer),
      nested: [{ shared }, new Map([[1, inPages]])],
    };
  },
};

/** Piece 0 ends at once, piece 1 when it is stopped, with what it has; any other never. */
export const endless: PoolTask<number, string> = {
  name: "endless work",
  module,
  async run(piece, options) {
    if (piece === 0) return "whole";
    const pacer = createPacer("", 2, options, () => "half");
    for (; piece === 1; await pacer.pause(1));
    for (;;);
  },
};

/** Tells progress in eight steps. */
export const paced: PoolTask<number, number> = {
  name: "steps",
  module,
  async run(piece, options) {
    const pacer = createPacer("", 8, options);
    for (let k = 1; k <= 8; k++) await pacer.pause(k);
    return piece;
  },
};

export const stopsItself: PoolTask<number, number> = {
  name: "stops",
  module,
  run(piece) {
    if (piece === 1) throw new InterruptedError("enough", -1);
    return piece;
  },
};

export const leaks: PoolTask<number, unknown> = { name: "leaks", module, run: () => ({ f: () => 1 }) };
