declare module "write-file-atomic" {
  /** Writes beside the file and renames, so that a reader sees the old or the new content, never half. */
  export default function writeFileAtomic(file: string, data: string | Buffer): Promise<void>;
}
