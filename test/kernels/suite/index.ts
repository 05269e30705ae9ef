import { checks as aging } from "./aging";
import type { Check } from "./check";
import { checks as dense } from "./dense";
import { checks as modes } from "./modes";
import { checks as particles } from "./particles";
import { checks as products } from "./products";
import { checks as random } from "./random";
import { checks as responses } from "./responses";
import { checks as row } from "./row";
import { checks as sweep } from "./sweep";
import { checks as symmetric } from "./symmetric";

/** Everything that each layer of the kernels must hold to. */
export const suite: readonly Check[] = [
  ...sweep,
  ...row,
  ...products,
  ...symmetric,
  ...dense,
  ...random,
  ...responses,
  ...modes,
  ...aging,
  ...particles,
];
