import type { Fields, JsonSchema } from "../compute/messages";
import { isFixed, shapeOf } from "./shape";

/** Of numbers that have no default: something to start from. Those of schedules are shares of the run. */
const NUMBERS: Readonly<Record<string, number>> = {
  exponent: 0.5,
  rate: 1,
  factor: 0.5,
  momentum: 0.9,
  ratio: 0.5,
  ridge: 0.1,
  prefactor: 0.2,
  variance: 1,
};
const SHARES: Readonly<Record<string, number>> = {
  switchTime: 0.1,
  warmup: 0.1,
  decayStart: 0.7,
  horizon: 1,
};

/**
 * A value of a schema to start from: what the value before has under the same names, defaults, else something plain.
 * @param end of the run
 */
export function startingValue(schema: JsonSchema, name: string, before: unknown, end: number): unknown {
  if (isFixed(schema)) return schema.const;
  if (schema.default !== undefined) return schema.default;
  if (schema.type === "null") return null;
  const shape = shapeOf(schema);
  switch (shape.kind) {
    case "record": {
      const old = typeof before === "object" && before !== null ? (before as Fields) : { rate: before };
      const required = shape.fields.filter(([field]) => schema.required?.includes(field));
      return Object.fromEntries(
        required.map(([field, inner]) => [
          field,
          isFixed(inner) || old[field] === undefined || typeof old[field] === "object"
            ? startingValue(inner, field, undefined, end)
            : old[field],
        ]),
      );
    }
    case "number": {
      const rate = (before as Fields | undefined | null)?.rate;
      if (typeof rate === "number") return rate;
      if (name in SHARES) return SHARES[name] * end;
      return NUMBERS[name] ?? Math.max(schema.minimum ?? 1, 1);
    }
    case "words":
      return shape.words[0];
    case "switch":
      return false;
    case "choice":
      return startingValue(shape.choices[0].schema, name, before, end);
    case "data":
      return name === "times"
        ? [0.3 * end, 0.6 * end]
        : name === "rates"
          ? [1, 0.5]
          : name === "sizes"
            ? [1, 4]
            : [1];
    default:
      return 1;
  }
}
