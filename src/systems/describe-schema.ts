import { z } from "zod";

/** One field of a schema in words: what `twotime list` prints and what errors call allowed. */
export interface FieldInfo {
  readonly name: string;
  readonly required: boolean;
  readonly allowed: string;
  readonly default?: unknown;
  readonly meaning: string;
}

interface JsonSchema {
  type?: string;
  enum?: unknown[];
  const?: unknown;
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  exclusiveMaximum?: number;
  default?: unknown;
  description?: string;
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
    meaning: field.description ?? "",
  }));
}

/** What is allowed at a path inside a schema, in words; undefined where the path leads nowhere. */
export function allowedAt(schema: z.ZodType, path: readonly PropertyKey[]): string | undefined {
  const field = fieldAt(jsonSchema(schema), path);
  return field && inWords(field);
}

/** Names of the keys known at a path inside a schema. */
export function keysAt(schema: z.ZodType, path: readonly PropertyKey[]): string[] {
  const field = fieldAt(jsonSchema(schema), path);
  const records = field ? [field, ...(field.anyOf ?? []), ...(field.oneOf ?? [])] : [];
  return [...new Set(records.flatMap((record) => Object.keys(record.properties ?? {})))];
}

function fieldAt(json: JsonSchema, path: readonly PropertyKey[]): JsonSchema | undefined {
  if (path.length === 0) return json;
  const [key, ...rest] = path;
  const next =
    typeof key === "number" ? (json.prefixItems?.[key] ?? json.items) : json.properties?.[String(key)];
  if (next) return fieldAt(next, rest);
  for (const choice of json.anyOf ?? json.oneOf ?? []) {
    const found = fieldAt(choice, path);
    if (found) return found;
  }
  return undefined;
}

function jsonSchema(schema: z.ZodType): JsonSchema {
  return z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }) as JsonSchema;
}

function inWords(json: JsonSchema): string {
  if (json.enum) return json.enum.map((value) => JSON.stringify(value)).join(" or ");
  if (json.const !== undefined) return JSON.stringify(json.const);
  const choices = json.anyOf ?? json.oneOf;
  if (choices) return [...new Set(choices.map(inWords))].join(", or ");
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
      return `{ ${Object.keys(json.properties ?? {}).join(", ")} }`;
    default:
      return "any value";
  }
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
