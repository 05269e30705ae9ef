import type { Figure } from "../kit/figure";
import { agreement } from "./agreement";
import { decay } from "./decay";
import { phases } from "./phases";
import { switchTime } from "./switch";

/** The figures of the spiked matrix-tensor model, in the order of the report. */
export const figures: readonly Figure[] = [switchTime, decay, phases, agreement];
