import * as z from "zod";
import { InvalidParameterError } from "../../core/errors";
import { splitIndex } from "../rows/row";
import { unknownKey } from "../schema/unknown-key";
import { validate } from "../schema/validate";
import type { System } from "../system";
import { numericPaths, withNumber } from "./parameter-path";

const MOST_PARAMETERS = 4;
const EVALUATIONS_PER_PARAMETER = 40;

/** The `optimise` of a config, where parameters are searched. */
export const searchSchema = z
  .strictObject({
    parameters: z
      .record(z.string(), z.tuple([z.number(), z.number()]))
      .describe('numbers among the parameters and their bounds: "schedule.exponent": [low, high]'),
    minimise: z.strictObject({ quantity: z.string(), time: z.number().nonnegative() }).optional(),
    reach: z.strictObject({ quantity: z.string(), value: z.number() }).optional(),
    evaluations: z.int().min(8).optional().describe("most solutions to compute (40 for each parameter)"),
    tolerance: z
      .number()
      .positive()
      .max(0.1)
      .default(0.002)
      .describe("how closely the best is sought, in parts of the range between the bounds"),
  })
  .refine(({ minimise, reach }) => (minimise === undefined) !== (reach === undefined), {
    path: ["minimise"],
    message: "{ quantity, time }, or reach { quantity, value } in its place (one of the two)",
  });

/** What to search and over what, checked. */
export interface OptimiseSpec {
  /** Bounds by the dotted name of the parameter; each has low < high, and the parameters allow what is between. */
  readonly parameters: Readonly<Record<string, readonly [low: number, high: number]>>;
  /** Make a quantity least at a time ... */
  readonly minimise?: { readonly quantity: string; readonly time: number };
  /** ... or the time least at which it first takes a value. */
  readonly reach?: { readonly quantity: string; readonly value: number };
  /** Most solutions to compute. */
  readonly evaluations: number;
  /** Part of the range (of its logarithm, where the scan is logarithmic) to which the best is sought. */
  readonly tolerance: number;
}

/**
 * Checks the optimise part of a config and fills its defaults.
 * @param parameters the system's, checked; those to be searched must stand among them, at any value.
 * @throws InvalidParameterError for the first thing wrong, named by its path in the config.
 */
export function parseOptimise(source: unknown, system: System, parameters: unknown): OptimiseSpec {
  const spec = validate(searchSchema, source, "optimise");
  const names = Object.keys(spec.parameters);
  if (names.length === 0 || names.length > MOST_PARAMETERS) {
    const allowed = `one to ${MOST_PARAMETERS} parameters with their bounds`;
    throw new InvalidParameterError("optimise.parameters", spec.parameters, allowed);
  }
  for (const name of names) checkBounds(name, spec.parameters[name], system, parameters);
  const goal = spec.minimise ? "minimise" : "reach";
  const { quantity } = (spec.minimise ?? spec.reach)!;
  const known = system.quantities.filter((info) => info.of === "time").map((info) => info.name);
  if (!known.includes(splitIndex(quantity).quantity)) {
    throw unknownKey(`optimise.${goal}.quantity "${quantity}"`, quantity, known);
  }
  return { ...spec, evaluations: spec.evaluations ?? EVALUATIONS_PER_PARAMETER * names.length };
}

/** Both bounds and a number between them must be allowed: that leaves out integers, which no search here can move. */
function checkBounds(
  name: string,
  bounds: readonly [number, number],
  system: System,
  parameters: unknown,
): void {
  const paths = numericPaths(parameters);
  const keys = paths.get(name);
  const path = `optimise.parameters.${name}`;
  if (!keys) throw unknownKey(path, name, [...paths.keys()]);
  const [low, high] = bounds;
  if (!(low < high))
    throw new InvalidParameterError(`${path}[1]`, high, `a number above ${low}, the lower bound`);
  for (const value of [low, high, low + (high - low) / Math.E]) {
    try {
      validate(system.parameters, withNumber(parameters, keys, value), "parameters");
    } catch (error) {
      if (!(error instanceof InvalidParameterError)) throw error;
      throw new InvalidParameterError(
        path,
        bounds,
        `bounds of numbers that are all allowed; ${error.message}`,
      );
    }
  }
}
