import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { InterruptedError } from "../../../src/core/errors";
import { computePoint } from "../../../src/run/sweep/compute-point";
import type { Engine } from "../../../src/run/sweep/engine";

/** An engine without processes. */
export const thisThread: Engine = {
  name: "this thread",
  workers: 1,
  keepsFields: true,
  async compute(jobs, { signal, folders, onResult }) {
    for (const job of jobs) {
      if (signal?.aborted) throw new InterruptedError();
      onResult(await computePoint(job, folders));
    }
  },
  close: async () => {},
};

/** A new empty folder. */
export const newFolder = () => mkdtempSync(join(tmpdir(), "twotime-sweep-"));
