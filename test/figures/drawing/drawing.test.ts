import { describe, expect, it } from "vitest";
import { linear, log } from "../../../src/figures/drawing/axis";
import type { Drawing } from "../../../src/figures/drawing/drawing";
import { bandOf, measured, theory } from "../../../src/figures/drawing/marks";
import { paint, paintNarrow } from "../../../src/figures/drawing/picture";
import { all, createDocument, parseSvg, textsOf } from "../tools";

const drawing: Drawing = {
  x: log("time t", { padding: 0 }),
  y: linear("loss", { ends: [-1, 0] }),
  marks: [
    theory([1, 10, 100], [0, -0.5, -0.7], { colour: "#111111", label: "first" }),
    theory([1, 10, 100], [0, -0.4, -0.7], { colour: "#222222", label: "second", dashed: true }),
    measured([2, 20], [-0.2, -0.6], { standardError: [0.1, 0.05], colour: "#333333", label: "runs" }),
  ],
  levels: [{ value: -0.9, label: "floor" }],
};
const draw = (one: Drawing, document: Document) =>
  paint({ description: "two curves", drawings: [one] }, document);

const heightOf = (svg: Element, text: string) => {
  const label = all(svg, "text").find((element) => element.textContent === text)!;
  return Number(label.getAttribute("transform")!.match(/,([\d.]+)\)/)![1]);
};

describe("draw", () => {
  const svg = parseSvg(draw(drawing, createDocument()));

  it("is a picture with a description, complete in itself", () => {
    expect(svg.getAttribute("role")).toBe("img");
    expect(svg.getAttribute("aria-label")).toBe("two curves");
    expect(svg.getAttribute("xmlns")).toBe("http://www.w3.org/2000/svg");
    expect(svg.getAttribute("viewBox")).toBe("0 0 640 400");
    expect(draw(drawing, createDocument())).not.toMatch(/NaN|undefined|href|url\(/);
  });

  it("has a path for each line, dashed or not, a circle and a bar for each measured value", () => {
    const paths = all(svg, 'g[aria-label="line"]');
    expect(paths.map((group) => group.querySelectorAll("path").length)).toEqual([1, 1]);
    expect(paths.map((group) => group.getAttribute("stroke-dasharray") !== null)).toEqual([false, true]);
    expect(svg.querySelectorAll('g[aria-label="dot"] circle').length).toBe(2);
    const bars = all(svg, 'g[stroke="#333333"][aria-label="rule"] line');
    const lengths = bars.map((bar) => Number(bar.getAttribute("y1")) - Number(bar.getAttribute("y2")));
    const plotHeight = 400 - 34 - 44;
    expect(lengths.map(Math.abs)[0]).toBeCloseTo(0.2 * plotHeight, 6);
    expect(lengths.map(Math.abs)[1]).toBeCloseTo(0.1 * plotHeight, 6);
  });

  it("names levels that are close once, above the highest, and each of others by itself", () => {
    const levels = [
      { value: -0.9, label: "ground" },
      { value: -0.88, label: "threshold" },
      { value: -0.3, label: "plateau" },
    ];
    const drawn = parseSvg(draw({ ...drawing, levels }, createDocument()));
    const texts = textsOf(drawn);
    expect(texts).toEqual(expect.arrayContaining(["threshold, ground", "plateau"]));
    expect(texts).not.toContain("ground");
    const upwards = parseSvg(draw({ ...drawing, levels: levels.toReversed() }, createDocument()));
    expect(heightOf(upwards, "threshold, ground")).toBe(heightOf(drawn, "threshold, ground"));
  });

  it("names moments at the bottom, or at the top where a level stands there", () => {
    const moments = [{ value: 30, label: "found" }];
    const [above, below] = [-0.5, -0.99].map((value) => {
      const levels = [{ value, label: "floor" }];
      return heightOf(parseSvg(draw({ ...drawing, levels, moments }, createDocument())), "found");
    });
    expect(above).toBeGreaterThan(300);
    expect(below).toBeLessThan(100);
  });

  it("names moments that are close in rows", () => {
    const moments = ["annealed = 0.63", "quenched = 0.66", "far = 50"].map((label, k) => ({
      value: [3, 3.2, 50][k],
      label,
    }));
    const drawn = parseSvg(draw({ ...drawing, moments }, createDocument()));
    const [first, second, far] = moments.map(({ label }) =>
      all(drawn, "text")
        .find((element) => element.textContent === label)!
        .parentElement!.getAttribute("transform"),
    );
    expect(second).not.toBe(first);
    // Both to the right of their verticals, or of one and to the left of the other.
    expect([first, far].map((shift) => shift!.replace(/\(.*?,/, ""))).toEqual([
      "translate-10)",
      "translate-10)",
    ]);
    expect(second).toContain(",-26)");
  });

  it("labels every tick, both axes, and the level", () => {
    const texts = textsOf(svg);
    for (const text of ["1", "2", "5", "10", "20", "50", "100", "−0.8", "time t", "loss", "floor"]) {
      expect(texts).toContain(text);
    }
  });

  it("keeps labels of lines that end together a line apart", () => {
    expect(Math.abs(heightOf(svg, "first") - heightOf(svg, "second"))).toBeGreaterThanOrEqual(15.9);
  });

  it("has a legend in a corner in place of the labels at the ends, with the names of dots too", () => {
    const texts = textsOf(parseSvg(draw({ ...drawing, legend: "bottom-left" }, createDocument())));
    expect(texts).toEqual(expect.arrayContaining(["— first", "- - second", "● runs"]));
    expect(texts).not.toContain("first");
    const rings = drawing.marks.map((mark) => (mark.kind === "dots" ? { ...mark, hollow: true } : mark));
    const hollow = draw({ ...drawing, marks: rings, legend: "bottom-left" }, createDocument());
    expect(textsOf(parseSvg(hollow))).toContain("○ runs");
  });

  it("names lines that end together in their order, first above, whichever ends a little higher", () => {
    const ends = [-0.5, -0.5007, -0.4995, -0.4];
    const marks = ends.map((end, k) => theory([1, 100], [0, end], { colour: "#111111", label: `line ${k}` }));
    const together = parseSvg(draw({ ...drawing, marks }, createDocument()));
    const heights = [3, 0, 1, 2].map((k) => heightOf(together, `line ${k}`));
    expect([...heights].sort((a, b) => a - b)).toEqual(heights);
  });

  it("writes the name of a moment inside of the frame", () => {
    const moments = [
      { value: 2, label: "early" },
      { value: 90, label: "late" },
    ];
    const svg = parseSvg(draw({ ...drawing, moments }, createDocument()));
    const [early, late] = ["early", "late"].map(
      (text) => all(svg, "text").find((element) => element.textContent === text)!,
    );
    const anchorOf = (element: Element) => element.closest("[text-anchor]")!.getAttribute("text-anchor");
    expect([anchorOf(early), anchorOf(late)]).toEqual(["start", "end"]);
  });

  it("leaves out what lies beyond the ends of its x axis, and makes room for bars", () => {
    const short = { ...drawing, x: log("time t", { ends: [1, 10] }), y: linear("loss", { padding: 0 }) };
    const part = parseSvg(draw(short, createDocument()));
    expect(part.querySelectorAll("circle").length).toBe(1);
    // From −0.5, the lowest of the lines, to 0: the bar of the dot, from −0.3 to −0.1, is two fifths of that.
    const [bar] = all(part, 'g[stroke="#333333"][aria-label="rule"] line');
    expect(Number(bar.getAttribute("y1")) - Number(bar.getAttribute("y2"))).toBeCloseTo(0.4 * 322, 6);
    const tall = {
      ...drawing,
      marks: [measured([1, 2], [0, 1], { colour: "#333333", standardError: [3, 1] })],
    };
    const bars = all(
      parseSvg(draw({ ...tall, y: linear("loss", { padding: 0 }) }, createDocument())),
      "line",
    );
    expect(bars.some((line) => Number(line.getAttribute("y1")) === 356)).toBe(true);
  });
});

describe("a band", () => {
  it.each([
    [1, "dashed one standard error above and below"],
    [2, "dashed two standard errors above and below"],
    [5, "dashed five standard errors above and below"],
  ])("of %d standard errors is drawn at that distance and says so", (errors, text) => {
    const band = bandOf(errors);
    expect(band.text).toBe(text);
    const [below, above] = band.marks([0, 1], [10, 20], [0.5, 2], "#111111");
    expect(below.y).toEqual([10 - errors * 0.5, 20 - errors * 2]);
    expect(above.y).toEqual([10 + errors * 0.5, 20 + errors * 2]);
    expect([below.dashed, above.dashed]).toEqual([true, true]);
  });
});

describe("measured values", () => {
  it("are drawn every so often, with the bars that belong to them", () => {
    const { x, y, standardError } = measured([0, 1, 2, 3, 4], [5, 6, 7, 8, 9], {
      every: 2,
      standardError: [0.1, 0.2, 0.3, 0.4, 0.5],
      colour: "#111111",
    });
    expect([x, y, standardError]).toEqual([
      [0, 2, 4],
      [5, 7, 9],
      [0.1, 0.3, 0.5],
    ]);
  });
});

describe("a narrow drawing", () => {
  const long = { ...drawing, marks: [{ ...drawing.marks[0], label: "a name that would take half of it" }] };
  const sizeOf = (svg: Element) => svg.getAttribute("viewBox")!.split(" ").slice(2).map(Number);
  const narrow = (one: Drawing, title?: string) =>
    parseSvg(paintNarrow({ description: "two", drawings: [one, one], title }, createDocument()));

  it("has drawings one below the other, with letters of the same size", () => {
    expect(sizeOf(narrow(drawing))).toEqual([340, 500]);
    expect(textsOf(narrow(drawing))).toContain("first");
  });

  it("has long names below, for which it grows", () => {
    const [width, height] = sizeOf(narrow(long));
    expect([width, height]).toEqual([340, 540]);
    expect(textsOf(narrow(long))).toContain("— a name that would take half of it");
  });

  it("has a long title in lines", () => {
    const title = "A title that is much too long for one line of a narrow screen";
    const svg = narrow(drawing, title);
    const lines = all(svg, "text[font-weight=bold]").map((line) => line.textContent!);
    expect(lines.join(" ")).toBe(title);
    expect(lines.length).toBe(2);
    expect(sizeOf(svg)[1]).toBe(500 + 26 + 18);
  });
});
