/** Terminals are at least this wide. */
export const WIDTH = 100;
const GAP = "  ";

/** Cells below their column names, right-aligned but for the first `texts` columns; wide tables go on below. */
export function alignTable(
  names: readonly string[],
  lines: readonly (readonly string[])[],
  { keys = 1, texts = 0 } = {},
): string {
  const widths = names.map((name, c) => Math.max(name.length, ...lines.map((line) => line[c].length)));
  return columnBlocks(widths, keys)
    .map((columns) =>
      [names, ...lines]
        .map((line) =>
          columns
            .map((c) => (c < texts ? line[c].padEnd(widths[c]) : line[c].padStart(widths[c])))
            .join(GAP)
            .trimEnd(),
        )
        .join("\n"),
    )
    .join("\n\n");
}

/** Which columns stand side by side: the keys in every block, the others as far as the width reaches. */
function columnBlocks(widths: readonly number[], keys: number): number[][] {
  const keyColumns = widths.slice(0, keys).map((_, c) => c);
  const room = WIDTH - keyColumns.reduce((sum, c) => sum + widths[c] + GAP.length, 0);
  const blocks: number[][] = [];
  let left = 0;
  for (let c = keys; c < widths.length; c++) {
    const needed = widths[c] + GAP.length;
    if (blocks.length === 0 || needed > left + GAP.length) {
      blocks.push([...keyColumns]);
      left = room;
    }
    blocks[blocks.length - 1].push(c);
    left -= needed;
  }
  return blocks.length > 0 ? blocks : [keyColumns];
}

/** A text in lines of the terminal's width, all but the first indented. */
export function wrap(text: string, indent: number): string {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && indent + line.length + 1 + word.length > WIDTH) {
      lines.push(line);
      line = word;
    } else {
      line = line === "" ? word : `${line} ${word}`;
    }
  }
  return [...lines, line].join(`\n${" ".repeat(indent)}`);
}

/** A number to seven digits, without zeros at the end; words as they are. */
export function formatValue(value: number | string | undefined): string {
  if (typeof value !== "number") return value ?? "";
  const size = Math.abs(value);
  if (value === 0 || (size >= 1e-4 && size < 1e7)) return String(Number(value.toPrecision(7)));
  return value.toExponential(6).replace(/\.?0+e/, "e");
}

/** A value and its error, both to the second digit of the error. */
export function formatWithError(value: number | string | undefined, error: number | undefined): string {
  if (typeof value !== "number" || error === undefined) return formatValue(value);
  if (error === 0) return `${formatValue(value)} ± 0`;
  const decimals = 1 - Math.floor(Math.log10(error));
  const isPlain = decimals >= 0 && decimals <= 10 && Math.abs(value) < 1e7;
  if (isPlain) return `${value.toFixed(decimals)} ± ${error.toFixed(decimals)}`;
  return `${formatValue(value)} ± ${error.toExponential(1)}`;
}
