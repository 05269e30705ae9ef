import { drawChart } from "../chart/chart";
import { addHover } from "../chart/hover";
import { type Shown, settingColour } from "../chart/marks";
import { numbersOf } from "../chart/numbers";
import { isPaired, type View } from "../chart/view";
import type { Setting, SystemDescription } from "../compute/messages";
import type { Results } from "../compute/results";
import type { Exported } from "../export/dialog";
import { button, element } from "../form/element";
import { labelsOf } from "../state/differences";
import type { PageState } from "../state/page-state";
import { quantityOf, showLooks } from "./looks";
import { place } from "./place";

/** Everything beside the form: curves, what they are drawn against, legend, numbers. */
export interface Panel {
  show(system: SystemDescription, state: PageState, results: Results): void;
  /** What is shown now; a setting that is computed still has those before it in its place. */
  readonly exported: Exported | undefined;
}

/** @param change takes what is pressed */
export function createPanel(change: (part: Partial<PageState>) => void): Panel {
  let exported: Exported | undefined;
  let shown: readonly Shown[] = [];
  /** The last setting of a system that could be drawn: it stays while another is computed. */
  let last: Setting | undefined;
  let reading: (() => number | undefined) | undefined;
  let drawnLook = "";

  function show(system: SystemDescription, state: PageState, results: Results): void {
    const { setting, pinned } = state;
    const paired = isPaired(system, state.view);
    const isThere = (one: Setting) =>
      results.theory(one)?.part?.drawn !== undefined || results.finite(one, paired)?.part;
    if (last?.system !== setting.system) last = undefined;
    const isBehind = !isThere(setting) && last !== undefined;
    if (isThere(setting)) last = setting;
    const all = [isBehind ? last! : setting, ...pinned];
    const labels = labelsOf(all, system);
    shown = all.map((one, k) => ({
      setting: one,
      label: labels[k],
      colour: settingColour(k),
      theory: results.theory(one)?.part,
      finite: state.simulate ? results.finite(one, paired)?.part : undefined,
    }));
    const quantity = quantityOf(system, state, shown);
    exported = { system, settings: shown, quantity: quantity.info.name, view: state.view };
    // What is as it was is left as it is: most of what comes in changes the curves alone.
    whenNew(
      "choosers",
      [system.name, quantity.there.map(({ name }) => name), state.view, state.simulate],
      () => showLooks(system, state, quantity, change),
    );
    draw(system, state.view, quantity.info.name, isBehind);
    whenNew("legend", [labels, state.pinned], () => showLegend(state));
    const [{ theory, finite }] = shown;
    whenNew(
      "numbers",
      [system.name, theory?.predictions, eventsIn(theory?.events), eventsIn(finite?.events)],
      () => place("numbers").replaceChildren(...numbersOf(system, shown[0])),
    );
    const notes = [
      ...new Set(shown.flatMap(({ theory, finite }) => [...(theory?.notes ?? []), ...(finite?.notes ?? [])])),
    ];
    place("notes").textContent = notes.join("\n");
  }

  const written = new Map<string, string>();
  function whenNew(what: string, facts: unknown, act: () => void): void {
    const signature = JSON.stringify(facts);
    if (written.get(what) === signature) return;
    written.set(what, signature);
    act();
  }

  function draw(system: SystemDescription, view: View, quantity: string, isBehind: boolean): void {
    const canvas = place("canvas");
    const at = reading?.();
    const look = JSON.stringify([system.name, view, quantity]);
    const isLikeBefore = look === drawnLook;
    drawnLook = look;
    const hadFocus = canvas.contains(document.activeElement);
    const chart =
      canvas.clientWidth > 0 ? drawChart(system, shown, quantity, view, canvas.clientWidth) : undefined;
    canvas.classList.toggle("behind", isBehind);
    place("figure").setAttribute("aria-busy", String(chart === undefined || isBehind));
    place("figure").dataset.system = system.name;
    canvas.replaceChildren(...(chart ? [chart.svg] : []));
    if (!chart) return;
    reading = addHover(canvas, chart, isLikeBefore ? at : undefined);
    if (hadFocus) chart.svg.focus();
  }

  function showLegend({ pinned }: PageState): void {
    place("legend").replaceChildren(
      ...(shown.length === 1 ? [] : shown).map(({ colour, label }, k) =>
        element("li", {}, [
          element("span", { class: "swatch", style: `background:${colour}` }),
          element("span", {}, [label]),
          ...(k === 0
            ? []
            : [
                button("remove", () => change({ pinned: pinned.filter((_, other) => other !== k - 1) }), {
                  "aria-label": `remove ${label}`,
                }),
              ]),
        ]),
      ),
    );
  }

  return {
    show,
    get exported() {
      return exported;
    },
  };
}

/** How many events there are of each kind: what changes as samples come in. */
const eventsIn = (events: Readonly<Record<string, Float64Array>> | undefined) =>
  Object.entries(events ?? {}).map(([name, times]) => [name, times.length, times[0]]);
