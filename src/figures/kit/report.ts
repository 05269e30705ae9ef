import type { Citation } from "../../core/citations";
import { tickText } from "../drawing/axis";
import { withSubscripts } from "../drawing/subscripts";
import type { FigureResult } from "./figure";
import type { Recipe } from "./lab";
import { reportStyle } from "./report-style";
import { type FigureTable, fixed } from "./table";

/** What the head of the report tells about the run. */
export interface ReportFacts {
  /** Version of the package. */
  readonly version: string;
  readonly preset: string;
  /** Time the figures took. */
  readonly seconds: number;
  /** Date of the run, as it is to be printed. */
  readonly date: string;
  /** HTML above all, e.g. links to other pages. */
  readonly top?: string;
  /** HTML below the title of a figure, by its id. */
  readonly beside?: Readonly<Record<string, string>>;
}

/**
 * The report as one HTML page that needs nothing else: no font, script, style or picture from outside.
 * Each figure with its caption, remarks, table and configs; the sources once, at the end.
 */
export function renderReport(results: readonly FigureResult[], about: ReportFacts): string {
  const { version, preset, seconds, date, top = "", beside = {} } = about;
  const title = "Dynamics of learning in rough landscapes: theory and finite systems";
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeText(title)}</title>
<style>${reportStyle}</style>
</head>
<body>
${top}<header>
<h1>${escapeText(title)}</h1>
<p class="facts">twotime ${escapeText(version)}, preset ${escapeText(preset)}, ${escapeText(date)}, computed in ${duration(seconds)}</p>
</header>
<main>
<nav aria-label="Figures">
<ol>
${results.map(({ id, title }) => `<li><a href="#${escapeText(id)}">${inWords(title)}</a></li>`).join("\n")}
</ol>
</nav>
<p>Lines are theory: the exact equations of the limit of infinite size. Dots are the finite system, simulated
directly; bars are one standard error of the mean over independent samples.</p>
${results.map((result) => section(result, beside[result.id])).join("\n")}
${sources(results)}
</main>
<script>${COPY}</script>
</body>
</html>
`;
}

function section(result: FigureResult, beside = ""): string {
  const { id, title, paper, panels, caption, notes, table, recipes } = result;
  return `<section id="${escapeText(id)}" aria-labelledby="${escapeText(id)}-title">
<h2 id="${escapeText(id)}-title">${inWords(title)}</h2>
<p class="paper">After: ${escapeText(paper)}</p>${beside}
<figure>
${panels.map(panelOf).join("\n")}
<figcaption>${inWords(caption)}</figcaption>
</figure>
${table ? tableOf(table, title) : ""}
${notes.length > 0 ? `<ul class="notes">${notes.map((note) => `<li>${inWords(note)}</li>`).join("\n")}</ul>` : ""}
${recipes.length > 0 ? howComputed(recipes) : ""}
</section>`;
}

/** A drawing for the width of the screen, one of two. */
function panelOf({ name, svg, narrow }: FigureResult["panels"][number]): string {
  const drawn = narrow
    ? `<div class="on-wide">${withoutNamespace(svg)}</div>\n<div class="on-narrow">${withoutNamespace(narrow)}</div>`
    : withoutNamespace(svg);
  return `<div class="panel"><h3>${inWords(name)}</h3>\n${drawn}</div>`;
}

function tableOf({ columns, rows }: FigureTable, title: string): string {
  // Numbers, and dashes where there are none, stand to the right, with as many digits in every row.
  const numeric = columns.map(
    (_, k) =>
      rows.some((row) => typeof row[k] === "number") &&
      rows.every((row) => typeof row[k] === "number" || row[k] === "–"),
  );
  // A column with values far below or above 1 shows powers of ten.
  const wide = columns.map((_, k) =>
    rows.some((row) => typeof row[k] === "number" && String(row[k]).includes("e")),
  );
  const places = columns.map((_, k) => Math.max(0, ...rows.map((row) => decimals(row[k]))));
  const cellText = (cell: string | number, k: number) =>
    inWords(
      typeof cell !== "number"
        ? cell
        : wide[k]
          ? tickText(cell)
          : numeric[k]
            ? fixed(cell, places[k])
            : String(cell),
    );
  const kind = (k: number) => (numeric[k] ? ' class="number"' : "");
  const head = columns.map((column, k) => `<th scope="col"${kind(k)}>${inWords(column)}</th>`).join("");
  const body = rows.map((row) =>
    row
      .map((cell, k) =>
        k === 0
          ? `<th scope="row"${kind(k)}>${cellText(cell, k)}</th>`
          : `<td${kind(k)}>${cellText(cell, k)}</td>`,
      )
      .join(""),
  );
  return `<div class="wide" role="region" tabindex="0" aria-label="${escapeText(`Table: ${title}`)}"><table aria-label="${escapeText(`Table: ${title}`)}">
<thead><tr>${head}</tr></thead>
<tbody>
${body.map((cells) => `<tr>${cells}</tr>`).join("\n")}
</tbody>
</table></div>
<p class="hint">The table goes on to the right: scroll it.</p>`;
}

/** Digits after the point that a number in a table has; the column then shows as many in every row. */
const decimals = (cell: string | number) => (String(cell).split(".")[1] ?? "").length;

function howComputed(recipes: readonly Recipe[]): string {
  const parts = recipes.map(
    ({
      label,
      verb,
      config,
    }) => `<details><summary>${escapeText(label)}: <code>twotime ${verb} config.json</code></summary>
<p><button type="button" data-copy>Copy config.json</button></p>
<pre><code>${escapeText(readable(config))}</code></pre>
</details>`,
  );
  return `<details><summary>How it was computed</summary>
<p>Save a config as config.json and run the command beside it to get the numbers of the figure.</p>
${parts.join("\n")}
</details>`;
}

function sources(results: readonly FigureResult[]): string {
  const cited = new Map<string, Citation>();
  for (const { citations } of results) for (const citation of citations) cited.set(citation.key, citation);
  if (cited.size === 0) return "";
  const items = [...cited.values()].map(({ text }) => `<li>${escapeText(text)}</li>`);
  return `<section id="sources" aria-labelledby="sources-title"><h2 id="sources-title">Sources</h2>
<ol class="sources">${items.join("\n")}</ol></section>`;
}

/** JSON with lists of numbers on one line. */
function readable(config: Recipe["config"]): string {
  return JSON.stringify(config, null, 2).replace(/\[[\s\d.,e+[\]-]*\]/g, (list) =>
    list.replace(/\s+/g, "").replace(/,/g, ", "),
  );
}

/** Inside a page an svg element needs no namespace, and the page then names no address at all. */
const withoutNamespace = (svg: string) => svg.replaceAll(' xmlns="http://www.w3.org/2000/svg"', "");

function duration(seconds: number): string {
  return seconds < 120 ? `${Math.round(seconds)} s` : `${Math.round(seconds / 60)} min`;
}

const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

const TAGS = { below: "sub", above: "sup" } as const;

/** Text for readers, with its subscripts and exponents: γ_opt, Δ2, t^−β. */
export const inWords = (text: string) =>
  withSubscripts(text)
    .map(({ text, place }) => [escapeText(text), place] as const)
    .map(([text, place]) => (place === "line" ? text : `<${TAGS[place]}>${text}</${TAGS[place]}>`))
    .join("");

const escapeText = (text: string) => text.replace(/[&<>"]/g, (character) => ENTITIES[character]);

const COPY = `
const markTables = () => {
  for (const table of document.querySelectorAll(".wide")) {
    table.classList.toggle("scrolls", table.scrollWidth > table.clientWidth + 1);
  }
};
markTables();
addEventListener("resize", markTables);
for (const button of document.querySelectorAll("[data-copy]")) {
  button.addEventListener("click", async () => {
    const pre = button.closest("details").querySelector("pre");
    try {
      await navigator.clipboard.writeText(pre.textContent);
      button.textContent = "Copied";
    } catch {
      getSelection().selectAllChildren(pre);
      button.textContent = "Selected: press Ctrl+C";
    }
  });
}
`;
