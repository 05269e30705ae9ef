import type { JsonSchema, Setting, SystemDescription } from "../compute/messages";
import { inWords } from "../form/field";
import { flat } from "./paths";

/** For each setting, what tells it from the others in words, e.g. "T = 0.5"; "this setting" where there is one alone. */
export function labelsOf(settings: readonly Setting[], system: SystemDescription): string[] {
  if (settings.length === 1) return [""];
  const values = settings.map((setting) => flat(setting));
  const paths = [...new Set(values.flatMap((one) => Object.keys(one)))].filter(
    (path) => new Set(values.map((one) => JSON.stringify(one[path]))).size > 1,
  );
  return values.map((one) => {
    const said = paths.flatMap((path) =>
      one[path] === undefined ? [] : [`${nameOf(path, system)} = ${asWords(one[path])}`],
    );
    return said.length > 0 ? said.join(", ") : "as it opened";
  });
}

const asWords = (value: unknown) => (typeof value === "string" ? value : JSON.stringify(value));

function nameOf(path: string, { parameters }: SystemDescription): string {
  const [part, ...rest] = path.split(".");
  const schema: JsonSchema | undefined = part === "parameters" ? parameters.properties?.[rest[0]] : undefined;
  if (rest.length === 1 && schema?.symbol) return schema.symbol;
  return inWords(rest.join(" "));
}
