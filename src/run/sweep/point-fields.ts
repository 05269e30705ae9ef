import { existsSync } from "node:fs";
import { join } from "node:path";
import { InvalidParameterError } from "../../core/errors";
import type { Config } from "../../systems/config/config";
import type { Fields } from "../../systems/fields/lay-out";
import type { Outcome } from "../execute";
import { fieldsToHdf5 } from "../fields-file";
import { version } from "../manifest";
import { openFolder } from "../open-folder";

/** Folder of the two-time functions of points inside that of a sweep. */
export const FIELDS = "fields";

const nameOf = (hash: string) => `${hash}.h5`;

/** @param where what has no folder of the sweep to keep them in */
export const fieldsRefused = (where: string) =>
  new InvalidParameterError("report.fields", {}, `nothing with ${where}, which keeps rows alone`);

/** Writes the two-time functions of a point, as `solve --fields` does of one run. */
export async function keepFields(
  folder: string | undefined,
  hash: string,
  { system, parameters, method }: Config,
  { fields, description }: Pick<Outcome, "description"> & { readonly fields: Fields },
): Promise<void> {
  if (folder === undefined) throw fieldsRefused("an engine without a folder");
  const bytes = await fieldsToHdf5(fields, { system, parameters, method, version, description });
  await (await openFolder(folder, FIELDS)).write(nameOf(hash), bytes);
}

/** The file with the two-time functions of a point, as seen from the folder of its sweep; undefined where there is none. */
export function fieldsFileOf(folder: string, hash: string): string | undefined {
  const file = `${FIELDS}/${nameOf(hash)}`;
  return existsSync(join(folder, file)) ? file : undefined;
}
