/** An axis with its range and ticks fixed, so that labels can be placed before anything is drawn. */
export interface Axis {
  /** Quantity and unit. */
  readonly label: string;
  readonly type: "log" | "linear";
  readonly domain: readonly [number, number];
  readonly ticks: readonly number[];
}

/** Room beyond the data, as a share of the axis. */
const PADDING = 0.04;
/** Decades from which on only powers of ten carry a tick. */
const WIDE = 2.5;
const STEPS_ON_AXIS = 5;
const ROUNDING = 1e-10;

/**
 * A logarithmic axis over the positive ones of the values, with ticks at 1, 2, 5 or at powers of ten.
 * Without any positive value it runs from 1 to 10.
 */
export function logAxis(label: string, values: Iterable<number>, padding = PADDING): Axis {
  const [low, high] = range([...values].filter((value) => value > 0).map(Math.log10), [0, 1], padding);
  const digits = high - low > WIDE ? [1] : [1, 2, 5];
  const ticks: number[] = [];
  for (let decade = Math.floor(low); decade <= high; decade++) {
    for (const digit of digits) {
      const place = decade + Math.log10(digit);
      if (place >= low && place <= high) ticks.push(Number(`${digit}e${decade}`));
    }
  }
  return { label, type: "log", domain: [10 ** low, 10 ** high], ticks };
}

/** A linear axis over the values, with about five ticks at multiples of 1, 2 or 5. */
export function linearAxis(label: string, values: Iterable<number>, padding = PADDING): Axis {
  const [low, high] = range([...values].filter(Number.isFinite), [0, 1], padding);
  const rough = (high - low) / STEPS_ON_AXIS;
  const decade = 10 ** Math.floor(Math.log10(rough));
  const step = decade * ([1, 2, 5].find((digit) => digit * decade >= 0.8 * rough) ?? 10);
  const ticks: number[] = [];
  // Rounding must not lose a tick at an end.
  const [first, last] = [Math.ceil(low / step - 1e-9), Math.floor(high / step + 1e-9)];
  for (let k = first; k <= last; k++) ticks.push(Number((k * step).toPrecision(12)));
  return { label, type: "linear", domain: [low, high], ticks };
}

function range(values: readonly number[], fallback: [number, number], padding: number): [number, number] {
  if (values.length === 0) return fallback;
  const low = values.reduce((x, y) => Math.min(x, y));
  const high = values.reduce((x, y) => Math.max(x, y));
  // Ticks between values that differ by their rounding only could not be told apart.
  const differ = high - low > ROUNDING * Math.max(Math.abs(low), Math.abs(high));
  const room = differ ? padding * (high - low) : Math.max(0.1 * Math.abs(low), 0.1);
  return [low - room, high + room];
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
