import { readFile, stat } from "node:fs/promises";
import type { Dataset, File, Group } from "h5wasm";
import { InvalidParameterError } from "../core/errors";
import type { Config } from "../systems/config/config";
import type { Fields, FieldValues } from "../systems/fields/lay-out";
import { MOST_BYTES } from "../systems/fields/size";
import type { QuantityInfo } from "../systems/system";
import { inMemory } from "./hdf5";

/** Fields read back, with what the file says of them: system, parameters, method, conventions, version. */
export interface StoredFields extends Fields {
  readonly attributes: Readonly<Record<string, unknown>>;
}

const FORMAT = "twotime fields 1";
const CONVENTIONS = [
  "row i, column j is the function at t = time[i] and t' = time_prime[j] (grid product) or time_prime[i, j] (grid rows, NaN beyond the end of a row)",
  "times are the t of the paper; correlations are per degree of freedom; the response is that to a unit jump in the clock, the integral of the learning rate over t",
  "all numbers are without dimension, in the units of the system's equation (attribute description)",
].join("; ");
const SUFFIXES = { error: "_error", standardError: "_standard_error" } as const;

/** What a file says of its fields besides the numbers. */
export type FieldsFacts = Pick<Config, "system" | "parameters" | "method"> & {
  readonly version: string;
  readonly description: string;
};

/** Fields as HDF5: axes `time` and `time_prime`, a matrix for each function and its errors, and attributes that say what they are. */
export async function fieldsToHdf5(fields: Fields, facts: FieldsFacts): Promise<Uint8Array> {
  const { system, parameters, method, version, description } = facts;
  const { grid, every, time, timePrime, shape, functions } = fields;
  return inMemory(async ({ File, FS }, path) => {
    const file = new File(path, "w");
    const attributes = {
      format: FORMAT,
      version,
      system: system.name,
      title: system.title,
      description,
      parameters: JSON.stringify(parameters),
      method: JSON.stringify(method),
      conventions: CONVENTIONS,
      grid,
    };
    for (const [name, text] of Object.entries(attributes)) file.create_attribute(name, text);
    file.create_attribute("every", every, null, "<i4");
    addAxis(file, "time", time, [shape[0]], "time t");
    const columns = grid === "product" ? [shape[1]] : [...shape];
    addAxis(file, "time_prime", timePrime, columns, "earlier time t'");
    for (const [name, values] of Object.entries(functions)) {
      const info = system.quantities.find((quantity) => quantity.name === name);
      addFunction(file, fields, name, values, info);
    }
    file.close();
    return FS.readFile(path) as Uint8Array;
  });
}

function addAxis(file: File, name: string, data: Float64Array, shape: number[], meaning: string): void {
  const axis = file.create_dataset({ name, data, shape });
  describe(axis, { long_name: meaning, units: "1" });
  if (shape.length === 1) axis.make_scale(name);
}

function addFunction(
  file: File,
  { grid, shape }: Fields,
  name: string,
  values: FieldValues,
  info: QuantityInfo | undefined,
): void {
  const add = (dataset: string, data: Float64Array, meaning: string) => {
    const matrix = file.create_dataset({ name: dataset, data, shape: [...shape] });
    const above = grid === "rows" ? "absent" : info?.causal ? "zero" : "symmetric";
    describe(matrix, { long_name: meaning, units: "1", symbol: info?.symbol ?? name, above_diagonal: above });
    matrix.set_dimension_label(0, "t");
    matrix.set_dimension_label(1, "t'");
    matrix.attach_scale(0, "time");
    if (grid === "product") matrix.attach_scale(1, "time_prime");
  };
  const meaning = info?.meaning ?? name;
  add(name, values.value, meaning);
  if (values.error) add(`${name}${SUFFIXES.error}`, values.error, `estimated numerical error: ${meaning}`);
  if (values.standardError) {
    add(`${name}${SUFFIXES.standardError}`, values.standardError, `standard error of the mean: ${meaning}`);
  }
}

function describe(dataset: Dataset, texts: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(texts)) dataset.create_attribute(name, text);
}

/**
 * Reads fields back. The file is data from elsewhere: the library sees nothing but its bytes, and shapes are checked before
 * any number is read.
 * @returns undefined where there is no such file.
 * @throws InvalidParameterError "folder" for a file that is none of {@link fieldsToHdf5}, or larger than that writes.
 */
export async function readFields(path: string): Promise<StoredFields | undefined> {
  const refuse = (reason: string) =>
    new InvalidParameterError("folder", path, `fields as this package writes them (${reason})`);
  const found = await stat(path).catch(() => undefined);
  if (!found) return undefined;
  if (!found.isFile() || found.size > 1.1 * MOST_BYTES) throw refuse("no file of that size");
  const bytes = await readFile(path);
  return inMemory(async ({ File, FS }, place) => {
    FS.writeFile(place, bytes);
    let file: File | undefined;
    try {
      file = new File(place, "r");
      return fieldsOf(file);
    } catch (error) {
      throw refuse((error as Error).message.split("\n")[0]);
    } finally {
      file?.close();
    }
  });
}

/**
 * Two-time functions as typed arrays, from a file of their own: fields.h5 of a run, or what fields.csv of a sweep names.
 * @throws InvalidParameterError "file" where there is none, or no such file
 */
export async function loadFields(file: string): Promise<StoredFields> {
  if (typeof file !== "string")
    throw new InvalidParameterError("file", file, "the path of a file with fields");
  const found = await readFields(file);
  if (found) return found;
  throw new InvalidParameterError("file", file, "a file with fields, such as fields.h5 of a run");
}

/** @throws Error saying what is wrong with it. */
function fieldsOf(file: Group): StoredFields {
  const attributes = Object.fromEntries(
    Object.entries(file.attrs).map(([name, attribute]) => [name, attribute.value]),
  );
  const { format, grid, every } = attributes;
  if (format !== FORMAT) throw new Error(`the format is not "${FORMAT}"`);
  if (grid !== "product" && grid !== "rows") throw new Error("no grid");
  const time = numbersOf(file, "time", undefined);
  const axis = file.get("time_prime") as Dataset | null;
  const columns = axis?.shape?.[grid === "product" ? 0 : 1] ?? 0;
  const shape = [time.length, columns] as const;
  const timePrime = numbersOf(file, "time_prime", grid === "product" ? [columns] : shape);
  const names = file.keys().filter((name) => /^[A-Za-z]+$/.test(name) && name !== "time");
  const functions = names.map((name): [string, FieldValues] => {
    const read = (suffix: string) =>
      file.keys().includes(`${name}${suffix}`) ? numbersOf(file, `${name}${suffix}`, shape) : undefined;
    const [error, standardError] = [read(SUFFIXES.error), read(SUFFIXES.standardError)];
    const value = numbersOf(file, name, shape);
    return [name, { value, ...(error && { error }), ...(standardError && { standardError }) }];
  });
  return {
    time,
    timePrime,
    grid,
    shape,
    functions: Object.fromEntries(functions),
    every: Number(every),
    attributes,
  };
}

/** The numbers of a dataset of that shape; any list of moderate length without one. */
function numbersOf(file: Group, name: string, shape: readonly number[] | undefined): Float64Array {
  const dataset = file.get(name);
  const { metadata, shape: found } = (dataset ?? {}) as Partial<Dataset>;
  if (!metadata) throw new Error(`${name} is no dataset`);
  const length = found?.reduce((product, n) => product * n, 1) ?? 0;
  const fits = shape ? String(found) === String(shape) : found?.length === 1;
  if (!fits || 8 * length > MOST_BYTES) throw new Error(`${name} has another shape`);
  if (metadata.type !== FLOAT || metadata.size !== 8) throw new Error(`${name} holds no doubles`);
  return (dataset as Dataset).value as Float64Array;
}

/** HDF5's class of floating-point numbers. */
const FLOAT = 1;
