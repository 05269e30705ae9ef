/** How the curves are looked at. */
export interface View {
  /** Name of the quantity; left out, the first there is. */
  readonly quantity?: string;
  readonly x: "log" | "linear";
  readonly y: "log" | "linear";
  /** What functions of two times are drawn against: t − t′, or t′/t for aging. */
  readonly against: "difference" | "ratio";
}

export const openingView: View = { x: "log", y: "linear", against: "difference" };
