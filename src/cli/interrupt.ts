import { EXIT } from "./failure";

/** npm passes a Ctrl-C on to its child, which has got it already: signals this close are one. */
const ONE_PRESS_MS = 300;

/** A signal that aborts at Ctrl-C or SIGTERM; the second one ends the program at once. */
export function abortOnInterrupt(): AbortSignal {
  const controller = new AbortController();
  let first = Infinity;
  const stop = () => {
    if (performance.now() - first > ONE_PRESS_MS) process.exit(EXIT.failed);
    first = Math.min(first, performance.now());
    controller.abort();
  };
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
  return controller.signal;
}
