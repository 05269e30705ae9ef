import type { Figure } from "../kit/figure";
import { batch } from "./batch";
import { switchTime } from "./switch";
import { widths } from "./widths";

/** The figures of teacher and student, in the order of the report. */
export const figures: readonly Figure[] = [switchTime, widths, batch];
