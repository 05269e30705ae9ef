import * as z from "zod";

/** One field of a schema in words: what `twotime list` prints and what errors call allowed. */
export interface FieldInfo {
  readonly name: string;
  readonly required: boolean;
  readonly allowed: string;
  readonly default?: unknown;
  /** As the papers write it. */
  readonly symbol?: string;
  readonly unit?: string;
  readonly meaning: string;
}

interface JsonSchema {
  type?: string | string[];
  enum?: unknown[];
  const?: unknown;
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  exclusiveMaximum?: number;
  default?: unknown;
  description?: string;
  symbol?: string;
  unit?: string;
  properties?: Record<string, JsonSchema>;
  required?: string[];
  items?: JsonSchema | false;
  prefixItems?: JsonSchema[];
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
}

/** The fields of an object schema. */
export function describeFields(schema: z.ZodType): FieldInfo[] {
  const json = jsonSchema(schema);
  return Object.entries(json.properties ?? {}).map(([name, field]) => ({
    name,
    required: json.required?.includes(name) ?? false,
    allowed: inWords(field),
    ...("default" in field ? { default: field.default } : {}),
    ...(field.symbol !== undefined && { symbol: field.symbol }),
    ...(field.unit !== undefined && { unit: field.unit }),
    meaning: field.description ?? "",
  }));
}

/**
 * What is allowed at a path inside a schema, in words; undefined where the path leads nowhere. Where the way leads through
 * records told apart by a kind, those of the kind that the value has.
 */
export function allowedAt(
  schema: z.ZodType,
  path: readonly PropertyKey[],
  value: unknown,
): string | undefined {
  const field = fieldAt(jsonSchema(schema), path, value);
  return field && inWords(field);
}

/** Names of the keys known at a path inside a schema; of records told apart by a kind, those of the value's kind. */
export function keysAt(schema: z.ZodType, path: readonly PropertyKey[], value?: unknown): string[] {
  const field = fieldAt(jsonSchema(schema), path);
  const records = field ? choicesOf(field).filter(({ properties }) => properties) : [];
  return [...new Set(alike(records, value).flatMap(({ properties = {} }) => Object.keys(properties)))];
}

/** Of some choices the records whose fixed values a value has; all choices where it has those of none. */
function alike(choices: readonly JsonSchema[], value: unknown): readonly JsonSchema[] {
  const found = choices.filter(
    ({ properties }) =>
      properties &&
      Object.entries(properties).every(
        ([name, { const: fixed }]) =>
          fixed === undefined || (value as Record<string, unknown> | null | undefined)?.[name] === fixed,
      ),
  );
  return found.length > 0 ? found : choices;
}

/** A schema that is one of several, as all of these; any other as itself. */
function choicesOf(json: JsonSchema): JsonSchema[] {
  const choices = json.anyOf ?? json.oneOf;
  return choices ? choices.flatMap(choicesOf) : [json];
}

/** What stands at a path; where the way leads through several choices, all that they have there. */
function fieldAt(json: JsonSchema, path: readonly PropertyKey[], value?: unknown): JsonSchema | undefined {
  if (path.length === 0) return json;
  const [key, ...rest] = path;
  const inside = (value as Record<PropertyKey, unknown> | null | undefined)?.[key];
  const found = alike(choicesOf(json), value).flatMap((choice) => {
    const next =
      typeof key === "number" ? choice.prefixItems?.[key] || choice.items : choice.properties?.[String(key)];
    return (next && fieldAt(next, rest, inside)) || [];
  });
  return found.length > 1 ? { anyOf: found } : found[0];
}

function jsonSchema(schema: z.ZodType): JsonSchema {
  return z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }) as JsonSchema;
}

function inWords(json: JsonSchema): string {
  if (json.enum) return json.enum.map((value) => JSON.stringify(value)).join(" or ");
  if (json.const !== undefined) return JSON.stringify(json.const);
  const choices = json.anyOf ?? json.oneOf;
  if (choices) return [...new Set(choices.map(inWords))].join(", or ");
  if (Array.isArray(json.type)) return json.type.map((type) => inWords({ type })).join(" or ");
  switch (json.type) {
    case "number":
      return `a number${range(json)}`;
    case "integer":
      return `an integer${range(json)}`;
    case "boolean":
      return "true or false";
    case "string":
      return "a text";
    case "null":
      return "null";
    case "array":
      return json.items ? `a list of: ${inWords(json.items)}` : "a list";
    case "object":
      return `{ ${Object.entries(json.properties ?? {})
        .map(propertyInWords)
        .join(", ")} }`;
    default:
      return "any value";
  }
}

/** A property of a record as the docs write it: `kind: "cosine"`, `offset = 1`. */
function propertyInWords([name, json]: [string, JsonSchema]): string {
  if (json.const !== undefined) return `${name}: ${JSON.stringify(json.const)}`;
  return json.default === undefined ? name : `${name} = ${JSON.stringify(json.default)}`;
}

function range(json: JsonSchema): string {
  const parts = [];
  if (json.exclusiveMinimum !== undefined) parts.push(`above ${json.exclusiveMinimum}`);
  const isBound = (x: number | undefined) => x !== undefined && Math.abs(x) < Number.MAX_SAFE_INTEGER;
  if (isBound(json.minimum)) parts.push(`of at least ${json.minimum}`);
  if (json.exclusiveMaximum !== undefined) parts.push(`below ${json.exclusiveMaximum}`);
  if (isBound(json.maximum)) parts.push(`at most ${json.maximum}`);
  return parts.length > 0 ? ` ${parts.join(" and ")}` : "";
}
