import type { Figure } from "../kit/figure";
import { budget } from "./budget";
import { crossover } from "./crossover";
import { exponents } from "./exponents";
import { hessian } from "./hessian";
import { twoPhases } from "./two-phases";

/** The figures of the spherical SK model, in the order of the report. */
export const figures: readonly Figure[] = [twoPhases, exponents, hessian, crossover, budget];
