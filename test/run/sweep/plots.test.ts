import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parsePlan } from "../../../src/run/sweep/plan";
import { runSweep } from "../../../src/run/sweep/run-sweep";
import { newFolder, thisThread } from "./this-thread";

async function drawn(source: object): Promise<(string | undefined)[]> {
  const folder = newFolder();
  await runSweep({ plan: parsePlan(source), folder, engine: thisThread });
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
      plot: [
        { x: "parameters.schedule.exponent", y: "loss" },
        { x: "parameters.schedule.exponent", y: "overlap" },
      ],
    });
    expect(count(map!, /<rect [^>]*fill="hsl\([^>]*>/g)).toBe(6);
    expect(texts(map!).filter((text) => text.startsWith("■"))).toHaveLength(7);
    expect(none).toBeUndefined();
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
        { x: "time", y: "none" },
        { x: "time", y: "loss" },
      ],
    });
    expect(texts(times!)).toContain("temperature 0.5, schedule.exponent 0.4");
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
