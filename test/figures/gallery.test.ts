import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { coarser } from "../../scripts/kept";
import { allFigures } from "../../src/run/all-figures";
import { hashOf } from "../../src/run/manifest";
import { numbersIn, parseSvg } from "./tools";

const gallery = "docs/gallery";
describe("docs/gallery", async () => {
  const figures = await allFigures();
  const page = readFileSync(`${gallery}/README.md`, "utf8");
  /** What the page says under the heading of a figure. */
  const wordsOf = (id: string) => page.split(`\n### ${id}\n`)[1]?.split("\n#")[0] ?? "";

  it("keeps all figures, and none that is no more", () => {
    const ids = figures.map(({ id }) => id);
    const folders = readdirSync(gallery).filter((name) => name !== "README.md");
    expect(folders.sort()).toEqual([...ids].sort());
    const headings = page.split("\n").flatMap((line) => (line.startsWith("### ") ? [line.slice(4)] : []));
    for (const id of folders) expect(headings).toContain(id);
  });

  it.each(figures.map((figure) => [figure.id, figure] as const))(
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

describe("a kept drawing", () => {
  it("has coordinates to a hundredth, and every digit of what is written", () => {
    const svg =
      '<svg aria-label="p = 0.001"><text x="1.23456" transform="translate(-0.0049,12.5)">0.005</text></svg>';
    expect(coarser(svg)).toBe(
      '<svg aria-label="p = 0.001"><text x="1.23" transform="translate(0,12.5)">0.005</text></svg>',
    );
  });
});
