import { randomBytes } from "node:crypto";
import { link, readdir, readFile, rename, stat, unlink, utimes, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { InvalidParameterError } from "../../core/errors";

/** A folder that no other process works on. */
export interface FolderLock {
  release(): Promise<void>;
}

/** Who holds a lock. */
interface Holder {
  readonly pid: number;
  readonly host: string;
  readonly token: string;
}

/** Tokens of the locks that this process has. */
const held = new Set<string>();

const BEAT_MS = 5_000;
/** A holder that has not said for this long that it is there is gone, or cut off from the folder. */
const LOST_MS = 60_000;

/**
 * Takes a folder for this process until it is released or the process ends. The lock of a process that ended
 * without releasing it is taken over: at once on the same machine, after a minute on another.
 * @param name of the lock in the folder: those with different names do not exclude each other
 * @param parameter how errors call the folder
 * @throws InvalidParameterError where another process has it
 */
export async function lockFolder(folder: string, parameter: string, name = "lock"): Promise<FolderLock> {
  const path = join(folder, name);
  const me: Holder = { pid: process.pid, host: hostname(), token: randomBytes(8).toString("hex") };
  const mine = `${path}.${me.token}`;
  await writeFile(mine, JSON.stringify(me));
  try {
    for (;;) {
      const isTaken = await link(mine, path).then(
        () => false,
        (error: NodeJS.ErrnoException) => {
          if (error.code === "EEXIST") return true;
          throw error;
        },
      );
      if (!isTaken) break;
      const { holder, age } = await lookAt(path, mine);
      if (holder && isThere(holder, age)) {
        const allowed = "a folder that no other process works on";
        const message = `${parameter} ${folder} is in use by process ${holder.pid} on ${holder.host}; allowed: ${allowed}`;
        throw new InvalidParameterError(parameter, folder, allowed, message);
      }
      await takeAway(path, mine, holder);
    }
  } finally {
    await unlink(mine).catch(() => {});
  }
  held.add(me.token);
  const beat = setInterval(() => {
    const now = new Date();
    utimes(path, now, now).catch(() => {});
  }, BEAT_MS).unref();
  return {
    async release() {
      clearInterval(beat);
      held.delete(me.token);
      if ((await holderOf(path))?.token === me.token) await unlink(path).catch(() => {});
    },
  };
}

/** Whether somebody works on a folder, in words; undefined where nobody does. */
async function lockHolder(folder: string, name: string): Promise<string | undefined> {
  const path = join(folder, name);
  const holder = await holderOf(path);
  const age = await stat(path).then(
    ({ mtimeMs }) => Date.now() - mtimeMs,
    () => Infinity,
  );
  return holder && isThere(holder, age) ? `process ${holder.pid} on ${holder.host}` : undefined;
}

/** Those who work on a folder, each on its share. */
export async function lockHolders(folder: string): Promise<string | undefined> {
  const names = (await readdir(folder)).filter((name) => /^lock(-\d+-of-\d+)?$/.test(name));
  const holders = await Promise.all(names.map((name) => lockHolder(folder, name)));
  return holders.filter((holder) => holder !== undefined).join(", ") || undefined;
}

async function lookAt(path: string, mine: string): Promise<{ holder?: Holder; age: number }> {
  const holder = await holderOf(path);
  // By the clock of those who touch the files: ours has just been made.
  const [theirs, ours] = await Promise.all([stat(path).catch(() => undefined), stat(mine)]);
  return { holder, age: theirs ? ours.mtimeMs - theirs.mtimeMs : Infinity };
}

async function holderOf(path: string): Promise<Holder | undefined> {
  try {
    return JSON.parse(await readFile(path, "utf8"));
  } catch {
    return undefined;
  }
}

function isThere({ pid, host, token }: Holder, age: number): boolean {
  // One with our own number that is not ours is of an earlier start of this machine.
  if (host === hostname() && (pid === process.pid ? !held.has(token) : !isAlive(pid))) return false;
  return age < LOST_MS;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** Moves the lock of a process that is gone out of the way; if somebody else did so first, theirs is put back. */
async function takeAway(path: string, mine: string, gone: Holder | undefined): Promise<void> {
  const aside = `${mine}.old`;
  try {
    await rename(path, aside);
  } catch {
    return;
  }
  const moved = await holderOf(aside);
  if (moved?.token !== gone?.token) await link(aside, path).catch(() => {});
  await unlink(aside).catch(() => {});
}
