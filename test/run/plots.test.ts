import { PNG } from "pngjs";
import { describe, expect, it } from "vitest";
import { runVerb } from "../../src/run/execute";
import { plotsOf } from "../../src/run/plots";
import { plotFiles } from "../../src/run/png";
import { parseConfig, type Verb } from "../../src/systems/config/config";
import { reportOf } from "../../src/systems/config/report-of";
import { all, parseSvg, textsOf } from "../figures/tools";

async function drawn(verb: Verb, source: object, change: object = {}) {
  const config = parseConfig(source, verb);
  const outcome = await runVerb(verb, config);
  return plotsOf(verb, config, reportOf(verb, config), { ...outcome, ...change });
}

const landscape = {
  system: "p-spin",
  parameters: { p: 3 },
  method: { kind: "uniform", until: 2, points: 16 },
  simulation: { size: 10, samples: 3, step: 0.1, until: 2 },
  report: { times: [0.5, 2], ratios: [0.5], quantities: ["loss", "multiplier", "correlation"] },
};

describe("plots of a run", () => {
  it("of a theory: each quantity at the solver's own times, with the levels it is measured by", async () => {
    const plots = await drawn("solve", landscape);
    expect(Object.keys(plots)).toEqual(["run", "delay", "ratio"]);
    const run = parseSvg(plots.run);
    expect(textsOf(run)).toEqual(expect.arrayContaining(["loss", "multiplier", "ℓth(0), ℓth(T), ℓ0"]));
    const [line] = all(run, 'g[aria-label="line"] path');
    // More points than the two that are reported.
    expect(line.getAttribute("d")!.split(/[LC]/).length).toBeGreaterThan(10);
  });

  it("of a theory of two times: C against t − t′ and t′/t, at three ages", async () => {
    const { delay, ratio } = await drawn("solve", landscape);
    for (const [plot, axis] of [
      [delay, "t − t′"],
      [ratio, "t′/t"],
    ]) {
      const svg = parseSvg(plot);
      expect(textsOf(svg)).toEqual(expect.arrayContaining([axis, "t = 0.02", "t = 0.2", "t = 2"]));
      expect(all(svg, 'g[aria-label="line"]').length).toBe(3);
    }
  });

  it("of a simulation: dots with their bars", async () => {
    const { run } = await drawn("simulate", landscape);
    expect(all(parseSvg(run), "circle").length).toBe(2 * 2);
  });

  it("of a comparison: the comparison alone, its theory between the times that are compared too", async () => {
    const report = { ...landscape.report, times: [0.1, 0.5, 2], pairs: [[2, 0.5]] };
    const plots = await drawn("compare", { ...landscape, report });
    expect(Object.keys(plots)).toEqual(["comparison"]);
    const lines = all(parseSvg(plots.comparison), 'g[aria-label="line"] path');
    // Loss and multiplier, and C after t′ = 1, to which no two pairs belong.
    expect(lines.map((line) => line.getAttribute("d")!.split(/[LC]/).length > 50)).toEqual([true, true]);
  });

  it("of a best schedule: its rates by step", async () => {
    const source = {
      system: "random-features",
      parameters: { targetExponent: 3, spectrumExponent: 2, horizon: 50, schedule: 0.1, features: 20 },
    };
    const { run } = await drawn("optimise", source);
    expect(textsOf(parseSvg(run))).toEqual(expect.arrayContaining(["step", "learningRate"]));
  });

  it("of predictions: numbers by name on one axis, components by index, complex ones in their plane", async () => {
    const { predictions } = await drawn("predict", { ...landscape, report: undefined });
    const texts = textsOf(parseSvg(predictions));
    expect(texts).toContain("plateau q = 1");
    const oscillator = {
      system: "label-noise-momentum",
      parameters: { model: "quadratic", learningRate: 0.1, momentum: 0.9, curvatures: [0, 2] },
    };
    const { predictions: complex } = await drawn("predict", oscillator);
    expect(textsOf(parseSvg(complex))).toEqual(
      expect.arrayContaining(["imaginary part", "component, row by row"]),
    );
  });

  it("of a search: what came of each place, against each parameter, and the best", async () => {
    const source = {
      system: "convex",
      parameters: { schedule: { kind: "power-law", rate: 0.5, exponent: 0.5 } },
      optimise: {
        parameters: { "schedule.exponent": [0, 1], "schedule.rate": [0.1, 1] },
        minimise: { quantity: "loss", time: 10 },
      },
    };
    const { search } = await drawn("optimise", source);
    const svg = parseSvg(search);
    expect(textsOf(svg)).toEqual(expect.arrayContaining(["schedule.rate", "loss at t = 10"]));
    expect(textsOf(svg).filter((text) => /, best [\d.]+$/.test(text))).toHaveLength(2);
    expect(all(svg, "circle").length).toBeGreaterThan(20);
  });

  it("there are none of what is not whole", async () => {
    expect(await drawn("solve", landscape, { status: "interrupted" })).toEqual({});
  });

  it("are kept as SVG, and as PNG of twice the size", async () => {
    const files = await plotFiles({ a: SQUARE });
    expect(Object.keys(files)).toEqual(["a.svg", "a.png"]);
    const png = Buffer.from(files["a.png"] as Uint8Array);
    expect(png.subarray(1, 4).toString()).toBe("PNG");
    const { width, height, data } = PNG.sync.read(png);
    expect([width, height]).toEqual([20, 10]);
    // Black to the left, and white to the right, where nothing is drawn.
    expect([0, 19].map((x) => [...data.subarray(4 * x, 4 * x + 4)])).toEqual([
      [0, 0, 0, 255],
      [255, 255, 255, 255],
    ]);
  });
});

const SQUARE =
  '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="5"><rect width="5" height="5"/></svg>';
