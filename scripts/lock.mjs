import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const POLL_MS = 200;
/** A lock whose holder left no name in this time was left by a process that was killed. */
const NAMELESS_MS = 5_000;

/** Runs `work` while no other process of this checkout does; a lock whose holder is gone is taken over. */
export async function withLock(folder, name, work) {
  mkdirSync(folder, { recursive: true });
  const lock = join(folder, `${name}.lock`);
  while (!take(lock)) {
    if (isAbandoned(lock)) rmSync(lock, { recursive: true, force: true });
    else await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  try {
    return await work();
  } finally {
    rmSync(lock, { recursive: true, force: true });
  }
}

function take(lock) {
  try {
    mkdirSync(lock);
  } catch (error) {
    if (error.code === "EEXIST") return false;
    throw error;
  }
  writeFileSync(join(lock, "holder"), String(process.pid));
  return true;
}

function isAbandoned(lock) {
  let holder;
  try {
    holder = Number(readFileSync(join(lock, "holder"), "utf8"));
  } catch {
    const age = statSync(lock, { throwIfNoEntry: false });
    return age !== undefined && Date.now() - age.mtimeMs > NAMELESS_MS;
  }
  if (holder === 0) return false;
  try {
    process.kill(holder, 0);
    return false;
  } catch (error) {
    return error.code === "ESRCH";
  }
}
