import type { Options, Progress } from "twotime";
import { findTask, pack, packError } from "twotime/pool";
import { describeSystems } from "./describe";
import { poolSize } from "./fleet";
import type { FromWorker, Order, ToWorker } from "./messages";
import { createWorkerPool } from "./pool";
import { simulateSetting } from "./simulate";
import { solveSetting } from "./solve";

/** The program of every worker of the page: those that solve and simulate, and those of their pools. */
interface Asker {
  postMessage(message: unknown, options: { transfer: ArrayBuffer[] }): void;
}

let takePorts: (ports: readonly MessagePort[]) => void = () => {};
const pool = createWorkerPool(poolSize(), () => {
  const ports = new Promise<readonly MessagePort[]>((resolve) => {
    takePorts = resolve;
  });
  send(self, { kind: "pool", id: 0 });
  return ports;
});

serve(self);

/** Takes orders of the page, or of another worker by its port. */
function serve(asker: Asker & Pick<EventTarget, "addEventListener">): void {
  const running = new Map<number, AbortController>();
  asker.addEventListener("message", (event) => {
    const { data } = event as MessageEvent<ToWorker>;
    if (data.kind === "pool") takePorts(data.ports);
    else if (data.kind === "stop") running.get(data.id)?.abort();
    else if (data.kind === "port") {
      serve(data.port);
      data.port.start();
    } else void start(asker, data.id, data.order, running);
  });
}

async function start(
  asker: Asker,
  id: number,
  order: Order,
  running: Map<number, AbortController>,
): Promise<void> {
  const abort = new AbortController();
  running.set(id, abort);
  const onProgress = ({ label, done, total }: Progress) =>
    send(asker, { kind: "progress", id, label, share: done / total });
  const onNews = (news: unknown) => send(asker, { kind: "news", id, news });
  try {
    const options = { signal: abort.signal, onProgress, pool };
    send(asker, { kind: "done", id, result: await carryOut(order, options, onNews) });
  } catch (error) {
    send(asker, { kind: "failed", id, error: packError(error) });
  } finally {
    running.delete(id);
  }
}

async function carryOut(order: Order, options: Options, onNews: (news: unknown) => void): Promise<unknown> {
  switch (order.kind) {
    case "describe":
      return describeSystems();
    case "solve":
      return solveSetting(order.setting, options, onNews);
    case "simulate":
      return simulateSetting(order.setting, order.paired, options, onNews);
    case "piece": {
      const { signal, onProgress } = options;
      return (await findTask(order.name, order.module)).run(order.piece, { signal, onProgress });
    }
  }
}

/** Arrays are moved: who sent them does not need them any more. */
function send(asker: Asker, message: FromWorker): void {
  const { value, buffers } = pack(message);
  asker.postMessage(value, { transfer: buffers });
}
