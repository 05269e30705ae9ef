import type { Figure } from "../kit/figure";
import { exitDimension } from "./exit-dimension";
import { exitRate } from "./exit-rate";
import { exitWidth } from "./exit-width";
import { landscape } from "./landscape";
import { norms } from "./norms";
import { pair } from "./pair";
import { risk } from "./risk";
import { secondLayer } from "./second-layer";

/** The figures of the quadratic network, in the order of the report. */
export const figures: readonly Figure[] = [
  exitDimension,
  exitRate,
  exitWidth,
  risk,
  pair,
  secondLayer,
  norms,
  landscape,
];
