import { describe, expect, it } from "vitest";
import { runVerb } from "../../src/run/execute";
import { plotsOf } from "../../src/run/plots";
import { parseConfig, type Verb } from "../../src/systems/config/config";
import { reportOf } from "../../src/systems/config/report-of";
import type { Row } from "../../src/systems/rows/row";
import { all, parseSvg, textsOf } from "../figures/tools";

const landscape = {
  system: "p-spin",
  parameters: { p: 3 },
  method: { kind: "uniform", until: 2, points: 16 },
  simulation: { size: 10, samples: 3, step: 0.1, until: 2 },
  report: { times: [0.5, 2], quantities: ["loss", "multiplier"] },
};

/** The plots of a run, of whose rows some are changed and others come to them. */
async function drawn(
  verb: Verb,
  source: object,
  { change = (row) => row, more = [] }: { change?: (row: Row) => Row; more?: readonly object[] } = {},
) {
  const config = parseConfig(source, verb);
  const outcome = await runVerb(verb, config);
  const rows = [...(outcome.rows as readonly Row[]).map(change), ...(more as Row[])];
  return plotsOf(verb, config, reportOf(verb, config), { ...outcome, rows } as typeof outcome);
}

describe("what is drawn of the rows of a run", () => {
  it("is what was asked for alone", async () => {
    const { run } = await drawn("solve", landscape);
    expect(textsOf(parseSvg(run))).not.toEqual(expect.arrayContaining([expect.stringMatching(/excess/i)]));
  });

  it("is no median, no single sample and no pair of times beside a mean", async () => {
    const beside = [
      { quantity: "loss", time: 1, statistic: "median", value: 1000 },
      { quantity: "loss", time: 1, sample: 0, value: 1000 },
      { quantity: "loss", time: 1, timePrime: 0.5, value: 1000 },
    ];
    const [few, more] = await Promise.all([
      drawn("simulate", landscape),
      drawn("simulate", landscape, { more: beside }),
    ]);
    expect(more.run).toBe(few.run);
  });

  it("is no quantity without a number", async () => {
    const change = (row: Row) => (row.quantity === "loss" ? { ...row, value: "undefined" } : row);
    const { run } = await drawn("simulate", landscape, { change });
    expect(textsOf(parseSvg(run))).not.toContain("loss");
    expect(textsOf(parseSvg(run))).toContain("multiplier");
  });

  it("is a moment of an event, and of nothing else that has no time", async () => {
    const spiked = {
      ...landscape,
      system: "spiked-matrix-tensor",
      parameters: { matrixNoise: 0.5, tensorNoise: 1, initialOverlap: 0.2 },
    };
    const more = [
      { quantity: "crossingTime", value: 1.25 },
      { quantity: "loss", value: 1.5 },
    ];
    const { run } = await drawn("solve", spiked, { change: (row) => ({ ...row, value: 0.75 }), more });
    const texts = textsOf(parseSvg(run)).join(" ");
    expect(texts).toMatch(/ = 1\.25/);
    expect(texts).not.toMatch(/ = 1\.5\b/);
  });

  it("is the pairs that were asked for, where a theory knows these alone", async () => {
    const retrieval = {
      system: "phase-retrieval",
      parameters: { sampleRatio: 2, initialOverlap: 0.5, learningRate: 0.1 },
      method: { kind: "particles", until: 1, particles: 64, runs: 2 },
      report: {
        times: [1],
        pairs: [
          [1, 0.5],
          [1, 0.2],
        ],
        quantities: ["overlap", "noiseKernel"],
      },
    };
    const { delay } = await drawn("solve", retrieval);
    const svg = parseSvg(delay);
    expect(textsOf(svg)).toEqual(
      expect.arrayContaining(["t − t′", expect.stringMatching(/^noise ?kernel$/i)]),
    );
    expect(all(svg, 'g[aria-label="line"], circle').length).toBeGreaterThan(0);
  });
});
