/**
 * What a pool of one's own is made of, e.g. of workers of a page or of processes on other machines: the queue that does
 * what every pool does, the task behind a name, and what takes results and errors across a border between threads.
 */
export { type PackedError, packError, unpackError } from "./core/packed-error";
export { createPieceQueue, type PieceQueue } from "./core/piece-queue";
export { runHere } from "./core/pool";
export { type Parcel, pack } from "./core/transfer";
export { findTask } from "./systems/tasks";
