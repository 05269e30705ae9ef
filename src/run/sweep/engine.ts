import type { Verb } from "../../systems/config/config";
import type { Fields } from "../../systems/named";
import type { Outcome } from "../execute";

/** A point to be computed, as plain data: all that whoever computes it needs. */
export interface PointJob {
  /** Of its config and of the versions of what solves it: the name of the point everywhere. */
  readonly hash: string;
  readonly verb: Verb;
  readonly config: Fields;
  /** Seconds it may take; null for no limit. */
  readonly timeLimit: number | null;
}

/** Folders of this machine for what does not go into a result; each point has a name of its own there. */
export interface PointFolders {
  /** For the state of a point that is not finished: whoever computes it next goes on from there. */
  readonly states?: string;
  /** For two-time functions as wholes. */
  readonly fields?: string;
}

/** What came of a point, as plain data. */
export interface PointResult {
  readonly hash: string;
  readonly status: "done" | "failed";
  /** Of a point that failed none. */
  readonly rows: Outcome["rows"];
  /** Why it failed, in one line. */
  readonly message?: string;
  /** What it took: seconds, and the most memory of its process so far, in bytes. */
  readonly seconds: number;
  readonly bytes?: number;
  /** It failed because the process that computed it ended: another one may come through. */
  readonly lost?: true;
}

export interface EngineOptions {
  readonly signal?: AbortSignal;
  readonly folders?: PointFolders;
  /** Takes each result once, when it is there, in any order. */
  readonly onResult: (result: PointResult) => void;
}

/**
 * Computes points: in processes of this machine, or on others. A point that fails, never ends, or ends the process that
 * computes it is a result like any other; what keeps all points from being computed is an error.
 */
export interface Engine {
  /** As the manifest calls it. */
  readonly name: string;
  /** Whether it works on the folder of the sweep, so that two-time functions can be kept there. */
  readonly keepsFields: boolean;
  /** How many points are computed at once, as far as it is known. */
  readonly workers: number;
  /**
   * Computes all the jobs, which are drawn one after the other; resolves when the result of every one has been handed over.
   * @throws InterruptedError after an abort, once nobody works on them any more.
   */
  compute(jobs: Iterable<PointJob>, options: EngineOptions): Promise<void>;
  /** Ends what the engine has started. */
  close(): Promise<void>;
}
