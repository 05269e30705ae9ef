import { tsImport } from "tsx/esm/api";

/** The program of a process that computes points in a checkout, from its source: no build is needed then. */
await tsImport("./point-worker.ts", import.meta.url);
