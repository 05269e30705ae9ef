type Json = Record<string, unknown>;

/** Whether a value is what a JSON Schema says, as far as ours go: an editor's part, played in tests. */
export function matches(schema: unknown, value: unknown): boolean {
  if (typeof schema === "boolean") return schema;
  const json = schema as Json;
  const list = (name: string) => (json[name] as unknown[] | undefined) ?? [];
  const choose = json.if !== undefined && matches(json.if, value) ? json.then : true;
  return (
    matches(choose as Json, value) &&
    list("allOf").every((one) => matches(one, value)) &&
    (json.anyOf === undefined || list("anyOf").some((one) => matches(one, value))) &&
    (json.oneOf === undefined || list("oneOf").filter((one) => matches(one, value)).length === 1) &&
    (json.const === undefined || json.const === value) &&
    (json.enum === undefined || list("enum").includes(value)) &&
    (json.type === undefined || [json.type].flat().some((type) => isOf(type as string, value))) &&
    (typeof value !== "number" || isWithin(json, value)) &&
    (!Array.isArray(value) || hasItems(json, value)) &&
    (!isRecord(value) || hasProperties(json, value))
  );
}

const isRecord = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function isOf(type: string, value: unknown): boolean {
  if (type === "null") return value === null;
  if (type === "array") return Array.isArray(value);
  if (type === "object") return isRecord(value);
  return type === "integer" ? Number.isInteger(value) : typeof value === type;
}

function isWithin(json: Json, value: number): boolean {
  const bound = (name: string, other: number) => (json[name] as number | undefined) ?? other;
  return (
    value >= bound("minimum", -Infinity) &&
    value <= bound("maximum", Infinity) &&
    value > bound("exclusiveMinimum", -Infinity) &&
    value < bound("exclusiveMaximum", Infinity)
  );
}

function hasItems({ items, additionalItems, minItems, maxItems }: Json, value: readonly unknown[]): boolean {
  if (value.length < Number(minItems ?? 0) || value.length > Number(maxItems ?? Infinity)) return false;
  return value.every((item, k) =>
    matches(Array.isArray(items) ? (items[k] ?? additionalItems ?? true) : (items ?? true), item),
  );
}

function hasProperties(json: Json, value: Json): boolean {
  const {
    properties = {},
    required = [],
    additionalProperties = true,
    propertyNames = {},
  } = json as {
    properties?: Json;
    propertyNames?: { pattern?: string };
    required?: string[];
    additionalProperties?: unknown;
  };
  return (
    required.every((name) => name in value) &&
    Object.keys(value).every((name) => new RegExp(propertyNames.pattern ?? "").test(name)) &&
    Object.entries(value).every(([name, inner]) =>
      matches(name in properties ? properties[name] : additionalProperties, inner),
    )
  );
}
