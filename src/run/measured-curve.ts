import { dirname, resolve } from "node:path";
import { parseString } from "fast-csv";
import { InvalidParameterError } from "../core/errors";
import { readText } from "./read-text";

const NAME = "optimise.fit";
const COLUMNS = { step: "step", loss: "loss", standard_error: "standardError" } as const;
const NEEDED = "a CSV file with the columns step, loss and perhaps standard_error";

/**
 * A config with its measured curve: where `optimise.fit` names a CSV file, beside the config or by its full path, its columns
 * take the place of the name.
 * @param configPath where the config was read from; "-" for standard input
 * @throws InvalidParameterError for a file that cannot be read, or a cell that is no number
 */
export async function withMeasuredCurve(config: unknown, configPath: string): Promise<unknown> {
  const { optimise } = (config ?? {}) as { readonly optimise?: { readonly fit?: unknown } };
  const path = optimise?.fit;
  if (typeof path !== "string") return config;
  const folder = configPath === "-" ? "." : dirname(configPath);
  const refuse = (what: string) => new InvalidParameterError(NAME, path, `${NEEDED}, ${what}`);
  const text = await readText(resolve(folder, path), refuse).catch((error: unknown) => {
    throw error instanceof InvalidParameterError ? error : refuse("which can be read");
  });
  return { ...(config as object), optimise: { ...optimise, fit: await columnsOf(text, path) } };
}

async function columnsOf(text: string, path: string): Promise<Record<string, number[]>> {
  const rows = await new Promise<Record<string, string>[]>((done, fail) => {
    const read: Record<string, string>[] = [];
    parseString(text, { headers: true, trim: true })
      .on("error", () => fail(new InvalidParameterError(NAME, path, NEEDED)))
      .on("data", (row: Record<string, string>) => read.push(row))
      .on("end", () => done(read));
  });
  const present = Object.entries(COLUMNS).filter(([column]) => column in (rows[0] ?? {}));
  if (!present.some(([column]) => column === "step") || !present.some(([column]) => column === "loss")) {
    throw new InvalidParameterError(NAME, path, NEEDED);
  }
  return Object.fromEntries(
    present.map(([column, key]) => [key, rows.map((row, k) => cell(row[column], column, k))]),
  );
}

function cell(text: string, column: string, row: number): number {
  const value = Number(text);
  if (text !== "" && Number.isFinite(value)) return value;
  throw new InvalidParameterError(
    NAME,
    text,
    `a number in every row; row ${row + 2} has none in the column ${column}`,
  );
}
