import { expect, it } from "vitest";
import { systems } from "../../src/systems/registry";
import { describeFields } from "../../src/systems/schema/describe";
import type { System } from "../../src/systems/system";

/** What a quantity belongs to, in words. */
const BELONGS = { time: "a time", pair: "a pair of times", run: "a run", ensemble: "the ensemble" };

function table(head: readonly string[], rows: readonly (readonly (string | undefined)[])[]): string {
  const line = (cells: readonly (string | undefined)[]) =>
    `| ${cells.map((cell) => (cell ?? "").replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

function section({ name, title, parameters, quantities, predictions }: System): string {
  return [
    `## ${name}`,
    `${title}.`,
    table(
      ["parameter", "symbol", "unit", "meaning"],
      describeFields(parameters).map((field) => [
        `\`${field.name}\``,
        field.symbol,
        field.unit,
        field.meaning,
      ]),
    ),
    table(
      ["quantity", "symbol", "of", "meaning"],
      quantities.map((quantity) => [
        `\`${quantity.name}\``,
        quantity.symbol,
        BELONGS[quantity.of],
        quantity.meaning,
      ]),
    ),
    ...(predictions.length > 0
      ? [
          table(
            ["prediction", "symbol", "meaning"],
            predictions.map((prediction) => [
              `\`${prediction.name}\``,
              prediction.symbol,
              prediction.meaning,
            ]),
          ),
        ]
      : []),
  ].join("\n\n");
}

const HEAD = `# Symbols

The symbols of the papers and the names of the configs, by system, as the records in \`src/systems/\` have them: this page is
made from them by \`npx vitest run --project fast test/docs -u\`. Words are explained in the [glossary](glossary.md).`;

it("docs/symbols.md is what the records of the systems say", async () => {
  const page = [HEAD, ...Object.values(systems).map((system) => section(system as System))].join("\n\n");
  await expect(`${page}\n`).toMatchFileSnapshot("../../docs/symbols.md");
});
