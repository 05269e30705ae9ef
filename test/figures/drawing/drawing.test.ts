import { describe, expect, it } from "vitest";
import { linearAxis, logAxis } from "../../../src/figures/drawing/axis";
import { draw } from "../../../src/figures/drawing/drawing";
import { all, createDocument, parseSvg, textsOf } from "../tools";

const drawing = {
  description: "two curves",
  x: logAxis("time t", [1, 100], 0),
  y: linearAxis("loss", [-1, 0], 0),
  lines: [
    { x: [1, 10, 100], y: [0, -0.5, -0.7], colour: "#111111", label: "first" },
    { x: [1, 10, 100], y: [0, -0.4, -0.7], colour: "#222222", label: "second", dashed: true },
  ],
  dots: [{ x: [2, 20], y: [-0.2, -0.6], standardError: [0.1, 0.05], colour: "#333333" }],
  levels: [{ value: -0.9, label: "floor" }],
};

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

  it("labels every tick, both axes, and the level", () => {
    const texts = textsOf(svg);
    for (const text of ["1", "2", "5", "10", "20", "50", "100", "−0.8", "time t", "loss", "floor"]) {
      expect(texts).toContain(text);
    }
  });

  it("keeps labels of lines that end together a line apart", () => {
    expect(Math.abs(heightOf(svg, "first") - heightOf(svg, "second"))).toBeGreaterThanOrEqual(15.9);
  });
});
