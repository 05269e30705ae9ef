import { beforeAll, describe, expect, it } from "vitest";
import type { FigureResult } from "../../../src/figures";
import { figures } from "../../../src/figures/phase-retrieval";
import { algorithms } from "../../../src/figures/phase-retrieval/algorithms";
import { noise } from "../../../src/figures/phase-retrieval/noise";
import { settingCost } from "../../../src/figures/phase-retrieval/phase-figure";
import {
  limitText,
  type PhaseRuns,
  phaseConfig,
  recoveredAlone,
  recoveredShare,
  sharedDifference,
} from "../../../src/figures/phase-retrieval/runs";
import { trapping } from "../../../src/figures/phase-retrieval/trapping";
import { simulateConfig } from "../../../src/systems/calls";
import { expectSound } from "../sound";
import { createTools, parseSvg, textsOf } from "../tools";

const runsOf = ({ data }: { data: object }) => (data as { runs: PhaseRuns[] }).runs;
const last = (values: readonly number[]) => values[values.length - 1];

describe("plans of the figures of phase retrieval", () => {
  const setting = { name: "", size: 100, samples: 5, until: 10 };
  const parameters = { sampleRatio: 3, learningRate: 0.01 };

  it("cost by runs, steps and numbers of the data: 1.1 ms for a step at N = 1000, M = 3000", () => {
    const cost = settingCost({ ...setting, parameters });
    expect(settingCost({ ...setting, samples: 15, until: 20, parameters }) / cost).toBeCloseTo(6, 10);
    expect(settingCost({ ...setting, size: 200, parameters }) / cost).toBeCloseTo(4, 10);
    expect(settingCost({ ...setting, size: 1000, samples: 1, parameters })).toBeCloseTo(1.11, 2);
  });

  it("are known before a run: two days of a core for figure 2, over a hundred for figure B.3", () => {
    const cost = (id: string) => figures.find((figure) => figure.id === id)!.cost.paper / 3600;
    expect(cost("phase-algorithms")).toBeCloseTo(46.88, 1);
    expect(cost("phase-step") / 24).toBeCloseTo(126.4, 1);
  });

  it("tell how far the whole figure is while they run", async () => {
    const seen: { label: string; done: number; total: number }[] = [];
    const sizes = { size: 20, samples: 3, until: 1, learningRate: 0.02, limit: { particles: 128, runs: 2 } };
    await algorithms.make(sizes, createTools({ onProgress: (progress) => seen.push(progress) }));
    expect(seen.length).toBeGreaterThan(2);
    expect(seen.some(({ label }) => label === "phase-algorithms, p-SGD")).toBe(true);
    seen.forEach(({ done, total }, k) => {
      expect(done).toBeGreaterThanOrEqual(k === 0 ? 0 : seen[k - 1].done);
      expect(done).toBeLessThanOrEqual(total * (1 + 1e-12));
    });
    expect(seen[seen.length - 1].done).toBeCloseTo(seen[0].total, 12);
  });
});

describe("traps in one landscape", () => {
  it("hold fewer of the runs that start better, and none that start at 0.9", async () => {
    const sizes = { overlaps: [0.3, 0.6, 0.9], size: 100, samples: 16, until: 15, learningRate: 0.02 };
    const result = await trapping.make(sizes, createTools());
    expectSound(result);
    const found = runsOf(result).map(({ overlaps }) => overlaps.filter((run) => last(run) > 0.99).length);
    expect(found[0]).toBeLessThan(found[2]);
    expect(found[1]).toBeGreaterThanOrEqual(found[0]);
    expect(found[2]).toBe(16);
    expect(result.table!.rows.map(([, ratio]) => ratio)).toEqual(found.map((count) => `${count} of 16`));
  });
});

describe("three algorithms", () => {
  const limit = { particles: 1024, runs: 2 };
  const sizes = { size: 60, samples: 20, until: 100, learningRate: 0.02, limit };
  let result: FigureResult;
  beforeAll(async () => {
    result = await algorithms.make(sizes, createTools());
  });

  it("are sound, and named at their curves", () => {
    expectSound(result);
    expect(result.paper).toContain("figures 2 and 3");
    const texts = textsOf(parseSvg(result.panels[0].svg));
    expect(texts).toEqual(expect.arrayContaining(["GD", "SGD", "p-SGD", "Mean overlap", "Median loss"]));
    const [costs] = result.notes.slice(-1);
    expect(costs).toMatch(
      /paper: 3 settings at N = 1000 with 500 runs each, up to 10⁵ steps a run.*47 hours/,
    );
  });

  it("have data and starts in common: at the first step overlaps differ by that step alone", () => {
    const [descent, sgd, persistent] = runsOf(result);
    descent.overlaps.forEach((run, k) => {
      for (const other of [sgd, persistent])
        expect(Math.abs(other.overlaps[k][0] - run[0])).toBeLessThan(0.15);
    });
    const spread = descent.overlaps.map(([m]) => m);
    expect(Math.max(...spread) - Math.min(...spread)).toBeGreaterThan(0.3);
  });

  it("persistent SGD recovers the signal on more data sets than gradient descent", () => {
    const [descent, , persistent] = runsOf(result);
    const [more, fewer] = recoveredAlone(persistent, descent);
    expect(more).toBeGreaterThan(fewer);
    const gain = recoveredShare(persistent).share - recoveredShare(descent).share;
    expect(gain).toBeCloseTo((more - fewer) / sizes.samples, 12);
  });

  it("tell what becomes of them in the limit, where gradient descent stays on its plateau", () => {
    const [descent] = runsOf(result).map(({ limit }) => limit!.losses.map(last));
    expect(descent.length).toBe(2);
    for (const loss of descent) expect(loss).toBeGreaterThan(0.03);
    expect(result.table!.rows[0].at(-1)).toMatch(/^m = 0\.[4-7]\d ± 0\.\d\d$/);
    const [persistent] = runsOf(result).slice(2);
    const found = {
      ...persistent,
      limit: {
        ...persistent.limit!,
        losses: [
          [1, 1e-8],
          [1, 0.1],
        ],
      },
    };
    expect(limitText(found)).toBe("1 of 2 runs recover");
    const { parameters, method } = result.recipes.find(({ label }) => label === "SGD, N → ∞")!.config as {
      parameters: { batchFraction: number };
      method: { particles: number };
    };
    expect(parameters.batchFraction).toBeCloseTo(1 / 3, 14);
    expect(method.particles).toBe(limit.particles);
  });

  it("are what their configs say", async () => {
    const setting = {
      name: "GD",
      parameters: { sampleRatio: 3, initialOverlap: 0.2, learningRate: 0.02, algorithm: "gradient-descent" },
    };
    const config = phaseConfig({ ...setting, ...sizes }, "phase-algorithms");
    expect(phaseConfig({ ...setting, ...sizes, batchSampling: "with-replacement" }, "")).toMatchObject({
      simulation: { batchSampling: "with-replacement" },
    });
    expect(result.recipes[0].config).toEqual(config);
    const { series, standardError } = await simulateConfig(config, {});
    const [{ overlap }] = runsOf(result);
    overlap.mean.forEach((value, k) => {
      expect(value).toBeCloseTo(series.overlap[k], 12);
      expect(overlap.standardError[k]).toBeCloseTo(standardError.overlap[k], 12);
    });
  });
});

describe("shares of settings with data sets in common", () => {
  const runs = (...recoveryTimes: (number | null)[]) => ({ recoveryTimes, samples: recoveryTimes.length });

  it("differ by the data sets on which only one recovers, with the error of these alone", () => {
    const one = runs(1, 2, 3, 4, null, null, null, null);
    const other = runs(1, null, null, null, 5, null, null, null);
    const { difference, error } = sharedDifference(one, other);
    expect(difference).toBeCloseTo(2 / 8, 14);
    expect(error).toBeCloseTo(Math.sqrt((4 / 8 - (2 / 8) ** 2) / 8), 14);
    expect(sharedDifference(one, one)).toEqual({ difference: 0, error: 1 / 8 });
  });
});

describe("three kinds of noise", () => {
  const sizes = {
    batches: [[0.3, 0.015]] as const,
    persistences: [0.05, 1, 5],
    vanilla: true,
    temperatures: [1, 10],
    learningRate: 0.02,
    size: 50,
    samples: 16,
    until: 40,
    coldFrom: 25,
  };
  let result: FigureResult;
  beforeAll(async () => {
    result = await noise.make(sizes, createTools());
  });
  const named = (name: string) => runsOf(result).find((runs) => runs.name === name)!;

  it("are sound, and have gradient descent as an end of two families", () => {
    expectSound(result);
    const names = ["GD", "ℓ = 0.3", "SGD", "τ = 0.05", "τ = 1", "τ = 5", "T = 1", "T = 10"];
    expect(runsOf(result).map(({ name }) => name)).toEqual(names);
    const texts = textsOf(parseSvg(result.panels[0].svg));
    expect(texts).toEqual(expect.arrayContaining(["ℓ = 0.3", "ℓ = 0.5", "ℓ = 1", "T = 0", "SGD"]));
    expect(result.panels.map(({ name }) => name)[2]).toBe("Single runs by persistence");
  });

  it("nothing recovers while it is warm, and long persistence delays recovery", () => {
    for (const t of named("T = 1").recoveryTimes) expect(t ?? Infinity).toBeGreaterThan(sizes.coldFrom);
    const first = (name: string) => Math.min(...named(name).recoveryTimes.map((t) => t ?? Infinity));
    expect(first("τ = 5")).toBeGreaterThan(first("τ = 1"));
    expect(first("τ = 1")).toBeGreaterThan(first("τ = 0.05"));
  });
});
