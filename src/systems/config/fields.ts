import * as z from "zod";
import { InvalidParameterError } from "../../core/errors";
import { bytesOf, MOST_BYTES, MOST_TIMES } from "../fields/size";
import { unknownKey } from "../schema/unknown-key";
import type { FieldsRequest, System } from "../system";

/** `report.fields`: the times t and t′ of two-time functions, as a list or as so many points; neither: the solver's own nodes. */
export const fieldsSchema = z.strictObject({
  times: z
    .array(z.number().nonnegative())
    .refine((times) => times.length > 0 && times.length <= MOST_TIMES, {
      message: `a list of 1 to ${MOST_TIMES} times`,
    })
    .optional()
    .describe("the times t and t′; left out with points: the solver's own nodes"),
  points: z.int().min(2).max(MOST_TIMES).optional().describe("number of times, in place of a list"),
  from: z.number().nonnegative().optional().describe("first of the points (default 0; log: to/1000)"),
  to: z.number().positive().optional().describe("last of the points (default: the end of the run)"),
  scale: z.enum(["linear", "log"]).optional().describe("how the points are spaced (default linear)"),
  quantities: z
    .array(z.string())
    .refine((names) => names.length > 0, { message: "a list of at least one quantity, or nothing for all" })
    .optional()
    .describe("left out: all that are no integrals of others"),
});

const PATH = "report.fields";

type FieldsSpec = z.infer<typeof fieldsSchema>;

/** Checks that a system has what is asked for, and that it is not too much to keep. */
export function checkFields(
  { name, quantities }: System,
  { times, points, quantities: asked }: FieldsSpec,
): void {
  const ofPairs = quantities.filter((info) => info.of === "pair");
  if (ofPairs.length === 0) {
    throw new InvalidParameterError(PATH, {}, `none: "${name}" has no quantities of two times`);
  }
  const known = ofPairs.map((info) => info.name);
  asked?.forEach((quantity, k) => {
    if (!known.includes(quantity))
      throw unknownKey(`${PATH}.quantities[${k}] "${quantity}"`, quantity, known);
  });
  const functions = asked?.length ?? ofPairs.filter(({ costly }) => !costly).length;
  const count = times?.length ?? points ?? 0;
  if (bytesOf(count, count, functions) <= MOST_BYTES) return;
  const most = Math.floor(Math.sqrt(MOST_BYTES / bytesOf(1, 1, functions)));
  const path = times ? `${PATH}.times` : `${PATH}.points`;
  throw new InvalidParameterError(
    path,
    count,
    `at most ${most} times for ${functions} functions of two times`,
  );
}

/**
 * What is asked for, with its times in order, each once.
 * @param inside checks that a time is in the run, and returns it
 */
export function fieldsUntil(
  { times, points, from, to, scale, quantities }: FieldsSpec,
  until: number,
  inside: (path: string, t: number) => number,
): FieldsRequest {
  for (const [name, value] of Object.entries({ from, to, scale })) {
    if (value !== undefined && points === undefined)
      throw new InvalidParameterError(`${PATH}.${name}`, value, "nothing without report.fields.points");
  }
  if (times) {
    if (points !== undefined)
      throw new InvalidParameterError(`${PATH}.points`, points, "nothing beside report.fields.times");
    const inOrder = [...new Set(times.map((t) => inside(`${PATH}.times`, t)))].sort((a, b) => a - b);
    return { times: inOrder, quantities };
  }
  if (points === undefined) return { quantities };
  const last = inside(`${PATH}.to`, to ?? until);
  const first = from ?? (scale === "log" ? last / 1000 : 0);
  if (!(first < last))
    throw new InvalidParameterError(`${PATH}.from`, first, `below ${last}, the last of the points`);
  if (scale === "log" && first === 0)
    throw new InvalidParameterError(`${PATH}.from`, first, "above 0 on a log scale");
  const between = (share: number) =>
    scale === "log" ? first * (last / first) ** share : first + (last - first) * share;
  const at = (k: number) => (k === 0 ? first : k === points - 1 ? last : between(k / (points - 1)));
  return { times: Array.from({ length: points }, (_, k) => at(k)), quantities };
}
