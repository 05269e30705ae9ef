/** What BibTeX wants to know of a source. */
export interface Bibliography {
  readonly authors: readonly string[];
  readonly title: string;
  readonly year: number;
  readonly journal?: string;
  readonly volume?: string;
  /** First page, or the number of the article. */
  readonly page?: string;
  /** Number at arXiv. */
  readonly arxiv?: string;
  /** A version of software. */
  readonly version?: string;
}

/** A source, as the report and `citation()` print it. */
export interface Citation {
  readonly key: string;
  readonly text: string;
  readonly bibliography?: Bibliography;
}

/** A source with its line of text, e.g. "A. Author, A paper, J. Phys. A 28, 4213 (1995)". */
export function cited(key: string, bibliography: Bibliography): Citation {
  const { authors, title, year, journal, volume, page, arxiv, version } = bibliography;
  const place = journal
    ? `, ${[journal, volume].filter(Boolean).join(" ")}, ${page}`
    : arxiv
      ? `, arXiv:${arxiv}`
      : version
        ? `, version ${version}`
        : "";
  return { key, text: `${authors.join(", ")}, ${title}${place} (${year})`, bibliography };
}

/** The entry of a source in a BibTeX file; names and titles in UTF-8, titles with their capitals kept. */
export function bibtex({ key, text, bibliography }: Citation): string {
  if (!bibliography) return entry("misc", key, { note: text });
  const { authors, title, year, journal, volume, page, arxiv, version } = bibliography;
  return entry(journal ? "article" : version ? "software" : "misc", key, {
    author: authors.map((name) => (/^the /.test(name) ? `{${name}}` : name)).join(" and "),
    title: `{${title}}`,
    journal,
    volume,
    pages: page,
    eprint: arxiv,
    archiveprefix: arxiv && "arXiv",
    version,
    year: String(year),
  });
}

function entry(kind: string, key: string, fields: Readonly<Record<string, string | undefined>>): string {
  const lines = Object.entries(fields).flatMap(([name, value]) =>
    value === undefined ? [] : [`  ${name} = {${value}},`],
  );
  return `@${kind}{${key},\n${lines.join("\n")}\n}\n`;
}
