import { extent, ticks } from "d3-array";
import { scaleLog } from "d3-scale";

/** How an axis is to be, before it is known what is drawn. */
export interface AxisPlan extends AxisOptions {
  /** Quantity and unit. */
  readonly label: string;
  readonly type: "log" | "linear";
}

export interface AxisOptions {
  /** Values that lie on the axis whatever is drawn. */
  readonly holds?: readonly number[];
  /** From where to where; of what is drawn only the part between is shown. Default: all of it. */
  readonly ends?: readonly [number, number];
  /** Room beyond, as a share of the axis; default 0 between given ends, else 0.04. */
  readonly padding?: number;
  readonly ticks?: readonly number[];
}

/** An axis with its range and ticks fixed, so that labels can be placed before anything is drawn. */
export interface Axis {
  readonly label: string;
  readonly type: "log" | "linear";
  readonly domain: readonly [number, number];
  readonly ticks: readonly number[];
}

/** A linear axis. */
export const linear = (label: string, options: AxisOptions = {}): AxisPlan => ({
  label,
  type: "linear",
  ...options,
});

/** A logarithmic axis; values that are not positive have no place on it. */
export const log = (label: string, options: AxisOptions = {}): AxisPlan => ({
  label,
  type: "log",
  ...options,
});

/** The time of a run, without room at its ends. */
export const time = linear("time t", { padding: 0 });
export const logTime = log("time t", { padding: 0 });

const PADDING = 0.04;
/** Decades from which on only powers of ten carry a tick. */
const WIDE = 2.5;
const TICKS = 5;
/** Values that differ by less, relative to their size, differ by rounding only: ticks between could not be told apart. */
const ROUNDING = 1e-10;

/**
 * The axis of a plan for the values to be drawn: from 0 to 1, or from 1 to 10, where there are none.
 * @param room for how many ticks there is: on a linear axis no more than five are wanted
 */
export function axisOf(plan: AxisPlan, values: Iterable<number>, room = Infinity): Axis {
  const count = Math.max(2, Math.min(TICKS, room));
  const { label, type, holds = [], ends, padding = ends ? 0 : PADDING } = plan;
  const all = ends ?? [...values, ...holds].filter((value) => (type === "log" ? value > 0 : true));
  const places = all.map((value) => (type === "log" ? Math.log10(value) : value)).filter(Number.isFinite);
  const [first = 0, last = 1] = extent(places);
  if (places.length === 0)
    return axisOf({ ...plan, ends: type === "log" ? [1, 10] : [0, 1], padding: 0 }, [], room);
  const differ = last - first > ROUNDING * Math.max(Math.abs(first), Math.abs(last));
  const beyond = differ ? padding * (last - first) : Math.max(0.1 * Math.abs(first), 0.1);
  const [low, high] = [first - beyond, last + beyond];
  if (type === "linear")
    return { label, type, domain: [low, high], ticks: plan.ticks ?? roundValues(low, high, count) };
  return { label, type, domain: [10 ** low, 10 ** high], ticks: plan.ticks ?? logTicks(low, high, room) };
}

/** Round values on a linear axis, two or more; rounding does not lose one at an end. */
function roundValues(low: number, high: number, count = TICKS): number[] {
  const slack = 1e-9 * (high - low);
  const values = ticks(low - slack, high + slack, count);
  return values.length > 1 ? values : roundValues(low, high, count + 1);
}

/** At 1, 2, 5, or at powers of ten over a wide range or where there is no room; round values where that leaves less than two. */
function logTicks(low: number, high: number, room: number): number[] {
  const slack = 1e-9 * (high - low);
  const scale = scaleLog().domain([10 ** (low - slack), 10 ** (high + slack)]);
  const leading = (tick: number) => tick / 10 ** Math.floor(Math.log10(tick) + 1e-9);
  const at = (...digits: number[]) =>
    scale.ticks().filter((tick) => digits.includes(Number(leading(tick).toPrecision(9))));
  const [many, some, few] = [at(1, 2, 5), at(1, 5), at(1)];
  const stride = Math.max(1, Math.ceil(few.length / Math.max(2, room)));
  const spread = few.filter((_, k) => k % stride === 0);
  const wanted = high - low > WIDE ? [spread] : [many, some, few].filter(({ length }) => length <= room);
  const chosen = wanted.find(({ length }) => length > 1);
  return chosen ?? roundValues(10 ** low, 10 ** high, Math.max(2, Math.min(TICKS, room)));
}

/** Place of a value on the axis: 0 at its start, 1 at its end. */
export function placeOn({ type, domain: [low, high] }: Axis, value: number): number {
  return type === "log" ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low);
}

/** The value at a place; inverse of {@link placeOn}. */
export function valueAt({ type, domain: [low, high] }: Axis, place: number): number {
  return type === "log" ? low * (high / low) ** place : low + place * (high - low);
}

/** A tick in plain digits, with a true minus sign; far from 1 as a power of ten. */
export function tickText(value: number): string {
  const size = Math.abs(value);
  if (value !== 0 && (size >= 1e4 || size < 1e-3)) {
    const exponent = Math.floor(Math.log10(size) + 1e-9);
    const digit = Number((value / 10 ** exponent).toPrecision(3));
    return `${digit === 1 ? "" : `${digit}·`.replace("-", "−")}10${superscript(exponent)}`;
  }
  return String(Number(value.toPrecision(6))).replace("-", "−");
}

function superscript(exponent: number): string {
  return String(exponent).replace(/./g, (digit) => (digit === "-" ? "⁻" : "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(digit)]));
}
