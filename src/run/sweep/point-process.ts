import { useKernelsOfEnvironment } from "../kernels-choice";
import { useMachineMemory } from "../machine";
import { computePoint } from "./compute-point";
import type { PointFolders, PointJob, PointResult } from "./engine";

/** What a process that computes points says: that it is ready, or what came of the oldest point it was given. */
export type PointMessage = "ready" | PointResult;

/** What it is sent: a point, and the folders it may use. */
export interface PointRequest {
  readonly job: PointJob;
  readonly folders?: PointFolders;
}

/** The program of a process that computes points, one after the other, as its parent sends them; solvers stay loaded. */
export function computePoints(): void {
  useKernelsOfEnvironment();
  useMachineMemory();
  const waiting: PointRequest[] = [];
  let isWorking = false;

  async function work(): Promise<void> {
    if (isWorking) return;
    isWorking = true;
    for (let next = waiting.shift(); next; next = waiting.shift())
      tell(await computePoint(next.job, next.folders));
    isWorking = false;
  }

  // Ctrl-C on a terminal reaches all processes of the sweep; the parent says what becomes of this one.
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => {});
  process.on("disconnect", () => process.exit());
  process.on("message", (request: PointRequest) => {
    waiting.push(request);
    void work();
  });
  tell("ready");
}

function tell(message: PointMessage): void {
  // A parent that is gone hears nothing; `disconnect` ends this process.
  if (process.connected) process.send!(message, () => {});
}
