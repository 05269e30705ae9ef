import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

interface Measured<T> {
  readonly value: T;
  /** User CPU time of this process, with the threads of its compiler and garbage collector. */
  readonly cpuSeconds: number;
}

/** The user CPU time of a computation. */
export async function measure<T>(run: () => Promise<T>): Promise<Measured<T>> {
  const start = process.cpuUsage();
  const value = await run();
  return { value, cpuSeconds: process.cpuUsage(start).user / 1e6 };
}

/**
 * Peak bytes of typed arrays and WebAssembly memories above what stood before, in a run that calls `look` now and then. In
 * a run of its own: the collection before it makes the engine forget compiled code, which would then be timed too.
 */
export async function peakBytes(run: (look: () => void) => Promise<unknown>): Promise<number> {
  collectGarbage();
  const before = process.memoryUsage().external;
  let peak = before;
  const look = () => {
    peak = Math.max(peak, process.memoryUsage().external);
  };
  // Held until memory has been read.
  const result = [await run(look)];
  look();
  return result.length * (peak - before);
}
