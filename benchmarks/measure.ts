import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

interface Measured<T> {
  readonly value: T;
  /** User CPU time of this process, with the threads of its compiler and garbage collector. */
  readonly cpuSeconds: number;
  /** Peak bytes of typed arrays above what stood before. */
  readonly arrayBytes: number;
}

/** Runs a computation that calls `look` now and then; memory is read there and at the end, result in hand. */
export async function measure<T>(run: (look: () => void) => Promise<T>): Promise<Measured<T>> {
  collectGarbage();
  const before = process.memoryUsage().arrayBuffers;
  let peak = before;
  const look = () => {
    peak = Math.max(peak, process.memoryUsage().arrayBuffers);
  };
  const start = process.cpuUsage();
  const value = await run(look);
  const cpuSeconds = process.cpuUsage(start).user / 1e6;
  look();
  return { value, cpuSeconds, arrayBytes: peak - before };
}
