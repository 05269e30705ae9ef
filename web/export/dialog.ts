import { stringify } from "yaml";
import type { Shown } from "../chart/marks";
import type { View } from "../chart/view";
import type { SystemDescription } from "../compute/messages";
import { drawnPairs, LATER } from "../compute/times";
import { button, element } from "../form/element";
import { pngOf, svgOf } from "./picture";
import { csvOf } from "./rows";
import { configOf, scriptOf } from "./script";

/** What is exported: all that is shown. */
export interface Exported {
  readonly system: SystemDescription;
  readonly settings: readonly Shown[];
  readonly quantity: string;
  readonly view: View;
}

/** Opens the dialog of exports. */
export function openExports({ system, settings, quantity, view }: Exported): void {
  const [{ setting, theory, finite }] = settings;
  const pairs = finite?.twoTime?.pairs;
  const config = configOf(setting, { simulates: system.simulation !== undefined, pairs });
  const text = (extension: string, type: string, make: () => string | undefined) => async () => {
    const made = make();
    if (made !== undefined) save(new Blob([made], { type }), extension);
  };
  const drawing = () => svgOf(system, settings, quantity, view);
  const save = (blob: Blob, extension: string) => {
    const link = element("a", { href: URL.createObjectURL(blob), download: `${system.name}.${extension}` });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  };
  const files = [
    button(
      "CSV",
      text("csv", "text/csv", () => csvOf(settings)),
      { title: "all numbers, in full precision" },
    ),
    button("SVG", text("svg", "image/svg+xml", drawing), { title: "the drawing" }),
    button("PNG", async () => {
      const svg = drawing();
      if (svg !== undefined) save(await pngOf(svg), "png");
    }),
    button(
      "JSON",
      text("json", "application/json", () => `${JSON.stringify(config, undefined, 2)}\n`),
      {
        title: "the config of the command line",
      },
    ),
    button(
      "YAML",
      text("yaml", "application/yaml", () => stringify(config)),
      { title: "the same in YAML" },
    ),
  ];
  const isPair = system.quantities.find(({ name }) => name === quantity)?.of === "pair";
  const until = lastOf(theory?.reported?.time) ?? Number(setting.method.until);
  const kind = String(setting.method.kind ?? Object.keys(system.methods)[0]);
  const lines = scriptOf(setting, {
    quantity: isPair ? quantity : seriesOf(quantity, theory?.drawn?.series),
    until,
    simulatedUntil: lastOf(finite?.time) ?? Number(setting.simulation.until),
    stepped: system.stepped,
    ...(isPair && { pairs: pairs ?? drawnPairs(until, LATER.finite) }),
    takesPairs: system.methods[kind].properties?.pairs !== undefined,
    simulates: finite !== undefined && (!isPair || pairs !== undefined),
  });
  const dialog = element("dialog", { "aria-label": "Export" }, [
    element("h2", {}, ["Export"]),
    element("div", { class: "files" }, files),
    element("p", { class: "meaning" }, [
      "twotime compare FILE gives the numbers of a config on the command line; these lines give them in a script:",
    ]),
    element("pre", { tabindex: "0", "aria-label": "script" }, [lines]),
    element("div", { class: "files" }, [
      copyButton("Copy the script", () => lines),
      button("Close", () => dialog.close()),
    ]),
  ]);
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

const lastOf = (times: Float64Array | undefined) => times?.[times.length - 1];

/** The series of a quantity: its first component where it has several. */
function seriesOf(quantity: string, series: Readonly<Record<string, unknown>> = {}): string {
  const names = Object.keys(series);
  return names.find((name) => name === quantity || name.startsWith(`${quantity}[`)) ?? names[0] ?? quantity;
}

/** A button that copies a text, and says so for a while. */
export function copyButton(label: string, make: () => string): HTMLButtonElement {
  const made = button(label, async () => {
    const copied = await navigator.clipboard.writeText(make()).then(
      () => true,
      () => false,
    );
    made.textContent = copied ? "Copied" : "The browser does not let copy";
    setTimeout(() => {
      made.textContent = label;
    }, 1500);
  });
  return made;
}
