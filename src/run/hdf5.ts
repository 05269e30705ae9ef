/** h5wasm with the file system that it has in its own memory. */
type Library = typeof import("h5wasm") & {
  readonly FS: {
    readFile(p: string): unknown;
    writeFile(p: string, b: Uint8Array): void;
    unlink(p: string): void;
  };
};
let files = 0;

/** Work on a file in the library's own memory: it has no way to any other. */
export async function inMemory<T>(work: (library: Library, path: string) => Promise<T>): Promise<T> {
  const library = (await import("h5wasm")) as unknown as Library;
  const module = await library.ready;
  // Else every error is printed, and no more than printed.
  module.activate_throwing_error_handler();
  const path = `fields-${files++}.h5`;
  try {
    return await work(library, path);
  } finally {
    module.deactivate_throwing_error_handler();
    library.FS.unlink(path);
  }
}
