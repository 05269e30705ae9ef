import type { MessagePort } from "node:worker_threads";
import { move, Piscina } from "piscina";
import type { Progress } from "../core/options";
import { type PackedError, packError } from "../core/packed-error";
import { pack } from "../core/transfer";
import { findTask } from "../systems/tasks";
import { useKernelsOfEnvironment } from "./kernels-choice";
import { useMachineMemory } from "./machine";

/** One piece of work, as the pool sends it. */
export interface WorkerRequest {
  readonly name: string;
  readonly module: string;
  readonly piece: unknown;
  /** Takes the share that is done, whenever there is news; any message from it means to stop. */
  readonly port: MessagePort;
}

useKernelsOfEnvironment();
useMachineMemory();

export type WorkerAnswer = { readonly result: unknown } | { readonly error: PackedError };

/** What piscina calls in a worker. Arrays in the answer are moved to the pool's thread. */
export default async function runPiece({ name, module, piece, port }: WorkerRequest): Promise<unknown> {
  const abort = new AbortController();
  port.on("message", () => abort.abort());
  const onProgress = ({ done, total }: Progress) => port.postMessage(done / total);
  try {
    const task = await findTask(name, module);
    return moved({ result: await task.run(piece, { signal: abort.signal, onProgress }) });
  } catch (error) {
    return moved({ error: packError(error) });
  } finally {
    port.close();
  }
}

function moved(answer: WorkerAnswer): unknown {
  const { value, buffers } = pack(answer);
  return move({ [Piscina.transferableSymbol]: buffers, [Piscina.valueSymbol]: value } as never);
}
