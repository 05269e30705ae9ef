/** A drawing with its coordinates to a hundredth of a pixel; what is written in it stays as it is. */
export function coarser(svg: string): string {
  const shorter = (number: string) => String(Number(Number(number).toFixed(2)));
  return svg.replace(/ (?!aria-label=)[\w-]+="[^"]*"/g, (attribute) =>
    attribute.replace(/-?\d+\.\d{3,}/g, shorter),
  );
}

/** For JSON: eight digits are more than a figure has use for. */
export function digits(_key: string, value: unknown): unknown {
  return typeof value === "number" && !Number.isInteger(value) ? Number(value.toPrecision(8)) : value;
}
