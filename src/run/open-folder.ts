import { randomUUID } from "node:crypto";
import { mkdir, open, readdir, readFile, rename, rm, rmdir, stat } from "node:fs/promises";
import { dirname, join, resolve, sep } from "node:path";
import { InvalidParameterError } from "../core/errors";

/** A folder that is there and takes files. */
export interface OpenFolder {
  /** Writes a file whole or not at all; `name` may lead into folders below. */
  write(name: string, content: string | Uint8Array): Promise<void>;
  /** Writes over a file that is there, where it stands: on a disk that is full, too, as long as the text is no longer. */
  overwrite(name: string, text: string): Promise<void>;
  /** The text of a file in the folder; undefined where there is none. @throws InvalidParameterError where it cannot be read. */
  read(name: string): Promise<string | undefined>;
  /** Removes what was written, and the folders that were made for it. */
  discard(): Promise<void>;
}

/**
 * Makes a folder where there is none.
 * @param parameter how errors call the folder, e.g. "--out".
 * @throws InvalidParameterError for a folder that cannot be made or written.
 */
export async function openFolder(folder: string, parameter: string): Promise<OpenFolder> {
  if (folder.trim() === "") throw new InvalidParameterError(parameter, folder, "the name of a folder");
  const root = resolve(folder);
  const written = new Set<string>();
  const refuse = (error: unknown) =>
    new InvalidParameterError(
      parameter,
      folder,
      `a folder that can be read and written (${(error as NodeJS.ErrnoException).code})`,
    );
  let made: string | undefined;

  async function write(name: string, content: string | Uint8Array): Promise<void> {
    const path = inside(root, name);
    try {
      if (dirname(path) !== root) await mkdir(dirname(path), { recursive: true });
      await writeFileAtomic(path, content);
      written.add(path);
    } catch (error) {
      throw refuse(error);
    }
  }

  async function overwrite(name: string, text: string): Promise<void> {
    const file = await open(inside(root, name), "r+");
    try {
      await file.write(text, 0);
      await file.truncate(Buffer.byteLength(text));
    } finally {
      await file.close();
    }
  }

  async function read(name: string): Promise<string | undefined> {
    const path = inside(root, name);
    try {
      return await readFile(path, "utf8");
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
      throw refuse(error);
    }
  }

  async function discard(): Promise<void> {
    for (const path of written) await rm(path, { force: true });
    if (made === undefined) return;
    // Upwards to the first folder that was made here; one that has got other files meanwhile stays.
    for (let path = root; path.length >= made.length; path = dirname(path)) {
      const isGone = await rmdir(path).then(
        () => true,
        () => false,
      );
      if (!isGone) return;
    }
  }

  try {
    made = await makeFolders(root);
    // The first write shows whether the folder takes files at all.
    const probe = join(root, `.twotime-probe-${randomUUID()}`);
    await writeFileAtomic(probe, "");
    await rm(probe);
  } catch (error) {
    await discard();
    throw refuse(error);
  }
  return { write, overwrite, read, discard };
}

/** The path of a file in a folder. @throws Error for a name that leads out of it, which no part of this package makes */
function inside(root: string, name: string): string {
  const path = resolve(root, name);
  if (path.startsWith(root.endsWith(sep) ? root : root + sep)) return path;
  throw new Error(`the name ${JSON.stringify(name)} leads out of the folder`);
}

/**
 * Writes beside the file and renames, so that a reader sees the old or the new content, never half. The name beside it is
 * nobody else's: in containers all processes have the same number.
 */
async function writeFileAtomic(path: string, content: string | Uint8Array): Promise<void> {
  const unfinished = `${path}.${randomUUID()}`;
  try {
    const file = await open(unfinished, "wx");
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(unfinished, path);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
}

/** Makes a folder and those above it, one by one: in /proc the system's own way does not end. @returns the first made */
async function makeFolders(folder: string): Promise<string | undefined> {
  const missing: string[] = [];
  const exists = (path: string) =>
    stat(path).then(
      () => true,
      () => false,
    );
  for (let path = folder; !(await exists(path)) && path !== dirname(path); path = dirname(path))
    missing.unshift(path);
  for (const path of missing) {
    // Somebody else may have made it meanwhile.
    await mkdir(path).catch((error) => {
      if (error.code !== "EEXIST") throw error;
    });
  }
  return missing[0];
}

/** Whether there is no such folder, or nothing in it. */
export async function isEmpty(folder: string): Promise<boolean> {
  try {
    return (await readdir(folder)).length === 0;
  } catch (error) {
    // A path that is no folder is for openFolder to refuse.
    return (error as NodeJS.ErrnoException).code !== undefined;
  }
}
