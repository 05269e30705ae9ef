import type { Fields, JsonSchema } from "../compute/messages";

/** How a field of a schema is filled in. */
export type Shape =
  | { readonly kind: "number"; readonly schema: JsonSchema }
  | { readonly kind: "words"; readonly words: readonly (string | number | boolean)[] }
  | { readonly kind: "switch" }
  | { readonly kind: "record"; readonly fields: readonly (readonly [string, JsonSchema])[] }
  | { readonly kind: "choice"; readonly choices: readonly Choice[] }
  /** A number or a text, e.g. a seed. */
  | { readonly kind: "text" }
  /** Lists: as JSON. */
  | { readonly kind: "data" };

export interface Choice {
  readonly label: string;
  readonly schema: JsonSchema;
}

/** The shape of a schema; a choice of several shapes is flat. */
export function shapeOf(schema: JsonSchema): Shape {
  const choices = choicesOf(schema);
  if (choices.length > 1) {
    if (choices.every(({ const: fixed, enum: some }) => fixed !== undefined || some))
      return {
        kind: "words",
        words: choices.flatMap(({ const: fixed, enum: some }) => some ?? [fixed as string]),
      };
    if (
      choices.every(
        ({ type, const: fixed }) => (type === "number" || type === "string") && fixed === undefined,
      )
    )
      return { kind: "text" };
    return { kind: "choice", choices: choices.map((choice) => ({ label: labelOf(choice), schema: choice })) };
  }
  const { type, enum: words, properties = {} } = schema;
  if (words) return { kind: "words", words };
  if (type === "number" || type === "integer") return { kind: "number", schema };
  if (type === "boolean") return { kind: "switch" };
  if (type === "string") return { kind: "text" };
  if (type === "object") return { kind: "record", fields: Object.entries(properties) };
  return { kind: "data" };
}

function choicesOf(schema: JsonSchema): JsonSchema[] {
  const choices = schema.anyOf ?? schema.oneOf;
  return choices ? choices.flatMap(choicesOf) : [schema];
}

function labelOf({ type, const: fixed, enum: words, properties }: JsonSchema): string {
  if (fixed !== undefined) return String(fixed);
  if (words) return words.join(", ");
  if (type === "null") return "none";
  if (type === "array") return "list";
  if (type !== "object") return "number";
  const kind = properties?.kind?.const;
  return kind !== undefined ? String(kind) : "given";
}

/** Which of the choices a value is; the first where it is none. */
export function chosen(choices: readonly Choice[], value: unknown): number {
  return Math.max(
    0,
    choices.findIndex(({ schema }) => suits(schema, value)),
  );
}

function suits({ type, const: fixed, enum: words, properties }: JsonSchema, value: unknown): boolean {
  if (fixed !== undefined) return value === fixed;
  if (words) return words.includes(value as string);
  if (value === null) return type === "null";
  if (Array.isArray(value)) return type === "array";
  if (typeof value === "object") {
    const kind = properties?.kind?.const;
    return type === "object" && (kind === undefined || kind === (value as Fields).kind);
  }
  return type === "number" || type === "integer";
}

/** Whether a field has one value only, and nothing to fill in. */
export const isFixed = ({ const: fixed }: JsonSchema): boolean => fixed !== undefined;
