/** One number of a result, as the command line prints it and a run folder keeps it. */
export interface Row {
  readonly quantity: string;
  readonly time?: number;
  readonly timePrime?: number;
  /** Component of a vector or matrix quantity, or the number of a root. */
  readonly index?: readonly number[];
  readonly sample?: number;
  readonly statistic?: string;
  /** A number, or "infinity", "never", "undefined", or a word such as a phase. */
  readonly value: number | string;
  /** Statistical error. */
  readonly standardError?: number;
  /** Estimated numerical error. */
  readonly error?: number;
}

/** Numbers that JSON cannot hold become words; it has no negative zero. */
export function plain(value: number | string): number | string {
  if (typeof value === "string") return value;
  if (Number.isFinite(value)) return value === 0 ? 0 : value;
  return Number.isNaN(value) ? "undefined" : value > 0 ? "infinity" : "-infinity";
}

/** Splits "overlap[0,1]" into the quantity and its index. */
export function splitIndex(name: string): Pick<Row, "quantity" | "index"> {
  const match = name.match(/^(.*)\[([\d,]+)\]$/);
  return match ? { quantity: match[1], index: match[2].split(",").map(Number) } : { quantity: name };
}
