import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { allFigures } from "../src/run/all-figures.ts";
import { createDocument } from "../src/run/document.ts";
import { drawingFile } from "../src/run/drawing-file.ts";
import { hashOf } from "../src/run/manifest.ts";
import { coarser, digits } from "./kept.ts";
import { root } from "./setup.mjs";

/**
 * `npm run gallery -- FOLDER`: keeps the numbers of the figures of a folder that `twotime atlas --preset standard --out FOLDER` made
 * in docs/gallery; without a folder: those that are there. Draws from them what they show, where they are of the sizes of today,
 * and writes the page anew. Prints what is missing, and what was made at other sizes than those of today.
 */
const gallery = join(root, "docs", "gallery");
const [, , folder] = process.argv;

const figures = await allFigures();
const document = await createDocument();
const ids = new Set(figures.map(({ id }) => id));
for (const entry of existsSync(gallery) ? readdirSync(gallery, { withFileTypes: true }) : []) {
  if (entry.isDirectory() && !ids.has(entry.name)) rmSync(join(gallery, entry.name), { recursive: true });
}
for (const figure of figures) {
  const hash = hashOf([figure.id, figure.presets.standard]);
  const made = folder === undefined ? undefined : read(folder, figure.id);
  const file = made ? { figure: hash, ...made } : read(gallery, figure.id);
  if (file?.figure === hash) keep(figure, file);
}
const entries = figures.map(({ id, presets }) => ({
  id,
  now: hashOf([id, presets.standard]),
  kept: read(gallery, id),
}));
const missing = entries.filter(({ kept }) => kept === undefined);
const behind = entries.filter(({ kept, now }) => kept !== undefined && kept.figure !== now);
mkdirSync(gallery, { recursive: true });
writeFileSync(join(gallery, "README.md"), page());
for (const [what, those] of [
  ["missing", missing],
  ["made at other sizes", behind],
]) {
  console.log(`${what}: ${those.map(({ id }) => id).join(", ") || "none"}`);
}

/** data.json of a figure, if it is there and of the preset standard. */
function read(where, id) {
  const path = join(where, id, "data.json");
  if (!existsSync(path)) return undefined;
  const file = JSON.parse(readFileSync(path, "utf8"));
  return file.preset === "standard" ? file : undefined;
}

/** Numbers, and what is said and drawn of them today. */
function keep(figure, { figure: hash, version, preset, data, recipes, citations }) {
  const rounded = JSON.parse(JSON.stringify(data, digits));
  const { id, panels, ...words } = figure.redraw("standard", rounded, document);
  const to = join(gallery, id);
  rmSync(to, { recursive: true, force: true });
  mkdirSync(to, { recursive: true });
  for (const { name, svg } of panels) writeFileSync(join(to, drawingFile(name)), coarser(svg));
  const names = panels.map(({ name }) => name);
  const file = { figure: hash, version, preset, panels: names, ...words, data: rounded, recipes, citations };
  writeFileSync(join(to, "data.json"), `${JSON.stringify(file, digits)}\n`);
}

function page() {
  const papers = new Map();
  for (const figure of figures) {
    const [paper] = figure.paper.split(/, (?=fig|sec|App|section)/);
    papers.set(paper, [...(papers.get(paper) ?? []), figure]);
  }
  const lines = [
    "# The gallery",
    "",
    "Every figure at the preset standard, as `twotime atlas --preset standard` made it: drawings, and the numbers behind them with the configs",
    "that give them (data.json). `npm run gallery -- FOLDER` keeps those of a folder here and writes this page. The hash is that of the figure's",
    "id and sizes; where they are others today, or nothing is kept, it says so. What each figure shows, and what it costs: [figures.md](../figures.md).",
  ];
  for (const [paper, those] of papers) {
    lines.push("", `## ${paper}`);
    for (const { id, title } of those) {
      const { kept, now } = entries.find((entry) => entry.id === id);
      lines.push("", `### ${id}`, "", `${title}.`);
      if (kept === undefined) {
        lines.push("", "Not kept.");
        continue;
      }
      const age = kept.figure === now ? "" : ", of sizes that have changed since";
      lines.push(
        "",
        `Version ${kept.version}, figure ${kept.figure.slice(0, 12)}${age}; [data](${id}/data.json).`,
        "",
      );
      for (const name of readdirSync(join(gallery, id)).filter((one) => one.endsWith(".svg"))) {
        lines.push(`![${id}](${id}/${encodeURI(name)})`);
      }
    }
  }
  return `${lines.join("\n")}\n`;
}
