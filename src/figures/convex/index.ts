import type { Figure } from "../kit/figure";
import { annealing } from "./annealing";
import { regimes } from "./regimes";

/** The figures of the convex basin, in the order of the report. */
export const figures: readonly Figure[] = [regimes, annealing];
