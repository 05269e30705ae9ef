import type { JsonSchema, Setting, SystemDescription } from "../compute/messages";
import { at, type Path, withAt } from "../state/paths";
import type { FormContext } from "./context";
import { element } from "./element";
import { createField, inWords } from "./field";
import { shapeOf } from "./shape";
import { startingValue } from "./starting-values";

/** What a wrong value is told beside: its path in the config, and what is wrong. */
export interface Complaint {
  readonly parameter: string;
  readonly message: string;
}

export interface Form {
  /** Says what is wrong beside its field; with undefined nothing is. @returns whether there is a field of that name. */
  complain(complaint: Complaint | undefined): boolean;
}

/** The form of a setting, made from the schemas of its system. */
export function createForm(
  place: HTMLElement,
  system: SystemDescription,
  opened: Setting,
  onChange: (setting: Setting) => void,
): Form {
  let setting = opened;
  const context: FormContext = {
    value: (path) => at(setting, path),
    opened: (path) => at(opened, path) ?? at(system.opening, path),
    change(path, value) {
      setting = withAt(setting, path, value);
      onChange(setting);
    },
    end: () => Number(setting.method.until ?? setting.simulation.until ?? setting.parameters.horizon ?? 10),
  };

  const section = (title: string, path: Path, important: ReadonlySet<string>, schema: JsonSchema) => {
    const entries = Object.entries(schema.properties ?? {}).filter(([name]) => name !== "kind");
    const fields = (which: boolean) =>
      entries
        .filter(([name]) => important.has(name) === which)
        .flatMap(([name, inner]) => createField(name, inner, [...path, name], context) ?? []);
    const more = fields(false);
    return element("fieldset", {}, [
      element("legend", {}, [title]),
      ...fields(true),
      ...(more.length > 0
        ? [
            element("details", {}, [
              element("summary", {}, [
                summaryOf(entries.map(([name]) => name).filter((name) => !important.has(name))),
              ]),
              ...more,
            ]),
          ]
        : []),
    ]);
  };
  /** Those that are required, that the example names, or that the setting gives; and what kind of system it is. */
  const important = (
    part: "parameters" | "method" | "simulation",
    { required = [], properties = {} }: JsonSchema,
  ) =>
    new Set([
      ...required,
      ...Object.keys(system.opening[part]),
      ...Object.keys(setting[part]),
      ...Object.keys(properties).filter(
        (name) =>
          part === "parameters" && (name === "schedule" || shapeOf(properties[name]).kind === "words"),
      ),
    ]);

  const kinds = Object.keys(system.methods);
  const methodPlace = element("div");
  const showMethod = () => {
    const kind = String(setting.method.kind ?? kinds[0]);
    const schema = system.methods[kind];
    methodPlace.replaceChildren(section("Theory", ["method"], important("method", schema), schema));
    const select = element(
      "select",
      { id: "field-method.kind" },
      kinds.map((name) => element("option", { value: name }, [name])),
    );
    select.value = kind;
    select.addEventListener("change", () => {
      const chosen = system.methods[select.value];
      const start = startingValue(chosen, "method", setting.method, context.end()) as object;
      context.change(["method"], { ...start, kind: select.value, ...untilOf(chosen, setting) });
      showMethod();
    });
    methodPlace
      .querySelector("legend")!
      .after(
        element("div", { class: "field", "data-path": "method.kind" }, [
          element("label", { for: "field-method.kind" }, [element("span", { class: "name" }, ["method"])]),
          element("div", { class: "inputs" }, [select]),
          element("p", { class: "error", id: "error-method.kind", hidden: "" }),
        ]),
      );
  };
  showMethod();
  place.replaceChildren(
    section("Parameters", ["parameters"], important("parameters", system.parameters), system.parameters),
    methodPlace,
    ...(system.simulation
      ? [
          section(
            "Finite system",
            ["simulation"],
            important("simulation", system.simulation),
            system.simulation,
          ),
        ]
      : []),
  );
  return { complain: (complaint) => complain(place, complaint) };
}

const MOST_NAMED = 3;

/** What is folded away, the first by name. */
function summaryOf(names: readonly string[]): string {
  const named = names.slice(0, MOST_NAMED).map(inWords).join(", ");
  return `${names.length} more: ${named}${names.length > MOST_NAMED ? ", …" : ""}`;
}

const untilOf = ({ properties }: JsonSchema, { method }: Setting) =>
  properties?.until && method.until !== undefined ? { until: method.until } : {};

function complain(place: HTMLElement, complaint: Complaint | undefined): boolean {
  for (const old of place.querySelectorAll<HTMLElement>(".field.wrong")) {
    old.classList.remove("wrong");
    old.querySelector("[aria-invalid]")?.removeAttribute("aria-invalid");
    const error = old.querySelector<HTMLElement>(":scope > .error")!;
    error.hidden = true;
    error.textContent = "";
  }
  if (!complaint) return true;
  const field = fieldFor(place, complaint.parameter);
  if (!field) return false;
  const error = field.querySelector<HTMLElement>(":scope > .error")!;
  field.classList.add("wrong");
  field.querySelector("input, select, textarea")?.setAttribute("aria-invalid", "true");
  error.textContent = complaint.message;
  error.hidden = false;
  for (let up = field.closest("details"); up; up = up.parentElement?.closest("details") ?? null)
    up.open = true;
  return true;
}

/** The field of that path, or the nearest one that holds it: "parameters.couplings[0].p" is told at the couplings. */
function fieldFor(place: HTMLElement, parameter: string): HTMLElement | undefined {
  const parts = parameter.split(/[.[]/);
  for (let count = parts.length; count > 0; count--) {
    const path = parts.slice(0, count).join(".").replaceAll("]", "");
    const found = place.querySelector<HTMLElement>(`[data-path="${CSS.escape(path)}"]`);
    if (found) return found;
  }
  return undefined;
}
