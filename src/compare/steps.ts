import { createPacer, type Options } from "../core/options";

/** A computation in steps: yields how much of it is done, at least every few milliseconds, and returns its result. */
export type Steps<T> = Generator<number, T>;

/** Does all steps at once. */
export function runThrough<T>(steps: Steps<T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/**
 * Does the steps and lets the event loop have its turn in between.
 * @throws InterruptedError after an abort, with `partial()`.
 */
export async function runPaced<T>(steps: Steps<T>, { label, total, options, partial }: Paced): Promise<T> {
  const pacer = createPacer(label, total, options, partial);
  await pacer.pause(0);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    if (pacer.due()) await pacer.pause(step.value);
  }
}

interface Paced {
  readonly label: string;
  readonly total: number;
  readonly options: Options;
  readonly partial: () => unknown;
}
