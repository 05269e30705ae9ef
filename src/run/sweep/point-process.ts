import { useKernelsOfEnvironment } from "../kernels-choice";
import { useMachineMemory } from "../machine";
import { computePoint } from "./compute-point";
import type { PointJob, PointResult } from "./engine";

/** What a process that computes points says: that it is ready, or what came of the oldest point it was given. */
export type PointMessage = "ready" | PointResult;

/** The program of a process that computes points, one after the other, as its parent sends them; solvers stay loaded. */
export function computePoints(): void {
  useKernelsOfEnvironment();
  useMachineMemory();
  const waiting: PointJob[] = [];
  let isWorking = false;

  async function work(): Promise<void> {
    if (isWorking) return;
    isWorking = true;
    for (let job = waiting.shift(); job; job = waiting.shift()) tell(await computePoint(job));
    isWorking = false;
  }

  // Ctrl-C on a terminal reaches all processes of the sweep; the parent says what becomes of this one.
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => {});
  process.on("disconnect", () => process.exit());
  process.on("message", (job: PointJob) => {
    waiting.push(job);
    void work();
  });
  tell("ready");
}

function tell(message: PointMessage): void {
  // A parent that is gone hears nothing; `disconnect` ends this process.
  if (process.connected) process.send!(message, () => {});
}
