import { systems } from "./registry";
import type { AnyTask } from "./system";

/** The tasks of this package (module "twotime") by name, as the systems' records have them; loaded when first needed. */
const tasks = Object.assign(
  {},
  ...systems.map((system) => system.tasks),
) as (typeof systems)[number]["tasks"];

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
