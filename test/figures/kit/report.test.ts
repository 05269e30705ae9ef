import { parseHTML } from "linkedom";
import { describe, expect, it } from "vitest";
import { type FigureResult, renderReport } from "../../../src/figures";
import { linear } from "../../../src/figures/drawing/axis";
import { theory } from "../../../src/figures/drawing/marks";
import { paint } from "../../../src/figures/drawing/picture";
import { all, createDocument } from "../tools";

const [x, y] = [linear("x"), linear("y")];
const svg = paint(
  { description: "a line", x, y, marks: [theory([0, 1], [0, 1], { colour: "#000000" })] },
  createDocument(),
);
const config = { system: "p-spin", parameters: { p: 3 }, report: { pairs: [[2, 1]] } };
const result: FigureResult = {
  id: "one",
  title: "Figure <one>",
  paper: "A paper, figure 1",
  caption: 'A & B with "quotes"',
  panels: [
    { name: "first", svg },
    { name: "second", svg },
  ],
  table: {
    columns: ["name", "value", "known", "small"],
    rows: [
      ["a", 0.5, 3, 2e-7],
      ["b", -1.25, "–", 0.25],
    ],
  },
  notes: ["p < 0.001"],
  data: {},
  recipes: [{ label: "theory", verb: "solve", config }],
  citations: [{ key: "k", text: "A. Author, A paper (2020)" }],
};
const about = { version: "1.2.3", preset: "quick", seconds: 12.3, date: "2026-11-22" };

describe("renderReport", () => {
  const html = renderReport([result, { ...result, id: "two" }], about);
  const { document } = parseHTML(html);

  it("needs nothing from outside", () => {
    expect(html).not.toMatch(/https?:|<link|<img|@import|url\(|<script src|src=/);
  });

  it("leads from the contents to every figure", () => {
    const targets = all(document, "nav a").map((a) => a.getAttribute("href"));
    expect(targets).toEqual(["#one", "#two"]);
    for (const target of targets) expect(document.querySelector(target!)).not.toBeNull();
    expect(document.querySelectorAll('section svg[role="img"][aria-label="a line"]').length).toBe(4);
  });

  it("has a drawing for a narrow screen beside the one for a wide screen", () => {
    const both = { ...result, panels: [{ name: "first", svg, narrow: svg.replace("a line", "narrow") }] };
    const page = parseHTML(renderReport([both], about)).document;
    expect(page.querySelector(".on-wide svg")!.getAttribute("aria-label")).toBe("a line");
    expect(page.querySelector(".on-narrow svg")!.getAttribute("aria-label")).toBe("narrow");
  });

  it("sets subscripts of symbols, and leaves other words with an underscore alone", () => {
    const words = { ...result, caption: "γ_opt falls below ℓ_0 & m0, q̂_1 as t^−β in time_prime.csv" };
    const page = parseHTML(renderReport([words], about)).document;
    const caption = page.querySelector("figcaption")!;
    expect(all(caption, "sub").map((sub) => sub.textContent)).toEqual(["opt", "0", "0", "1"]);
    expect(caption.textContent).toContain("ℓ0 & m0, q̂1 as t−β in time_prime.csv");
  });

  it("tables can be scrolled with the keyboard", () => {
    const table = document.querySelector(".wide")!;
    expect([table.getAttribute("tabindex"), table.getAttribute("role")]).toEqual(["0", "region"]);
    expect(table.nextElementSibling!.className).toBe("hint");
  });

  it("shows captions, notes and titles as they were written", () => {
    const section = document.querySelector("#one")!;
    expect(section.querySelector("h2")!.textContent).toBe("Figure <one>");
    expect(section.querySelector(".paper")!.textContent).toBe("After: A paper, figure 1");
    expect(section.querySelector("figcaption")!.textContent).toBe('A & B with "quotes"');
    expect(section.querySelector(".notes li")!.textContent).toBe("p < 0.001");
  });

  it("gives tables headers and one number of digits in a column", () => {
    const table = document.querySelector("#one table")!;
    expect(all(table, 'thead th[scope="col"]').map((th) => th.textContent)).toEqual([
      "name",
      "value",
      "known",
      "small",
    ]);
    expect(all(table, 'tbody th[scope="row"]').map((th) => th.textContent)).toEqual(["a", "b"]);
    expect(all(table, "td.number").map((td) => td.textContent)).toEqual([
      ...["0.50", "3", "2·10⁻⁷"],
      ...["−1.25", "–", "0.25"],
    ]);
  });

  it("gives every config as JSON that reads back", () => {
    expect(JSON.parse(document.querySelector("#one pre")!.textContent!)).toEqual(config);
    expect(document.querySelector("#one details details code")!.textContent).toBe(
      "twotime solve config.json",
    );
  });

  it("tells the run, and each source once", () => {
    expect(document.querySelector(".facts")!.textContent).toBe(
      "twotime 1.2.3, preset quick, 2026-11-22, computed in 12 s",
    );
    expect(all(document, ".sources li").map((li) => li.textContent)).toEqual(["A. Author, A paper (2020)"]);
  });

  it("is a page also without figures", () => {
    const empty = parseHTML(renderReport([], about)).document;
    expect(empty.querySelector("h1")).not.toBeNull();
    expect(empty.querySelector("#sources")).toBeNull();
  });
});
