import { version } from "../../package.json";
import { bibtex, type Citation, cited } from "../core/citations";
import { findSystem, systems } from "./registry";

/** What to cite. */
export interface References {
  /** This package, then the papers, each once. */
  readonly sources: readonly Citation[];
  /** A line for each. */
  readonly text: string;
  /** An entry for each, as a .bib file has them. */
  readonly bibtex: string;
}

const twotime = cited("twotime", {
  authors: ["the twotime developers"],
  title: "twotime: exact dynamics of learning in high-dimensional rough landscapes",
  year: 2026,
  version,
});

/**
 * The papers behind a system and this package, as text and as BibTeX.
 * @param system a name, e.g. "p-spin"; left out, the papers of all systems
 * @throws InvalidParameterError for an unknown name
 */
export function citation(system?: string): References {
  const papers = (system === undefined ? systems : [findSystem(system)]).flatMap((one) => one.citations);
  const sources = [...new Map([twotime, ...papers].map((source) => [source.key, source])).values()];
  return {
    sources,
    text: sources.map(({ text }) => `${text}\n`).join(""),
    bibtex: sources.map(bibtex).join("\n"),
  };
}
