import type { SystemDescription } from "../compute/messages";

/** The quantity that is looked at against C, and the other it needs. */
export const INTEGRATED_RESPONSE = "integratedResponse";
export const CORRELATION = "correlation";

/** How the curves are looked at. */
export interface View {
  /** Name of the quantity; left out, the first there is. */
  readonly quantity?: string;
  readonly x: "log" | "linear";
  readonly y: "log" | "linear";
  /** What functions of two times are drawn against: t − t′, t′/t for aging, or, of the integrated response, C. */
  readonly against: "difference" | "ratio" | "correlation";
}

/** The ways to draw a function of two times, and what stands on the axis. */
export const AGAINST: Readonly<Record<View["against"], string>> = {
  difference: "t − t′",
  ratio: "t′/t",
  correlation: "C(t, t′)",
};

/** The view as far as it makes sense for a quantity: only the integrated response is drawn against C, and on linear axes. */
export const viewOf = (view: View, quantity: string): View =>
  view.against !== "correlation"
    ? view
    : quantity === INTEGRATED_RESPONSE
      ? { ...view, x: "linear", y: "linear" }
      : { ...view, against: "difference" };

/** Whether it is of two times: the finite system is then asked for pairs too, which can change its steps. */
export const isPaired = (system: SystemDescription, { quantity }: View): boolean =>
  system.quantities.find(({ name }) => name === quantity)?.of === "pair";

export const openingView: View = { x: "log", y: "linear", against: "difference" };
