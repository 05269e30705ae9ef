import { describe, expect, it } from "vitest";
import { comparisonFigure } from "../../../src/figures";
import { all, createDocument, parseSvg, textsOf } from "../tools";

const floats = (...values: number[]) => Float64Array.from(values);

const loss = {
  quantity: "loss",
  time: floats(0, 1, 10),
  theory: floats(0, -0.3, -0.6),
  simulation: floats(0.01, -0.31, -0.58),
  standardError: floats(0.01, 0.01, 0.02),
  deviation: floats(-1, 1, -1),
  statistic: 1,
  pValue: 0.4321,
};
const correlation = {
  ...loss,
  quantity: "correlation",
  time: floats(2, 5, 6, 9),
  timePrime: floats(1, 1, 4, 4),
  theory: floats(0.9, 0.7, 0.95, 0.8),
  simulation: floats(0.9, 0.71, 0.94, 0.8),
  standardError: floats(0.01, 0.01, 0.01, 0.01),
  pValue: 2e-4,
};

describe("comparisonFigure", () => {
  const whole = { quantities: [loss, correlation], samples: 10, size: 50 };
  const text = comparisonFigure(whole, "a < test", createDocument());
  const svg = parseSvg(text);

  it("has a panel for each quantity, with its p-value", () => {
    expect(textsOf(svg)).toEqual(
      expect.arrayContaining(["a < test", "loss, p-value 0.43", "correlation, p-value < 0.001"]),
    );
    expect(svg.querySelectorAll("g[transform] circle").length).toBe(3 + 4);
  });

  it("draws two-time quantities against the delay, a line for each t′", () => {
    expect(textsOf(svg)).toEqual(expect.arrayContaining(["t − t′", "t′ = 1", "t′ = 4"]));
    expect(svg.querySelectorAll('g[aria-label="line"]').length).toBe(1 + 2);
    // Delays 1, 4 after t′ = 1 and 2, 5 after t′ = 4, on a linear axis.
    const [first, fourth, second, fifth] = all(svg, "circle")
      .slice(3)
      .map((dot) => Number(dot.getAttribute("cx")));
    expect((second - first) / (fourth - first)).toBeCloseTo(1 / 3, 6);
    expect((fifth - first) / (fourth - first)).toBeCloseTo(4 / 3, 6);
  });

  it("draws the theory of a single pair as a ring", () => {
    const single = { ...correlation, time: floats(2), timePrime: floats(1), theory: floats(0.9) };
    const drawn = parseSvg(comparisonFigure({ ...whole, quantities: [single] }, "single", createDocument()));
    expect(drawn.querySelectorAll('g[aria-label="line"]').length).toBe(0);
    expect(all(drawn, "circle").length).toBe(2);
  });

  it("draws theory through its own points, and says what line, dot and circle are", () => {
    const line = { time: floats(0, 0.5, 1, 5, 10), theory: floats(0, -0.2, -0.3, -0.5, -0.6) };
    const pairs = { time: floats(2, 4, 5), timePrime: floats(1, 1, 1), theory: floats(0.9, 0.8, 0.7) };
    const quantities = [
      { ...loss, line },
      { ...correlation, line: pairs },
    ];
    const drawn = parseSvg(comparisonFigure({ quantities }, "close", createDocument()));
    const counts = all(drawn, 'g[aria-label="line"] path').map(
      (path) => path.getAttribute("d")!.split("L").length,
    );
    expect(counts).toEqual([5, 3]);
    expect(all(drawn, "circle").length).toBe(3 + 4);
    expect(textsOf(drawn).join(" ")).toMatch(
      /Lines, and circles for single pairs: theory\. Dots: finite system/,
    );
  });

  it("leaves out what is not finite, and shows no p-value where there is none", () => {
    const partial = { ...loss, theory: floats(0, Number.NaN, -0.6), pValue: undefined };
    const drawn = comparisonFigure({ ...whole, quantities: [partial] }, "partial", createDocument());
    expect(drawn).not.toContain("NaN");
    expect(parseSvg(drawn).querySelectorAll("circle").length).toBe(2);
    expect(textsOf(parseSvg(drawn))).toContain("loss");
  });

  it("takes the symbols of a system for its axes, and its own words for the rest", () => {
    const symbols = { loss: "energy e" };
    const texts = textsOf(parseSvg(comparisonFigure(whole, "named", createDocument(), symbols)));
    expect(texts).toEqual(expect.arrayContaining(["energy e", "C(t, t′)"]));
    const component = { ...whole, quantities: [{ ...loss, quantity: "loss[0,1]" }] };
    const labels = textsOf(parseSvg(comparisonFigure(component, "named", createDocument(), symbols)));
    expect(labels).toContain("energy e[0,1]");
  });

  it("is the same text for the same comparison", () => {
    expect(comparisonFigure(whole, "a < test", createDocument())).toBe(text);
  });
});
