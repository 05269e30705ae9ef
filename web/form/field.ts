import type { JsonSchema } from "../compute/messages";
import type { Path } from "../state/paths";
import type { FormContext } from "./context";
import { element } from "./element";
import { choiceInput, dataInput, numberInput, selectInput, switchInput, textInput } from "./inputs";
import { isFixed, shapeOf } from "./shape";
import { symbolElement } from "./symbol";

/** A name of the library in words: "initialTemperature" is "initial temperature". */
export function inWords(name: string): string {
  return name.replace(
    /([a-z])([A-Z])/g,
    (_, before: string, letter: string) => `${before} ${letter.toLowerCase()}`,
  );
}

/** Label, input, meaning and a place for what is wrong, of a field of a schema. */
export function createField(
  name: string,
  schema: JsonSchema,
  path: Path,
  context: FormContext,
): HTMLElement | undefined {
  if (isFixed(schema)) return undefined;
  const shape = shapeOf(schema);
  const dotted = path.join(".");
  const ids = { input: `field-${dotted}`, meaning: `meaning-${dotted}`, error: `error-${dotted}` };
  const label = element("label", { for: ids.input }, [
    ...(schema.symbol ? [symbolElement(schema.symbol), " "] : []),
    // A parameter that is called by its symbol needs no name beside it.
    ...(schema.symbol === name ? [] : [element("span", { class: "name" }, [inWords(name)])]),
  ]);
  const described = { id: ids.input, "aria-describedby": `${ids.error} ${ids.meaning}` };
  const parts = { path, name, schema, context, attributes: described };
  const input =
    shape.kind === "number"
      ? numberInput(parts)
      : shape.kind === "words"
        ? selectInput(parts, shape.words)
        : shape.kind === "switch"
          ? switchInput(parts)
          : shape.kind === "choice"
            ? choiceInput(parts, shape.choices, fieldsOf)
            : shape.kind === "text"
              ? textInput(parts)
              : shape.kind === "record"
                ? element("div", { class: "inside" }, fieldsOf(schema, path, context))
                : dataInput(parts);
  const meaning = [schema.description, schema.unit && `in ${schema.unit}`]
    .filter(Boolean)
    .join("; ")
    .replaceAll("`", "");
  const error = element("p", { class: "error", id: ids.error, hidden: "" });
  const said = element("p", { class: "meaning", id: ids.meaning }, [meaning]);
  // What has fields inside is explained before them.
  const isWide = shape.kind === "choice" || shape.kind === "record";
  return element("div", { class: `field ${shape.kind}`, "data-path": dotted }, [
    label,
    ...(isWide ? [said, error, input] : [input, error, said]),
  ]);
}

/** The fields of a record. */
export function fieldsOf(schema: JsonSchema, path: Path, context: FormContext): HTMLElement[] {
  return Object.entries(schema.properties ?? {}).flatMap(
    ([name, inner]) => createField(name, inner, [...path, name], context) ?? [],
  );
}
