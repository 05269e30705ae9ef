import { element } from "../form/element";

/** One of several: a group of chips. */
export interface Option {
  readonly value: string;
  readonly label: string | Node;
  /** What a screen reader says in place of the label, and a tooltip shows. */
  readonly title?: string;
}

/** A group of chips of which one is chosen; arrow keys go from one to the next. */
export function radioGroup(
  name: string,
  options: readonly Option[],
  chosen: string,
  onChoose: (value: string) => void,
): HTMLElement {
  const group = element("div", { role: "radiogroup", "aria-label": name });
  const chips = options.map(({ value, label, title }) => {
    const isChosen = value === chosen;
    const chip = element(
      "button",
      {
        type: "button",
        class: "chip",
        role: "radio",
        "aria-checked": String(isChosen),
        tabindex: isChosen ? "0" : "-1",
        "data-value": value,
        "aria-label": title,
        title,
      },
      [label],
    );
    chip.addEventListener("click", () => onChoose(value));
    return chip;
  });
  group.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const k = options.findIndex(({ value }) => value === chosen);
    const next = options[(k + step + options.length) % options.length].value;
    onChoose(next);
    document.querySelector<HTMLElement>(`[aria-label="${name}"] [data-value="${CSS.escape(next)}"]`)?.focus();
  });
  group.append(...chips);
  return group;
}
