import { radioGroup } from "../chart/choosers";
import type { Shown } from "../chart/marks";
import { AGAINST, INTEGRATED_RESPONSE, type View, viewOf } from "../chart/view";
import type { SystemDescription } from "../compute/messages";
import { element } from "../form/element";
import { inWords } from "../form/field";
import { symbolElement } from "../form/symbol";
import type { PageState } from "../state/page-state";
import { place } from "./place";

/** The quantities there are, and the one that is looked at. */
export function quantityOf(system: SystemDescription, { view }: PageState, shown: readonly Shown[]) {
  const names = new Set(
    shown.flatMap(({ theory, finite }) =>
      [theory?.drawn?.series, theory?.pairs?.series, finite?.series, finite?.twoTime?.series].flatMap(
        (series) => Object.keys(series ?? {}).map((name) => name.replace(/\[.*$/, "")),
      ),
    ),
  );
  const ofCurves = system.quantities.filter((info) => info.of === "time" || info.of === "pair");
  const there = ofCurves.filter((info) => names.has(info.name) || info.name === view.quantity);
  const quantities = there.length > 0 ? there : ofCurves.slice(0, 1);
  return {
    there: quantities,
    info: quantities.find(({ name }) => name === view.quantity) ?? quantities[0],
  };
}

/** What can be chosen of a view: the quantity, what it is drawn against, its axes, and whether the finite system runs. */
export function showLooks(
  system: SystemDescription,
  { view, simulate }: PageState,
  { there, info: quantity }: ReturnType<typeof quantityOf>,
  change: (part: Partial<PageState>) => void,
): void {
  const look = (part: Partial<View>) => change({ view: { ...view, ...part } });
  keepFocus(place("quantities"), [
    radioGroup(
      "Quantity",
      there.map(({ name, symbol, meaning }) => ({
        value: name,
        label: symbolElement(symbol),
        title: `${inWords(name)}: ${meaning}`,
      })),
      quantity.name,
      (name) => look({ quantity: name }),
    ),
  ]);
  const scales = ["log", "linear"].map((value) => ({ value, label: value }));
  const group = (label: string, inner: HTMLElement) =>
    element("div", { class: "group" }, [element("span", { "aria-hidden": "true" }, [label]), inner]);
  keepFocus(place("axes"), [
    ...(quantity.of === "pair"
      ? [
          group(
            "against",
            radioGroup(
              "Drawn against",
              [
                { value: "difference", label: AGAINST.difference },
                { value: "ratio", label: AGAINST.ratio, title: "t′/t, aging" },
                ...(quantity.name === INTEGRATED_RESPONSE
                  ? [
                      {
                        value: "correlation",
                        label: AGAINST.correlation,
                        title: "C(t, t′), violation of fluctuation-dissipation",
                      },
                    ]
                  : []),
              ],
              viewOf(view, quantity.name).against,
              (against) => look({ against: against as View["against"] }),
            ),
          ),
        ]
      : []),
    // Slopes are seen on linear axes alone.
    ...(quantity.of === "pair" && viewOf(view, quantity.name).against === "correlation"
      ? []
      : [
          group(
            "x",
            radioGroup("Horizontal axis", scales, view.x, (x) => look({ x: x as View["x"] })),
          ),
          group(
            "y",
            radioGroup("Vertical axis", scales, view.y, (y) => look({ y: y as View["y"] })),
          ),
        ]),
    ...(system.simulation ? [simulateSwitch(simulate, change)] : []),
  ]);
}

function simulateSwitch(simulate: boolean, change: (part: Partial<PageState>) => void): HTMLElement {
  const box = element("input", { type: "checkbox" });
  box.checked = simulate;
  box.addEventListener("change", () => change({ simulate: box.checked }));
  return element("label", { class: "group" }, [box, "finite system"]);
}

/** Fills a place anew and gives the focus back to the control of the same name. */
function keepFocus(where: HTMLElement, children: readonly HTMLElement[]): void {
  const focused = where.contains(document.activeElement) ? document.activeElement : undefined;
  const [group, value] = [
    focused?.parentElement?.getAttribute("aria-label"),
    focused?.getAttribute("data-value"),
  ];
  where.replaceChildren(...children);
  if (!focused) return;
  const again = group
    ? where.querySelector<HTMLElement>(`[aria-label="${group}"] [data-value="${value}"]`)
    : where.querySelector<HTMLElement>("input");
  again?.focus();
}
