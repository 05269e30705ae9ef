import type { Figure } from "../kit/figure";
import { aging } from "./aging";
import { agreement } from "./agreement";
import { exponents } from "./exponents";
import { longTimes } from "./long-times";
import { loss } from "./loss";

/** The figures of the p-spin model, in the order of the report. */
export const figures: readonly Figure[] = [loss, aging, longTimes, exponents, agreement];
