import type { PoolTask } from "../core/pool";

// biome-ignore lint/suspicious/noExplicitAny: pieces and results are each task's own business
type AnyTask = PoolTask<any, unknown>;

/** The tasks of this package (module "twotime") by name, loaded when a worker first needs them. */
export const tasks: Readonly<Record<string, () => Promise<AnyTask>>> = {
  "simulation of the spherical landscape": async () =>
    (await import("../simulate/landscape/simulate")).landscapeTask,
  "simulation of phase retrieval": async () =>
    (await import("../simulate/phase-retrieval/simulate")).retrievalTask,
  "effective process": async () => (await import("../dmft/damped/task")).effectiveProcessTask,
  "effective process, step by step": async () => (await import("../dmft/causal/solve")).causalProcessTask,
  "stochastic gradient descent": async () =>
    (await import("../simulate/quadratic-network/simulate")).networkTask,
  "stochastic order-parameter equations": async () =>
    (await import("../sde/quadratic-network/paths")).networkPathsTask,
};

/** Finds a task by its name, in this package or in the module at a URL. @throws Error where there is no such task. */
export async function findTask(name: string, module: string): Promise<AnyTask> {
  const task = module === "twotime" ? await tasks[name]?.() : await taskOf(module, name);
  if (!task) throw new Error(`${module} exports no task with the name "${name}"`);
  return task;
}

async function taskOf(module: string, name: string): Promise<AnyTask | undefined> {
  const exported: Readonly<Record<string, AnyTask | undefined>> = await import(module);
  return Object.values(exported).find((value) => value?.name === name && typeof value.run === "function");
}
