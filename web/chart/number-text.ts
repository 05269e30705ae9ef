/** A number as it is read off: six digits, powers of ten far from 1, a true minus sign. */
export function numberText(value: number, digits = 5): string {
  if (Number.isNaN(value)) return "undefined";
  if (!Number.isFinite(value)) return value > 0 ? "infinity" : "−infinity";
  const size = Math.abs(value);
  const text =
    value !== 0 && (size >= 1e6 || size < 1e-4)
      ? value
          .toExponential(digits - 1)
          .replace(/\.?0+e/, "e")
          .replace(/e\+?/, "e")
      : String(Number(value.toPrecision(digits)));
  return text.replaceAll("-", "−");
}

/** An error, of which two digits say all. */
export const errorText = (error: number): string => `± ${numberText(error, 2)}`;
