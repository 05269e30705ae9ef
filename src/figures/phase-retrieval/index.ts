import type { Figure } from "../kit/figure";
import { algorithms } from "./algorithms";
import { descentRatio } from "./descent-ratio";
import { kernels } from "./kernels";
import { meanField } from "./mean-field";
import { noise } from "./noise";
import { randomStart } from "./random-start";
import { ridge } from "./ridge";
import { step } from "./step";
import { trapping } from "./trapping";

/** The figures of phase retrieval, in the order of the report. */
export const figures: readonly Figure[] = [
  trapping,
  algorithms,
  noise,
  randomStart,
  descentRatio,
  ridge,
  step,
  meanField,
  kernels,
];
