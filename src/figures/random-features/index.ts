import type { Figure } from "../kit/figure";
import { batches } from "./batches";
import { families } from "./families";
import { momentum } from "./momentum";
import { phases } from "./phases";
import { ramps } from "./ramps";
import { schedules } from "./schedules";

/** The figures of random features, in the order of the report. */
export const figures: readonly Figure[] = [phases, schedules, families, batches, ramps, momentum];
