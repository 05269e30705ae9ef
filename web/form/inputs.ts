import type { JsonSchema } from "../compute/messages";
import type { Path } from "../state/paths";
import type { FormContext, InputParts } from "./context";
import { element } from "./element";
import { nextPlace, PLACES, rangeOf } from "./range";
import { type Choice, chosen, shapeOf } from "./shape";
import { startingValue } from "./starting-values";

/** Numbers from here on are shown as powers of ten, which their fields have room for. */
const LARGE = 1e6;

function asText(value: unknown): string {
  if (value === undefined) return "";
  if (typeof value === "number" && Math.abs(value) >= LARGE) return value.toExponential().replace("e+", "e");
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

/** What a text means where a number belongs: nothing is left out, and what is no number is told to the library. */
function asNumber(text: string): unknown {
  const trimmed = text.trim().replace("−", "-").replace(",", ".");
  if (trimmed === "") return undefined;
  const value = Number(trimmed);
  return Number.isFinite(value) ? value : text.trim();
}

const placeholderOf = ({ default: preset }: JsonSchema) =>
  preset === undefined ? "automatic" : asText(preset);

/** A number to type, and a slider for it where it has a value to go around. */
export function numberInput({ path, name, schema, context, attributes }: InputParts): HTMLElement {
  const text = element("input", {
    ...attributes,
    type: "text",
    inputmode: "decimal",
    autocomplete: "off",
    spellcheck: "false",
    placeholder: placeholderOf(schema),
  });
  const value = context.value(path);
  text.value = asText(value);
  const start = [context.opened(path), value, schema.default].find((one) => typeof one === "number");
  if (typeof start !== "number") {
    text.addEventListener("input", () => context.change(path, asNumber(text.value)));
    return element("div", { class: "inputs" }, [text]);
  }
  let range = rangeOf(schema, start);
  const slider = element("input", {
    type: "range",
    min: "0",
    max: String(PLACES),
    "aria-label": `${name}, slider`,
  });
  const show = (number: unknown) => {
    slider.value = String(range.placeOf(typeof number === "number" ? number : start));
    slider.setAttribute("aria-valuetext", asText(number));
  };
  show(value ?? schema.default);
  text.addEventListener("input", () => {
    const typed = asNumber(text.value);
    // A number far away takes the slider along.
    const place = typeof typed === "number" ? range.placeOf(typed) : 1;
    if (typeof typed === "number" && typed !== 0 && (place === 0 || place === PLACES))
      range = rangeOf(schema, typed);
    show(typed);
    context.change(path, typed);
  });
  const move = (moved: number) => {
    text.value = asText(moved);
    slider.setAttribute("aria-valuetext", text.value);
    context.change(path, moved);
  };
  slider.addEventListener("input", () => move(range.valueAt(Number(slider.value))));
  slider.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const next = nextPlace(range, Number(slider.value), step);
    if (next === undefined) return;
    slider.value = String(next);
    move(range.valueAt(next));
  });
  return element("div", { class: "inputs" }, [text, slider]);
}

export function selectInput(parts: InputParts, words: readonly (string | number | boolean)[]): HTMLElement {
  const { path, schema, context, attributes } = parts;
  const value = context.value(path) ?? schema.default;
  const optional = schema.default === undefined && value === undefined;
  const select = element("select", attributes, [
    ...(optional ? [element("option", { value: "" }, ["automatic"])] : []),
    ...words.map((word, k) => element("option", { value: String(k) }, [String(word)])),
  ]);
  if (value !== undefined) select.value = String(words.indexOf(value as string));
  select.addEventListener("change", () => context.change(path, words[Number(select.value || Number.NaN)]));
  return element("div", { class: "inputs" }, [select]);
}

export function switchInput({ path, schema, context, attributes }: InputParts): HTMLElement {
  const box = element("input", { ...attributes, type: "checkbox" });
  box.checked = (context.value(path) ?? schema.default ?? false) === true;
  box.addEventListener("change", () => context.change(path, box.checked));
  return element("div", { class: "inputs" }, [box]);
}

/** A number or a text, e.g. a seed. */
export function textInput({ path, schema, context, attributes }: InputParts): HTMLElement {
  const text = element("input", {
    ...attributes,
    type: "text",
    autocomplete: "off",
    placeholder: placeholderOf(schema),
  });
  text.value = asText(context.value(path));
  text.addEventListener("input", () => context.change(path, asNumber(text.value)));
  return element("div", { class: "inputs" }, [text]);
}

/** A list, as JSON; what is none is told to the library as a text. */
export function dataInput({ path, schema, context, attributes }: InputParts): HTMLElement {
  const text = element("textarea", {
    ...attributes,
    rows: "1",
    spellcheck: "false",
    placeholder: placeholderOf(schema),
  });
  text.value = asText(context.value(path));
  text.addEventListener("input", () => context.change(path, parsed(text.value)));
  return element("div", { class: "inputs" }, [text]);
}

function parsed(text: string): unknown {
  if (text.trim() === "") return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** One of several shapes: which one, and its own fields below. */
export function choiceInput(
  parts: InputParts,
  choices: readonly Choice[],
  fieldsOf: (schema: JsonSchema, path: Path, context: FormContext) => HTMLElement[],
): HTMLElement {
  const { path, name, schema, context, attributes } = parts;
  const select = element(
    "select",
    attributes,
    choices.map(({ label }, k) => element("option", { value: String(k) }, [label])),
  );
  const inside = element("div", { class: "inside" });
  const show = () => {
    const { schema: chosenSchema } = choices[Number(select.value)];
    // What is left out has the default of the whole.
    const isLeftOut = context.value(path) === undefined && schema.default !== undefined;
    const choice = isLeftOut ? { ...chosenSchema, default: schema.default } : chosenSchema;
    const inner = {
      ...parts,
      schema: choice,
      attributes: { "aria-label": name, id: `${attributes.id}-value` },
    };
    const { kind } = shapeOf(choice);
    if (kind === "number") inside.replaceChildren(numberInput(inner));
    else if (kind === "data" && choice.type === "array") inside.replaceChildren(dataInput(inner));
    else inside.replaceChildren(...(kind === "record" ? fieldsOf(choice, path, context) : []));
  };
  const current = context.value(path);
  select.value = String(chosen(choices, current === undefined ? schema.default : current));
  select.addEventListener("change", () => {
    const choice = choices[Number(select.value)].schema;
    context.change(path, startingValue(choice, name, context.value(path), context.end()));
    show();
  });
  show();
  return element("div", { class: "inputs choice" }, [select, inside]);
}
