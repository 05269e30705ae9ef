import { MemoryError } from "../core/errors";
import type { Kernels } from "./kernels";

/** Views are aligned to this: a line of cache. */
const ALIGNMENT = 64;

/** One piece of memory handed out from its start on. It never grows, so that views stay good. */
export interface Arena {
  /** New views, all zero. @throws MemoryError where the memory does not suffice. */
  float64(length: number): Float64Array;
  float32(length: number): Float32Array;
  int32(length: number): Int32Array;
  uint32(length: number): Uint32Array;
}

/** Memory and the kernels that work on it. */
export interface Workspace extends Arena {
  readonly kernels: Kernels;
}

/** Bytes that arrays of these byte lengths take in a workspace. */
export function bytesOf(...byteLengths: readonly number[]): number {
  return byteLengths.reduce((sum, length) => sum + aligned(length), 0);
}

/** Bytes that float64 arrays of these lengths take in a workspace. */
export const float64Bytes = (...lengths: readonly number[]): number =>
  bytesOf(...lengths.map((length) => 8 * length));

/** Hands out `buffer`, which is all zero there, from the byte `from` on. */
export function createArena(buffer: ArrayBuffer, from = 0): Arena {
  const start = aligned(from);
  let next = start;

  function claim(bytes: number): number {
    const offset = next;
    const end = offset + aligned(bytes);
    if (end > buffer.byteLength) throw new MemoryError(end - start, buffer.byteLength - start);
    next = end;
    return offset;
  }

  return {
    float64: (length) => new Float64Array(buffer, claim(8 * length), length),
    float32: (length) => new Float32Array(buffer, claim(4 * length), length),
    int32: (length) => new Int32Array(buffer, claim(4 * length), length),
    uint32: (length) => new Uint32Array(buffer, claim(4 * length), length),
  };
}

function aligned(bytes: number): number {
  return Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;
}
