import { configSchema, DRAFT, type JsonSchema, toJson } from "../../systems/config/json-schema";
import { PARTS, rangeSchema, SCHEMAS } from "./plan";
import { plotSchema } from "./plot-requests";

/**
 * The JSON Schema of sweep files, for editors: what `twotime schema --sweep` prints. Its base is a config in which what is varied
 * may be missing; a sweep that it takes may still be refused, for what one part demands of another.
 */
export function sweepSchema(): JsonSchema {
  const { $schema: _, title: __, required: ___, ...config } = configSchema();
  return {
    $schema: DRAFT,
    title: "sweep of twotime",
    type: "object",
    required: ["verb", "base"],
    properties: {
      $schema: { type: "string", description: "where this schema is, for the editor alone" },
      verb: toJson(SCHEMAS.verb),
      base: { ...config, allOf: (config.allOf as readonly JsonSchema[]).map(demandingLess) },
      vary: {
        type: "object",
        description: "values by the dotted path of the key that they replace in base",
        propertyNames: { pattern: `^(${PARTS.join("|")})($|[.[])` },
        additionalProperties: {
          anyOf: [{ type: "array", minItems: 1 }, toJson(rangeSchema)],
        },
      },
      combine: toJson(SCHEMAS.combine),
      seeds: toJson(SCHEMAS.seeds),
      timeLimit: toJson(SCHEMAS.timeLimit),
      plot: { type: "array", items: toJson(plotSchema) },
    },
    additionalProperties: false,
  };
}

/** What a system demands of its parts, as far as no key is missing. */
function demandingLess(rule: JsonSchema): JsonSchema {
  // biome-ignore lint/suspicious/noThenProperty: the word of JSON Schema
  return { ...rule, then: withoutRequired(rule.then) };
}

/** Without `required`, so that alternatives may overlap too. */
function withoutRequired(json: unknown): unknown {
  if (Array.isArray(json)) return json.map(withoutRequired);
  if (typeof json !== "object" || json === null) return json;
  const { required, oneOf, ...rest } = json as JsonSchema;
  const kept = {
    ...rest,
    // A field may have this name.
    ...(required !== undefined && !Array.isArray(required) && { required }),
    ...(oneOf !== undefined && { anyOf: oneOf }),
  };
  return Object.fromEntries(Object.entries(kept).map(([key, inner]) => [key, withoutRequired(inner)]));
}
