import { totalmem } from "node:os";
import { allowMemory } from "../core/budget";

/** The rest is for the system, and for what the estimates do not see. */
const SHARE = 0.75;

/** Lets computations take what this machine, or the container around the process, has. */
export function useMachineMemory(): void {
  const { constrainedMemory } = process;
  const constrained = constrainedMemory?.call(process) || Infinity;
  allowMemory(SHARE * Math.min(totalmem(), constrained));
}
