import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { Marked } from "marked";
import { renderReport } from "../src/figures/index.ts";
import { inWords } from "../src/figures/kit/report.ts";
import { reportStyle } from "../src/figures/kit/report-style.ts";
import { allFigures } from "../src/run/all-figures.ts";
import { createDocument } from "../src/run/document.ts";
import { coarser } from "./kept.ts";
import { root } from "./setup.mjs";

/**
 * `npm run site [-- FOLDER]`: guides, gallery, playground and API reference as one site of static files, by default in site/.
 */
const site = process.argv[2] ?? join(root, "site");
const docs = join(root, "docs");
const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
const REPOSITORY_PAGES = ["CHANGELOG.md", "CONTRIBUTING.md", "benchmarks/results.md"];
const hasReference = existsSync(join(root, "typedoc.json"));
/** Links above every page: file and word. */
const MENU = [
  ["index.html", "twotime"],
  ["docs/start.html", "Start"],
  ["playground/index.html", "Playground"],
  ["gallery.html", "Gallery"],
  ["docs/which-method.html", "Methods"],
  ["docs/conventions.html", "Conventions"],
  ["docs/equations.html", "Equations"],
  ["docs/errata.html", "Errata"],
  ...(hasReference ? [["api/index.html", "API"]] : []),
];
const MOST_SETTINGS = 4;
/** Figures whose quick preset takes longer, by the share of what a link opens of it, are no play. */
const QUICK_SECONDS = 10;
/** The last time, and the runs of particles, of a setting that a link opens. */
const SOON = 1e4;
const FEW_RUNS = 4;
const ICON = readFileSync(join(root, "web/index.html"), "utf8").match(/<link rel="icon"[^>]*>/)[0];
const STYLE = `${reportStyle}
nav.menu { display: flex; flex-wrap: wrap; gap: .2rem 1rem; margin: -1rem 0 2rem; font-size: .9rem; }
nav.menu [aria-current] { color: var(--ink); text-decoration: none; font-weight: 600; }
main table { display: block; overflow-x: auto; } img { max-width: 100%; height: auto; }
main :not(pre) > code { overflow-wrap: anywhere; }
main td { white-space: normal; vertical-align: top; } pre { max-height: none; }
@media (prefers-color-scheme: dark) { img { background: #fff; } }`;

rmSync(site, { recursive: true, force: true });
mkdirSync(site, { recursive: true });
const pages = [...markdownIn("docs"), ...REPOSITORY_PAGES];
page("README.md", "index.html");
for (const path of pages) page(path, path.replace(/\.md$/, ".html"));
cpSync(join(docs, "p-spin-loss.svg"), join(site, "docs/p-spin-loss.svg"));
await writeGallery();
build("vite", ["build", "web", "--outDir", join(site, "playground"), "--emptyOutDir", "--logLevel", "warn"]);
if (hasReference) build("typedoc", ["--out", join(site, "api"), "--logLevel", "Error"]);
console.log(join(site, "index.html"));

function markdownIn(folder) {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return entry.name === "gallery" ? [] : markdownIn(path);
    return path.endsWith(".md") ? [path] : [];
  });
}

/** A page of the repository as one of the site. */
function page(from, to) {
  const text = readFileSync(join(root, from), "utf8");
  const title = text.match(/^# (.*)$/m)?.[1] ?? "twotime";
  const marked = new Marked({ gfm: true });
  marked.use({ renderer: { heading, link: linkFrom(from, to) } });
  write(
    to,
    `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeText(title)}</title><style>${STYLE}</style></head>
<body>${menu(to)}<main>${marked.parse(text)}</main></body></html>
`,
  );
}

function heading({ tokens, depth, text: words }) {
  return `<h${depth} id="${anchor(words)}">${this.parser.parseInline(tokens)}</h${depth}>\n`;
}

function linkFrom(from, to) {
  return function link({ href, tokens }) {
    const words = this.parser.parseInline(tokens);
    const where = target(href, from, to);
    return where === undefined ? words : `<a href="${escapeText(where)}">${words}</a>`;
  };
}

/** Words of a table of docs/figures.md, for the gallery: with their links, and subscripts as in the captions. */
function words(markdown) {
  const marked = new Marked({ gfm: true });
  const text = (token) => (token.tokens ? false : inWords(token.text));
  marked.use({ renderer: { text, link: linkFrom("docs/figures.md", "gallery.html") } });
  return marked.parseInline(markdown);
}

/** As the pages of the repository are linked to. */
function anchor(words) {
  const kept = words.toLowerCase().replace(/[^\p{L}\p{N}\s-]/gu, "");
  return kept.trim().replace(/\s/g, "-");
}

/** Where a link leads on the site, whose pages are HTML; undefined for files that are not on it. */
function target(href, from, to) {
  if (/^(https?:|#)/.test(href)) return href;
  const [path, fragment] = href.split("#");
  const whole = join(dirname(from), path);
  const isGallery = whole.startsWith("docs/gallery");
  if (!isGallery && !pages.includes(whole)) return undefined;
  const there = isGallery ? "gallery.html" : whole.replace(/\.md$/, ".html");
  const up = relative(dirname(join(site, to)), join(site, there));
  return `${up}${fragment === undefined ? "" : `#${fragment}`}`;
}

function menu(to) {
  const links = MENU.map(([path, word]) => {
    const href = relative(dirname(join(site, to)), join(site, path));
    return `<a href="${href}"${path === to ? ' aria-current="page"' : ""}>${word}</a>`;
  });
  return `<nav class="menu" aria-label="Site">${links.join("\n")}</nav>`;
}

async function writeGallery() {
  const figures = await allFigures();
  const rows = figureRows();
  const document = await createDocument();
  const results = figures.flatMap((figure) => kept(figure, document));
  mkdirSync(join(site, "gallery-data"), { recursive: true });
  for (const { id } of results)
    cpSync(join(docs, "gallery", id, "data.json"), join(site, "gallery-data", `${id}.json`));
  const beside = Object.fromEntries(
    results.map((result) => [result.id, besideFigure(result, rows[result.id], figures)]),
  );
  const style =
    "<style>nav.menu { display: flex; flex-wrap: wrap; gap: .2rem 1rem; margin: -1rem 0 2rem; font-size: .9rem; }</style>";
  const seconds = figures
    .filter(({ id }) => beside[id] !== undefined)
    .reduce((sum, { cost }) => sum + cost.standard, 0);
  const date = new Date().toISOString().slice(0, 10);
  const top = `${style}${menu("gallery.html")}`;
  write("gallery.html", renderReport(results, { version, preset: "standard", seconds, date, top, beside }));
}

/** A figure as the gallery keeps it: its numbers, with the words and drawings of today. */
function kept(figure, document) {
  const path = join(docs, "gallery", figure.id, "data.json");
  if (!existsSync(path)) return [];
  const { data, recipes, citations } = JSON.parse(readFileSync(path, "utf8"));
  const { panels, ...words } = figure.redraw("standard", data, document);
  const drawn = panels.map(({ name, svg, narrow }) => ({ name, svg: coarser(svg), narrow: coarser(narrow) }));
  return [{ ...words, panels: drawn, recipes, citations }];
}

/** What docs/figures.md says of each figure. */
function figureRows() {
  const lines = readFileSync(join(docs, "figures.md"), "utf8").split("\n");
  const cells = lines.filter((line) => /^\| [a-z0-9-]+ \|/.test(line)).map((line) => line.split(" | "));
  return Object.fromEntries(
    cells.map(([id, , shows, , standard, , agree]) => [
      id.slice(2),
      { shows, standard, agree: agree.replace(/ \|$/, "") },
    ]),
  );
}

function besideFigure({ id, recipes }, row, figures) {
  const { cost } = figures.find((figure) => figure.id === id);
  const solved = recipes
    .filter(({ verb }) => verb === "solve" || verb === "compare")
    .map(({ config }) => config);
  const settings = solved.filter(({ system }) => system === solved[0].system).slice(0, MOST_SETTINGS);
  const seconds = (cost.quick * settings.length) / solved.length;
  const link = settings.length > 0 && seconds <= QUICK_SECONDS ? playground(settings) : "";
  const told =
    row &&
    `<p class="paper">The paper shows: ${words(row.shows)}.${agreement(row)} Ours at standard: ${words(row.standard)}.</p>`;
  return `${told ?? ""}<p><a href="gallery-data/${id}.json">The numbers, as JSON</a>${link}</p>`;
}

/** A dash says no more than the table. */
function agreement({ agree }) {
  return agree === "–" ? "" : ` Agreement: ${words(agree)}.`;
}

function playground([first, ...pinned]) {
  const setting = ({ system, parameters = {}, method = {}, simulation = {} }) => ({
    system,
    parameters,
    method: lighter(system, method),
    simulation,
  });
  const state = { setting: setting(first), pinned: pinned.map(setting), simulate: false };
  return ` · <a href="playground/index.html#${encodeURIComponent(JSON.stringify(state))}">Open in the playground</a>`;
}

/** A method that gives its curve in about three seconds: to times and errors at which one looks, not those of a figure. */
function lighter(system, method) {
  if (method.runs > FEW_RUNS) return { ...method, runs: FEW_RUNS };
  if (!["p-spin", "spiked-matrix-tensor"].includes(system)) return method;
  const { tolerance: _, ...rest } = method;
  return { ...rest, until: Math.min(SOON, method.until) };
}

function write(to, html) {
  mkdirSync(dirname(join(site, to)), { recursive: true });
  writeFileSync(join(site, to), html.replace("<style>", `${ICON}<style>`));
}

function build(command, args) {
  execFileSync(join(root, "node_modules/.bin", command), args, {
    cwd: root,
    stdio: ["ignore", "ignore", "inherit"],
  });
}

function escapeText(text) {
  return text.replace(/[&<>"]/g, (one) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[one]);
}
