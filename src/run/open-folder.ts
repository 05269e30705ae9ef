import { mkdir, readdir, readFile, rm, rmdir } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import writeFileAtomic from "write-file-atomic";
import { InvalidParameterError } from "../core/errors";

/** A folder that is there and takes files. */
export interface OpenFolder {
  /** Writes a file whole or not at all; `name` may lead into folders below. */
  write(name: string, text: string): Promise<void>;
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
  const root = resolve(folder);
  const written = new Set<string>();
  const refuse = (error: unknown) =>
    new InvalidParameterError(
      parameter,
      folder,
      `a folder that can be read and written (${(error as NodeJS.ErrnoException).code})`,
    );
  let made: string | undefined;

  async function write(name: string, text: string): Promise<void> {
    const path = join(root, name);
    try {
      if (dirname(path) !== root) await mkdir(dirname(path), { recursive: true });
      await writeFileAtomic(path, text);
      written.add(path);
    } catch (error) {
      throw refuse(error);
    }
  }

  async function read(name: string): Promise<string | undefined> {
    try {
      return await readFile(join(root, name), "utf8");
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
    made = await mkdir(root, { recursive: true });
    // The first write shows whether the folder takes files at all.
    const probe = join(root, ".twotime-probe");
    await writeFileAtomic(probe, "");
    await rm(probe);
  } catch (error) {
    await discard();
    throw refuse(error);
  }
  return { write, read, discard };
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
