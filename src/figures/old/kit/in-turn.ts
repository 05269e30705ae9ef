import { createPacer } from "../../../core/options";
import type { FigureTools } from "./figure";

/**
 * The parts of a figure, computed one after the other with progress in between.
 * @throws InterruptedError after an abort.
 */
export async function inTurn<T, R>(
  label: string,
  items: readonly T[],
  { options }: FigureTools,
  compute: (item: T) => R | Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  const pacer = createPacer(label, items.length, options);
  for (const item of items) {
    await pacer.pause(results.length);
    results.push(await compute(item));
  }
  return results;
}
