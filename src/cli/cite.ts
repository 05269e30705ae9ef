import { citation } from "../systems/citation";

export type CiteFormat = "text" | "bibtex" | "json";

/** What `twotime cite [SYSTEM]` prints. @throws InvalidParameterError for an unknown system. */
export function cite(system: string | undefined, format: CiteFormat): string {
  const { text, bibtex, sources } = citation(system);
  if (format === "json") return `${JSON.stringify({ sources }, undefined, 2)}\n`;
  return format === "text" ? text : bibtex;
}
