import { InterruptedError, type Progress } from "twotime";
import { createFleet } from "./fleet";
import { openLine } from "./line";
import type { FinitePart, Order, Setting, SystemDescription, TheoryPart } from "./messages";
import { createResults, finiteKey, type Kept, type Results, theoryKey } from "./results";

/** Where the wanted settings are computed: one worker solves, one simulates with a pool of its own. */
export interface Desk {
  readonly results: Results;
  describe(): Promise<readonly SystemDescription[]>;
  /**
   * Computes these, the first first; what is running for others ends.
   * @param paired whether the finite systems are asked for functions of two times
   */
  want(settings: readonly Setting[], simulate: boolean, paired: boolean): void;
  /** Ends what is running; what is finished of it is kept. */
  stop(): void;
  /** Whether something runs, or will soon. */
  isBusy(): boolean;
}

/** What the page hears of: news of results, and how far the work is (undefined: nothing runs). */
export interface DeskEvents {
  changed(): void;
  progress(what: "theory" | "finite", progress: Progress | undefined): void;
}

/** A run that is no longer wanted may still end by itself in this time: while a slider moves, curves follow. */
const PATIENCE_MS = 500;
/** The finite system starts when the setting has rested for this long. */
const REST_MS = 500;

interface Job {
  readonly key: string;
  readonly abort: AbortController;
  readonly started: number;
}

export function createDesk(program: string, events: DeskEvents): Desk {
  const results = createResults();
  const fleet = createFleet(program);
  const lines = {
    theory: openLine(fleet.start, fleet.givePool),
    finite: openLine(fleet.start, fleet.givePool),
  };
  const jobs: { theory?: Job; finite?: Job } = {};
  let wanted: readonly Setting[] = [];
  let simulates = false;
  let paired = false;
  let changedAt = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function proceed(): void {
    clearTimeout(timer);
    proceedWith(
      "theory",
      wanted.find((one) => !results.theory(one)?.over),
      theoryKey,
    );
    const rest = changedAt + REST_MS - performance.now();
    const finite = simulates
      ? wanted.find((one) => !results.finite(one, paired)?.over && isSolved(one))
      : undefined;
    if (finite && rest > 0) timer = setTimeout(proceed, rest);
    proceedWith("finite", rest > 0 ? undefined : finite, (one) => finiteKey(one, paired));
  }

  function proceedWith(
    what: "theory" | "finite",
    next: Setting | undefined,
    keyOf: (one: Setting) => string,
  ) {
    const job = jobs[what];
    if (job) {
      const stillWanted = wanted.some((one) => keyOf(one) === job.key) && (what === "theory" || simulates);
      const patient = what === "theory" && performance.now() < job.started + PATIENCE_MS;
      if (!stillWanted && !patient) job.abort.abort();
      else if (!stillWanted) setTimeout(proceed, PATIENCE_MS);
      return;
    }
    if (next) void (what === "theory" ? solve(next) : simulate(next));
  }

  /** Curves first; where there are none the finite system may still run. */
  const isSolved = (one: Setting) => results.theory(one)?.part || results.theory(one)?.over;

  async function run<T extends object>(
    what: "theory" | "finite",
    key: string,
    order: Order,
    join: (before: T | undefined, news: T) => T,
    keep: (kept: Kept<T>) => void,
  ): Promise<void> {
    const abort = new AbortController();
    jobs[what] = { key, abort, started: performance.now() };
    let part: T | undefined;
    const add = (news: T) => {
      part = join(part, news);
      keep({ part, over: false });
      events.changed();
    };
    events.progress(what, { label: what, done: 0, total: 1 });
    try {
      const last = await lines[what].call<T>(order, {
        signal: abort.signal,
        onProgress: (progress) => events.progress(what, progress),
        onNews: add,
      });
      keep({ part: join(part, last), over: true });
    } catch (error) {
      const interrupted = error instanceof InterruptedError;
      // What was stopped because something else was wanted is begun anew when it is wanted again.
      if (!interrupted || stopped) keep({ part, over: true, ...(!interrupted && { error: error as Error }) });
      else if (part) keep({ part, over: false });
    }
    jobs[what] = undefined;
    events.progress(what, undefined);
    events.changed();
    if (!stopped) proceed();
  }
  let stopped = false;

  const solve = (setting: Setting) =>
    run<TheoryPart>(
      "theory",
      theoryKey(setting),
      { kind: "solve", setting },
      (before, news) => ({
        ...before,
        ...news,
        ...(before?.pairs && news.pairs && { pairs: both(before.pairs, news.pairs) }),
      }),
      (kept) => results.keepTheory(setting, kept),
    );
  const both = (before: TheoryPart["pairs"] & object, news: TheoryPart["pairs"] & object) => ({
    pairs: news.pairs,
    series: { ...before.series, ...news.series },
    error: { ...before.error, ...news.error },
  });
  const simulate = (setting: Setting) => {
    const asked = paired;
    return run<FinitePart>(
      "finite",
      finiteKey(setting, asked),
      { kind: "simulate", setting, paired: asked },
      (_, news) => news,
      (kept) => results.keepFinite(setting, asked, kept),
    );
  };

  return {
    results,
    describe: () => lines.theory.call<SystemDescription[]>({ kind: "describe" }),
    want(settings, simulate, withPairs) {
      if (settings[0] !== wanted[0]) changedAt = performance.now();
      stopped = false;
      wanted = settings;
      simulates = simulate;
      paired = withPairs;
      proceed();
    },
    stop() {
      stopped = true;
      clearTimeout(timer);
      for (const job of Object.values(jobs)) job?.abort.abort();
    },
    isBusy: () =>
      jobs.theory !== undefined ||
      jobs.finite !== undefined ||
      (!stopped &&
        wanted.some(
          (one) => !results.theory(one)?.over || (simulates && !results.finite(one, paired)?.over),
        )),
  };
}
