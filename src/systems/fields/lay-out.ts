import { createPacer, type Options } from "../../core/options";
import type { Estimate, TwoTimeNodes, TwoTimeSolution } from "../../core/results";
import type { FieldsRequest, System } from "../system";
import { thinning } from "./size";

/** A two-time function laid out: row-major, a row for each t; NaN where there is no t′. */
export interface FieldValues {
  readonly value: Float64Array;
  /** Estimated numerical error, where the solver has one. */
  readonly error?: Float64Array;
  /** Statistical error, where the theory is a mean over runs. */
  readonly standardError?: Float64Array;
}

/** Two-time functions as wholes. */
export interface Fields {
  readonly time: Float64Array;
  /** The t′ of all rows, as many as `time`; or `rows`: those of each row, NaN beyond its end. */
  readonly timePrime: Float64Array;
  /** "product": every t with every t′; "rows": each t with times t′ ≤ t of its own. */
  readonly grid: "product" | "rows";
  /** Numbers of t, and of t′ in a row. */
  readonly shape: readonly [number, number];
  /** By the name of the quantity, e.g. correlation. */
  readonly functions: Readonly<Record<string, FieldValues>>;
  /** Of the solver's own nodes, every so many are there. */
  readonly every: number;
}

/**
 * Lays out the two-time functions of a solution, on times that are asked for or on the solver's own nodes: all of them, or
 * every second, third … so that the file stays within bounds.
 * @param most how many bytes are allowed
 * @throws InterruptedError after an abort.
 */
export async function layOutFields(
  solution: TwoTimeSolution,
  quantities: System["quantities"],
  { times, quantities: names }: FieldsRequest,
  options: Options = {},
  most?: number,
): Promise<Fields> {
  const infos = namedOf(solution, quantities, names);
  const own: TwoTimeNodes = times ? { time: Float64Array.from(times) } : (solution.nodes ?? solution);
  const every = times
    ? 1
    : thinning(own.time.length, own.earlier && widest(own, own.earlier), infos.length, most);
  const picked = Array.from(own.time.keys()).filter((k) => k % every === 0 || k === own.time.length - 1);
  const time = Float64Array.from(picked, (k) => own.time[k]);
  const rows = picked.map((k) => own.earlier?.(k) ?? time);
  const columns = Math.max(...rows.map((row) => row.length));
  const length = time.length * columns;
  const padded = () => new Float64Array(length).fill(Number.NaN);
  const functions: Record<string, { -readonly [K in keyof FieldValues]: FieldValues[K] }> = {};
  const pacer = createPacer("two-time fields", infos.length * time.length, options);

  for (const [n, { name, causal }] of infos.entries()) {
    const field: (typeof functions)[string] = { value: padded() };
    functions[name] = field;
    const put = (at: number, { value, error, standardError }: Estimate) => {
      field.value[at] = value;
      if (error !== undefined) (field.error ??= padded())[at] = error;
      // A single run says nothing about its error.
      if (standardError !== undefined && standardError < Infinity)
        (field.standardError ??= padded())[at] = standardError;
    };
    for (const [r, t] of time.entries()) {
      const known = times ? undefined : own.row?.(name, picked[r]);
      for (const [c, tPrime] of rows[r].entries()) {
        if (!own.earlier && c > r) break;
        const estimate = known?.[picked[c]] ?? solution.estimate(name, t, tPrime);
        put(r * columns + c, estimate);
        if (!own.earlier && c < r) put(c * columns + r, causal ? nothing(estimate) : estimate);
        if (pacer.due()) await pacer.pause(n * time.length + r);
      }
    }
  }
  return {
    time,
    timePrime: own.earlier ? rowsOf(rows, columns, padded()) : time,
    grid: own.earlier ? "rows" : "product",
    shape: [time.length, columns],
    functions,
    every,
  };
}

/** What is asked for, of what the solution knows. */
function namedOf(
  { twoTime }: TwoTimeSolution,
  quantities: System["quantities"],
  names: readonly string[] | undefined,
) {
  const known = quantities.filter(({ name }) => twoTime.includes(name));
  return known.filter(({ name, costly }) => names?.includes(name) ?? !costly);
}

/** An exact 0, with errors where the other half has them. */
const nothing = ({ error, standardError }: Estimate): Estimate => ({
  value: 0,
  ...(error !== undefined && { error: 0 }),
  ...(standardError !== undefined && standardError < Infinity && { standardError: 0 }),
});

const widest = ({ time }: TwoTimeNodes, earlier: (k: number) => Float64Array): number =>
  time.reduce((most, _, k) => Math.max(most, earlier(k).length), 0);

function rowsOf(rows: readonly Float64Array[], columns: number, into: Float64Array): Float64Array {
  for (const [r, row] of rows.entries()) into.set(row, r * columns);
  return into;
}
