import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { allFigures } from "../../src/run/all-figures";
import { hashOf } from "../../src/run/manifest";
import { numbersIn, parseSvg } from "./tools";

const gallery = "docs/gallery";
/** Figures whose standard preset has not been kept yet: this list only gets shorter. */
const NOT_KEPT: readonly string[] = [
  "spherical-sk-budget",
  "teacher-student-switch",
  "teacher-student-widths",
  "teacher-student-batch",
  "features-families",
  "features-momentum",
  "label-noise-exponents",
  "label-noise-prefactor",
  "label-noise-sensing",
];

describe("docs/gallery", async () => {
  const figures = await allFigures();
  const page = readFileSync(`${gallery}/README.md`, "utf8");
  /** What the page says under the heading of a figure. */
  const wordsOf = (id: string) => page.split(`\n### ${id}\n`)[1]?.split("\n#")[0] ?? "";

  it("keeps all figures but those named here, and none that is no more", () => {
    const ids = figures.map(({ id }) => id);
    const folders = readdirSync(gallery).filter((name) => name !== "README.md");
    expect(folders.sort()).toEqual(ids.filter((id) => !NOT_KEPT.includes(id)).sort());
    const headings = page.split("\n").flatMap((line) => (line.startsWith("### ") ? [line.slice(4)] : []));
    for (const id of folders) expect(headings).toContain(id);
  });

  const kept = figures.filter(({ id }) => !NOT_KEPT.includes(id));
  it.each(kept.map((figure) => [figure.id, figure] as const))(
    "keeps the standard preset of %s, and tells the hash of what was made",
    (id, { title, presets }) => {
      const folder = `${gallery}/${id}`;
      expect(existsSync(`${folder}/data.json`), `npm run gallery -- FOLDER, with ${id} in it`).toBe(true);
      const file = JSON.parse(readFileSync(`${folder}/data.json`, "utf8"));
      expect(file.preset).toBe("standard");
      expect(file.version).toMatch(/^\d+\.\d+\.\d+/);
      expect(file.figure).toMatch(/^[0-9a-f]{64}$/);
      expect(numbersIn(file.data).length).toBeGreaterThan(50);
      expect(file.recipes.length).toBeGreaterThan(0);
      const drawings = readdirSync(folder).filter((name) => name.endsWith(".svg"));
      expect(drawings.length).toBe(file.panels.length);
      const words = wordsOf(id);
      expect(words).toContain(`${title}.`);
      expect(words).toContain(`Version ${file.version}, figure ${file.figure.slice(0, 12)}`);
      // Of other sizes than today's: told, not hidden.
      expect(words.includes("sizes that have changed")).toBe(file.figure !== hashOf([id, presets.standard]));
      for (const name of drawings) {
        expect(words).toContain(`${id}/${encodeURI(name)}`);
        const svg = readFileSync(`${folder}/${name}`, "utf8");
        expect(svg).not.toMatch(/NaN|undefined/);
        expect(parseSvg(svg).getAttribute("aria-label")).toBeTruthy();
      }
    },
  );
});
