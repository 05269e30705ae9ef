import { tsImport } from "tsx/esm/api";

/** The program of a worker, from its source. */
export default (await tsImport("../../src/run/worker.ts", import.meta.url)).default;
