import type { Figure } from "../kit/figure";
import { exponents } from "./exponents";
import { prefactor } from "./prefactor";
import { sensing } from "./sensing";

/** The figures of momentum with label noise, in the order of the report. */
export const figures: readonly Figure[] = [exponents, prefactor, sensing];
