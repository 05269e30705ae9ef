import type { QuantityInfo } from "../system";

/** What keeps a system on its sphere. */
export const multiplier: QuantityInfo = {
  name: "multiplier",
  of: "time",
  meaning: "Lagrange multiplier z of the sphere",
};

/** What the two-time equations are about. */
export const twoTimeFunctions: readonly QuantityInfo[] = [
  { name: "correlation", of: "pair", meaning: "C(t,t')" },
  { name: "response", of: "pair", meaning: "R(t,t'), to a unit jump in the clock" },
];
