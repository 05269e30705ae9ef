import type { Progress } from "twotime";
import { drawChart } from "./chart/chart";
import { radioGroup } from "./chart/choosers";
import { addHover } from "./chart/hover";
import { type Shown, settingColour } from "./chart/marks";
import { numbersOf } from "./chart/numbers";
import type { View } from "./chart/view";
import type { Setting, SystemDescription } from "./compute/messages";
import type { Results } from "./compute/results";
import type { Exported } from "./export/dialog";
import { button, element } from "./form/element";
import { inWords } from "./form/field";
import { symbolElement } from "./form/symbol";
import { labelsOf } from "./state/differences";
import type { PageState } from "./state/page-state";

/** Everything beside the form: curves, what they are drawn against, progress, legend, numbers. */
export interface Panel {
  show(system: SystemDescription, state: PageState, results: Results): void;
  progress(what: "theory" | "finite", progress: Progress | undefined): void;
  /** Says what went wrong, where no field can say it. */
  fail(error: Error | undefined, isBesideField: boolean): void;
  /** What is shown now. */
  readonly exported: Exported | undefined;
}

interface PanelEvents {
  change(part: Partial<PageState>): void;
  stop(): void;
}

const place = <E extends HTMLElement = HTMLElement>(id: string) => document.getElementById(id) as E;

export function createPanel(events: PanelEvents): Panel {
  let exported: Exported | undefined;
  let shown: readonly Shown[] = [];
  /** The last setting of a system that could be drawn: it stays while another is computed. */
  let last: Setting | undefined;
  const running = new Map<string, Progress>();
  const stop = button("Stop", events.stop, { hidden: "" });
  place("stop").append(stop);
  let spoken = "";
  let reading: (() => number | undefined) | undefined;
  let drawnLook = "";

  function show(system: SystemDescription, state: PageState, results: Results): void {
    const { setting, pinned } = state;
    const isThere = (one: Setting) =>
      results.theory(one)?.part?.drawn !== undefined || results.finite(one)?.part;
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
      finite: state.simulate ? results.finite(one)?.part : undefined,
    }));
    const quantity = quantityOf(system, state);
    exported = { system, settings: shown, quantity: quantity.info.name, view: state.view };
    // What is as it was is left as it is: most of what comes in changes the curves alone.
    whenNew(
      "choosers",
      [system.name, quantity.there.map(({ name }) => name), state.view, state.simulate],
      () => showChoosers(system, state, quantity),
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
    if (!isBehind) speak(results.theory(setting)?.over ? statusText() : "");
  }

  const written = new Map<string, string>();
  function whenNew(what: string, facts: unknown, act: () => void): void {
    const signature = JSON.stringify(facts);
    if (written.get(what) === signature) return;
    written.set(what, signature);
    act();
  }

  /** The quantities there are, and the one that is looked at. */
  function quantityOf(system: SystemDescription, { view }: PageState) {
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

  function showChoosers(
    system: SystemDescription,
    { view, simulate }: PageState,
    { there, info: quantity }: ReturnType<typeof quantityOf>,
  ): void {
    const look = (part: Partial<View>) => events.change({ view: { ...view, ...part } });
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
                  { value: "difference", label: "t − t′" },
                  { value: "ratio", label: "t′/t", title: "t′/t, aging" },
                ],
                view.against,
                (against) => look({ against: against as View["against"] }),
              ),
            ),
          ]
        : []),
      group(
        "x",
        radioGroup("Horizontal axis", scales, view.x, (x) => look({ x: x as View["x"] })),
      ),
      group(
        "y",
        radioGroup("Vertical axis", scales, view.y, (y) => look({ y: y as View["y"] })),
      ),
      ...(system.simulation ? [simulateSwitch(simulate)] : []),
    ]);
  }

  function simulateSwitch(simulate: boolean): HTMLElement {
    const box = element("input", { type: "checkbox" });
    box.checked = simulate;
    box.addEventListener("change", () => events.change({ simulate: box.checked }));
    return element("label", { class: "group" }, [box, "finite system"]);
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
                button(
                  "remove",
                  () => events.change({ pinned: pinned.filter((_, other) => other !== k - 1) }),
                  {
                    "aria-label": `remove ${label}`,
                  },
                ),
              ]),
        ]),
      ),
    );
  }

  function statusText(): string {
    const { theory, finite } = shown[0] ?? {};
    return [
      ...(theory?.seconds !== undefined ? [`theory in ${theory.seconds.toFixed(2)} s`] : []),
      ...(finite
        ? [`finite system of size ${finite.size}: ${finite.samples} samples, ± one standard error`]
        : []),
    ].join(" · ");
  }

  function speak(text: string): void {
    const status = place("status");
    if (!status.classList.contains("wrong"))
      status.textContent = text || (running.size > 0 ? "solving …" : "");
    // Not every sample: what is finished.
    if (text === spoken || running.size > 0) return;
    spoken = text;
    place("live").textContent = text;
  }

  return {
    show,
    progress(what, progress) {
      if (progress) running.set(what, progress);
      else running.delete(what);
      const bar = place<HTMLProgressElement>("progress");
      const current = running.get("theory") ?? running.get("finite");
      bar.hidden = current === undefined;
      stop.hidden = current === undefined;
      if (current) bar.value = current.total > 0 ? current.done / current.total : 0;
    },
    fail(error, isBesideField) {
      const status = place("status");
      status.classList.toggle("wrong", error !== undefined);
      if (!error) return;
      status.textContent = isBesideField
        ? "A value is wrong; it is explained beside its field."
        : error.message;
      place("live").textContent = error.message;
    },
    get exported() {
      return exported;
    },
  };
}

/** How many events there are of each kind: what changes as samples come in. */
const eventsIn = (events: Readonly<Record<string, Float64Array>> | undefined) =>
  Object.entries(events ?? {}).map(([name, times]) => [name, times.length, times[0]]);

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
