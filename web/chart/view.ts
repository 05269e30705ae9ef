import type { SystemDescription } from "../compute/messages";

/** How the curves are looked at. */
export interface View {
  /** Name of the quantity; left out, the first there is. */
  readonly quantity?: string;
  readonly x: "log" | "linear";
  readonly y: "log" | "linear";
  /** What functions of two times are drawn against: t − t′, or t′/t for aging. */
  readonly against: "difference" | "ratio";
}

/** Whether it is of two times: the finite system is then asked for pairs too, which can change its steps. */
export const isPaired = (system: SystemDescription, { quantity }: View): boolean =>
  system.quantities.find(({ name }) => name === quantity)?.of === "pair";

export const openingView: View = { x: "log", y: "linear", against: "difference" };
