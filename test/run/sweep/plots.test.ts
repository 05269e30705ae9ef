import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { PNG } from "pngjs";
import { describe, expect, it } from "vitest";
import { parsePlan } from "../../../src/run/sweep/plan";
import { createPoints } from "../../../src/run/sweep/points";
import { runSweep } from "../../../src/run/sweep/run-sweep";
import { newFolder, thisThread } from "./this-thread";

let notices: string[] = [];
async function drawn(source: object, folder = newFolder()): Promise<(string | undefined)[]> {
  notices = [];
  const onNotice = (notice: string) => notices.push(notice);
  await runSweep({ plan: parsePlan(source), folder, engine: thisThread, options: { onNotice } });
  return [1, 2].map((k) => {
    const path = join(folder, `plot-${k}.svg`);
    return existsSync(path) ? readFileSync(path, "utf8") : undefined;
  });
}
const count = (svg: string, pattern: RegExp) => (svg.match(pattern) ?? []).length;
/** The texts of an svg. */
const texts = (svg: string) => [...svg.matchAll(/<text[^>]*>([^<]+)<\/text>/g)].map(([, text]) => text);

const solved = {
  verb: "solve",
  base: {
    system: "p-spin",
    parameters: { p: 3, schedule: { kind: "power-law", rate: 1, exponent: 0 } },
    method: { kind: "uniform", until: 1, points: 20 },
    report: { times: [0.5, 1], quantities: ["loss"] },
  },
  vary: { "parameters.temperature": [0, 0.5], "parameters.schedule.exponent": [0, 0.2, 0.4] },
};

describe("plots of a sweep", () => {
  it("are kept as SVG, and as PNG of twice its pixels", async () => {
    const folder = newFolder();
    const plot = [{ x: "parameters.schedule.exponent", y: "loss", series: "parameters.temperature" }];
    const [svg] = await drawn({ ...solved, plot }, folder);
    const png = PNG.sync.read(readFileSync(join(folder, "plot-1.png")));
    expect(svg).toContain(`viewBox="0 0 ${png.width / 2} ${png.height / 2}"`);
    // Something is drawn on the white ground.
    expect(png.data.filter((value, k) => k % 4 === 0 && value < 128).length).toBeGreaterThan(1000);
  });

  it("draw a line for each value of the series", async () => {
    const [lines] = await drawn({
      ...solved,
      plot: [{ x: "parameters.schedule.exponent", y: "loss", at: 1, series: "parameters.temperature" }],
    });
    expect(texts(lines!)).toEqual(
      expect.arrayContaining([
        "p-spin, solve: loss at t = 1",
        "schedule.exponent",
        "temperature 0",
        "temperature 0.5",
      ]),
    );
    // Two lines of three points each.
    expect(count(lines!, /<path[^>]* d="M[^LC"]+L[^LC"]+L[^LC"]+"/g)).toBe(2);
  });

  it("draw a map over two keys without a series, with what its colours mean", async () => {
    const [map, none] = await drawn({
      ...solved,
      base: { ...solved.base, report: { times: [0.5, 1] } },
      plot: [
        { x: "parameters.schedule.exponent", y: "loss" },
        // Rows of it come with pairs alone: none is asked for.
        { x: "parameters.schedule.exponent", y: "correlation" },
      ],
    });
    expect(count(map!, /<rect [^>]*fill="hsl\([^>]*>/g)).toBe(6);
    expect(texts(map!).filter((text) => text.startsWith("■"))).toHaveLength(7);
    expect(none).toBeUndefined();
    expect(notices).toEqual(["plot 2 is left out: no point has a number to draw for correlation"]);
  });

  it("draw phases as a map in their words, and the time along x", async () => {
    const base = {
      system: "spiked-matrix-tensor",
      parameters: { matrixNoise: 1, tensorNoise: 1, initialOverlap: 0.1 },
    };
    const [map] = await drawn({
      verb: "predict",
      base: { ...base, report: { quantities: ["phase"] } },
      vary: { "parameters.matrixNoise": [0.4, 2], "parameters.tensorNoise": [0.6, 4] },
      plot: [{ x: "parameters.matrixNoise", y: "phase", series: "parameters.tensorNoise" }],
    });
    expect(texts(map!).filter((text) => text.startsWith("■")).length).toBeGreaterThan(1);
    const [, times] = await drawn({
      ...solved,
      plot: [
        { x: "time", y: "loss", at: 0.5 },
        { x: "time", y: "loss" },
      ],
    });
    expect(texts(times!)).toContain("temperature 0.5, schedule.exponent 0.4");
  });

  it("show the value of the solver at their time, which every point reports", async () => {
    const folder = newFolder();
    const plot = [{ x: "parameters.temperature", y: "loss", at: 30 }];
    const convex = {
      system: "convex",
      parameters: { schedule: { kind: "power-law", rate: 0.5, exponent: 0.8 } },
      method: { until: 1000 },
    };
    for (const report of [{ times: [10, 100], quantities: ["loss"] }, { quantities: ["loss"] }]) {
      const plan = {
        verb: "solve",
        base: { ...convex, report },
        vary: { "parameters.temperature": [0.001, 1] },
        plot,
      };
      const points = await createPoints(parsePlan(plan));
      const { times } = points.configOf(0).report as { times: number[] };
      expect(times).toHaveLength("times" in report ? 3 : 61);
      expect(times).toContain(30);
      await drawn(plan, folder);
      const lines = readFileSync(join(folder, "table.csv"), "utf8").split("\n");
      expect(lines.filter((line) => line.startsWith("0.001,loss,30,"))).toHaveLength(1);
    }
    const late = {
      verb: "solve",
      base: convex,
      vary: { "parameters.temperature": [1] },
      plot: [{ ...plot[0], at: 5000 }],
    };
    await expect(createPoints(parsePlan(late))).rejects.toMatchObject({ parameter: "report.times" });
  });

  it("average seeds, with bars", async () => {
    const [dots] = await drawn({
      verb: "simulate",
      base: {
        ...solved.base,
        simulation: { size: 16, samples: 2, until: 0.5, step: 0.1 },
        report: { times: [0.5], quantities: ["loss"] },
      },
      vary: { "parameters.temperature": [0, 0.5] },
      seeds: 3,
      plot: [{ x: "parameters.temperature", y: "loss" }],
    });
    expect(texts(dots!)).toContain("temperature");
    expect(count(dots!, /<circle/g)).toBe(2);
  });
});
