import { isPaired, openingView } from "../chart/view";
import { createDesk, type Desk } from "../compute/desk";
import type { Setting, SystemDescription } from "../compute/messages";
import { copyButton, openExports } from "../export/dialog";
import { button, element } from "../form/element";
import { createForm, type Form } from "../form/form";
import { fromHash, MOST_SETTINGS, type PageState, toHash } from "../state/page-state";
import { createPanel } from "./panel";
import { place } from "./place";
import { createStatus } from "./status";

/** Least time between two drawings. */
const SHOW_EVERY_MS = 100;

const UNREADABLE = new Error(
  "The address holds no setting that can be read, or one of a system that is not there: this is how the page opens.",
);

/** Opens the page: the state of its address, or the first system as it comes. @param program URL of the workers' program */
export async function openPage(program: string): Promise<void> {
  const status = createStatus(() => desk.stop());
  const desk: Desk = createDesk(program, {
    changed: () => showSoon(),
    progress: (what, progress) => status.progress(what, progress),
  });
  const systems = await desk.describe();
  const named = new Map(systems.map((system) => [system.name, system]));
  const opening = (system: SystemDescription): PageState => ({
    setting: system.opening,
    pinned: [],
    simulate: true,
    view: openingView,
  });
  const openings = new Map(systems.map((system) => [system.name, system.opening]));
  const linked = fromHash(location.hash, openings);
  let state = linked ?? opening(systems[0]);
  /** Said until something is changed. */
  let unreadable = linked || location.hash.length < 2 ? undefined : UNREADABLE;
  let form: Form;
  let written = location.hash;
  let writing: ReturnType<typeof setTimeout> | undefined;

  const systemOf = () => named.get(state.setting.system)!;
  const panel = createPanel((part) => {
    state = { ...state, ...part };
    update();
    // What is pressed answers at once, and keeps the focus.
    show();
  });

  const compare = button("Compare", () => {
    state = { ...state, pinned: [...state.pinned, state.setting] };
    update();
    show();
  });
  let waiting = false;
  let lastShown = -Infinity;
  /** News come faster than they can be seen. */
  function showSoon(): void {
    if (waiting) return;
    waiting = true;
    setTimeout(
      () =>
        requestAnimationFrame(() => {
          waiting = false;
          lastShown = performance.now();
          show();
        }),
      Math.max(0, lastShown + SHOW_EVERY_MS - performance.now()),
    );
  }

  function show(): void {
    panel.show(systemOf(), state, desk.results);
    const theoryError = desk.results.theory(state.setting)?.error;
    const finiteError = desk.results.finite(state.setting, isPaired(systemOf(), state.view))?.error;
    const failed = theoryError ?? finiteError ?? unreadable;
    const wrong = failed && "parameter" in failed ? (failed as Error & { parameter: string }) : undefined;
    const isPlaced = form.complain(wrong && { parameter: wrong.parameter, message: wrong.message });
    status.fail(failed, theoryError ? "No theory" : "No finite system", isPlaced && wrong !== undefined);
    status.tell(panel.exported?.settings.find(({ setting }) => setting === state.setting));
    place("chart").setAttribute("aria-busy", String(desk.isBusy()));
    compare.disabled = state.pinned.length + 1 >= MOST_SETTINGS;
  }

  function update(isOpening = false): void {
    if (!isOpening) unreadable = undefined;
    const system = systemOf();
    desk.want(
      [state.setting, ...state.pinned],
      state.simulate && system.simulation !== undefined,
      isPaired(system, state.view),
    );
    showSoon();
    clearTimeout(writing);
    if (unreadable) return;
    writing = setTimeout(() => {
      written = toHash(state);
      history.replaceState(null, "", written);
    }, 300);
  }

  function openForm(): void {
    const system = systemOf();
    place<HTMLSelectElement>("system").value = system.name;
    form = createForm(place("form"), system, state.setting, (setting: Setting) => {
      state = { ...state, setting };
      update();
    });
    place("footer").replaceChildren(...system.citations.map((text) => element("p", {}, [text])));
    document.title = `${system.name} · twotime`;
  }

  const select = place<HTMLSelectElement>("system");
  select.replaceChildren(...systems.map(({ name, title }) => element("option", { value: name }, [title])));
  select.addEventListener("change", () => {
    state = opening(named.get(select.value)!);
    openForm();
    update();
  });
  place("actions").replaceChildren(
    compare,
    copyButton("Copy link", () => location.href.replace(/#.*$/, "") + toHash(state)),
    button("Export", () => panel.exported && openExports(panel.exported)),
    button("Reset", () => {
      state = opening(systemOf());
      openForm();
      update();
    }),
  );
  addEventListener("hashchange", () => {
    const linked = fromHash(location.hash, openings);
    if (location.hash === written) return;
    if (!linked) {
      unreadable = UNREADABLE;
      show();
      return;
    }
    state = linked;
    openForm();
    update();
  });
  new ResizeObserver(showSoon).observe(place("canvas"));
  place("form").addEventListener("submit", (event) => event.preventDefault());
  openForm();
  update(true);
}
