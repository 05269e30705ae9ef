/** What needs Node: workers, and the folders that runs are kept in. */
export { loadFields, type StoredFields } from "./fields-file";
export { createPool, type PoolOptions, type WorkerPool } from "./pool";
export { loadRun } from "./run-folder";
export { type Sweep, type SweepOptions, type SweepPoint, type SweepRow, sweep } from "./sweep/sweep";
