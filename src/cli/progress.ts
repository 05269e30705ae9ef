import type { Progress } from "../core/options";

const SHOW_AFTER_MS = 2_000;
const LINE_EVERY_MS = 10_000;

/** Tells how far a long run is, on standard error. */
export interface ProgressReport {
  report(progress: Progress): void;
  stop(): void;
}

/** A bar on a terminal, else a line now and then; nothing in the first two seconds, and nothing when `quiet`. */
export function createProgress(quiet: boolean): ProgressReport {
  if (quiet) return { report: () => {}, stop: () => {} };
  return process.stderr.isTTY ? createBar() : createLines();
}

function createLines(): ProgressReport {
  let next = performance.now() + SHOW_AFTER_MS;
  return {
    report({ label, done, total }) {
      if (performance.now() < next) return;
      next = performance.now() + LINE_EVERY_MS;
      process.stderr.write(`${label}: ${Math.floor((100 * done) / total)} %\n`);
    },
    stop: () => {},
  };
}

function createBar(): ProgressReport {
  const start = performance.now();
  let bar: { update(value: number, payload: object): void; stop(): void } | undefined;
  let isLoading = false;
  let stopped = false;
  const load = async () => {
    const { SingleBar } = (await import("cli-progress")).default;
    if (stopped) return;
    const single = new SingleBar({
      format: "{label} [{bar}] {percentage} %, {eta_formatted} left",
      clearOnComplete: true,
      hideCursor: false,
      stream: process.stderr,
    });
    single.start(1, 0, { label: "" });
    bar = single;
  };
  return {
    report({ label, done, total }) {
      if (performance.now() - start < SHOW_AFTER_MS) return;
      if (!isLoading) {
        isLoading = true;
        void load();
      }
      bar?.update(done / total, { label });
    },
    stop() {
      stopped = true;
      bar?.stop();
    },
  };
}
