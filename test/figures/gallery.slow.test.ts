import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { coarser, digits } from "../../scripts/kept";
import { allFigures } from "../../src/run/all-figures";
import { drawingFile } from "../../src/run/drawing-file";
import { hashOf } from "../../src/run/manifest";
import { createDocument } from "./tools";

describe("docs/gallery", async () => {
  const figures = await allFigures();
  it.each(figures.map((figure) => [figure.id, figure] as const))(
    "shows of the numbers of %s what its figure shows today",
    (id, { redraw, presets }) => {
      const folder = `docs/gallery/${id}`;
      const { figure, version, preset, data, panels, recipes, citations, ...words } = JSON.parse(
        readFileSync(`${folder}/data.json`, "utf8"),
      );
      if (figure !== hashOf([id, presets.standard])) return;
      const { id: _, panels: drawn, ...today } = redraw("standard", data, createDocument());
      expect(drawn.map(({ name }) => name)).toEqual(panels);
      for (const { name, svg } of drawn) {
        expect(readFileSync(`${folder}/${drawingFile(name)}`, "utf8"), name).toBe(coarser(svg));
      }
      expect(words, "npm run gallery").toEqual(JSON.parse(JSON.stringify(today, digits)));
    },
  );
});
