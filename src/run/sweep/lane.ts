import { type ChildProcess, fork } from "node:child_process";
import { environmentOfWorker } from "../kernels-choice";
import type { PointFolders, PointJob, PointResult } from "./engine";
import type { PointMessage, PointRequest } from "./point-process";

/** A process that computes points, in the order in which it is given them. */
export interface Lane {
  isAlive(): boolean;
  /** How many points it has been given and not told the result of. */
  waiting(): number;
  send(job: PointJob, folders?: PointFolders): void;
  /** Who is told what comes of it. */
  use(events: LaneEvents): void;
  /** It has nothing to do: it keeps no program from ending. */
  rest(): void;
  close(): Promise<void>;
}

/** Why a process ended. */
export interface LaneEnd {
  /** Of its first point, where that is to blame and nothing else. */
  readonly failure?: string;
  readonly reason: string;
  /** Whether it came to be ready to work. */
  readonly isStarted: boolean;
}

export interface LaneEvents {
  onResult(result: PointResult): void;
  /** It ended without being asked, with these points unfinished, of which it was computing the first. */
  onEnd(unfinished: readonly PointJob[], end: LaneEnd): void;
}

/** Of what it said last: enough for a message. */
const LAST_WORDS = 4_000;

/** Starts a process. @param program that {@link computePoints} runs in */
export function createLane(program: URL): Lane {
  const child = fork(program, {
    env: environmentOfWorker(),
    execArgv: [],
    serialization: "advanced",
    stdio: ["ignore", "ignore", "pipe", "ipc"],
  });
  const given: PointJob[] = [];
  let events: LaneEvents | undefined;
  let isStarted = false;
  let isClosed = false;
  let lateAfter: number | undefined;
  let timer: NodeJS.Timeout | undefined;
  let words = "";
  const gone = new Promise<void>((resolve) => {
    const end = (code: number | null, signal: string | null) => {
      clearTimeout(timer);
      resolve();
      if (isClosed) return;
      isClosed = true;
      const unfinished = given.splice(0);
      if (unfinished.length === 0) return;
      const failure = lateAfter === undefined ? undefined : `stopped after its time limit of ${lateAfter} s`;
      events?.onEnd(unfinished, { failure, reason: reasonOf(code, signal, words), isStarted });
    };
    child.once("close", end);
    child.once("error", (error) => {
      words += error.message;
      end(null, null);
    });
  });

  /** The clock of the first point runs from when the process can begin with it. */
  function watch(): void {
    clearTimeout(timer);
    const limit = given[0]?.timeLimit;
    if (!isStarted || limit === undefined || limit === null) return;
    timer = setTimeout(
      () => {
        lateAfter = limit;
        child.kill("SIGKILL");
      },
      Math.min(1000 * limit, LONGEST_TIMER),
    );
  }

  child.stderr!.on("data", (piece) => {
    words = `${words}${piece}`.slice(-LAST_WORDS);
  });
  child.on("message", (message: PointMessage) => {
    if (isClosed || lateAfter !== undefined) return;
    if (message === "ready") {
      isStarted = true;
      watch();
      return;
    }
    given.shift();
    watch();
    events?.onResult(message);
  });

  return {
    isAlive: () => !isClosed,
    waiting: () => given.length,
    send(job, folders) {
      given.push(job);
      const request: PointRequest = { job, folders };
      // One that has just ended says so itself.
      if (child.connected) child.send(request, () => {});
      if (given.length === 1) watch();
    },
    use(next) {
      events = next;
      holding(child, true);
    },
    rest() {
      holding(child, false);
    },
    async close() {
      isClosed = true;
      // Who waits for its end keeps the program from ending before.
      holding(child, true);
      child.kill("SIGKILL");
      await gone;
    },
  };
}

/** What setTimeout bears. */
const LONGEST_TIMER = 2 ** 31 - 1;

/** Whether the process keeps this program from ending. */
function holding(child: ChildProcess, isHeld: boolean): void {
  const change = isHeld ? "ref" : "unref";
  child[change]();
  child.channel?.[change]();
  (child.stderr as unknown as { ref(): void; unref(): void })[change]();
}

function reasonOf(code: number | null, signal: string | null, words: string): string {
  const how = signal === null ? `with status ${code}` : `by ${signal}`;
  const memory = /heap out of memory/.test(words) ? ", out of memory" : "";
  const [error] = /^\w*Error: .*$/m.exec(words) ?? [];
  return `the process that computed it was ended ${how}${memory}${error ? `, ${error}` : ""}`;
}
