import { tsImport } from "tsx/esm/api";

/** The program of a worker in a checkout, from its source: no build is needed then. */
export default (await tsImport("./worker.ts", import.meta.url)).default;
