import type { Figure } from "../kit/figure";
import { regimes } from "./regimes";

/** The figure of the convex basin. */
export const figures: readonly Figure[] = [regimes];
