import { pSpin } from "./p-spin/parameters";
import type { System } from "./system";

/** Every system, in the order of the papers. To add one, add its folder and this line. */
export const systems: readonly System[] = [pSpin as System];
