import { beforeAll, describe, expect, it } from "vitest";
import type { FigureResult } from "../../../src/figures";
import { figures } from "../../../src/figures/teacher-student";
import { batch } from "../../../src/figures/teacher-student/batch";
import { crossing } from "../../../src/figures/teacher-student/setting";
import { switchTime } from "../../../src/figures/teacher-student/switch";
import { endsText, widths } from "../../../src/figures/teacher-student/widths";
import { simulateConfig, solveConfig } from "../../../src/systems/calls";
import { expectSound } from "../sound";
import { createTools } from "../tools";

const tools = createTools();

describe("figures of teacher and student", () => {
  const results: Record<string, FigureResult> = {};
  beforeAll(async () => {
    const all = [
      await switchTime.make(
        {
          rate: 0.5,
          until: 1000,
          curves: [40],
          scan: [10, 300, 6],
          size: 20,
          samples: 2,
          simulatedUntil: 10,
        },
        tools,
      ),
      await widths.make(
        {
          widths: [2, 3],
          solved: 2,
          rate: 0.5,
          until: 10,
          switches: [2],
          size: 20,
          examples: 100,
          samples: 2,
        },
        tools,
      ),
      await batch.make(
        { rate: 0.5, until: 40, size: 20, examples: 120, batches: [1, 10, 120], samples: 6 },
        tools,
      ),
    ];
    for (const result of all) results[result.id] = result;
  });

  it("are the figures of the atlas", () => {
    expect(figures.map(({ id }) => id)).toEqual(Object.keys(results));
  });

  it("give finite data, sound drawings, words, and configs that the command line accepts", () => {
    for (const result of Object.values(results)) expectSound(result);
  });

  it("switch: decay pays after the specialisation where there is label noise, and never where there is none", async () => {
    const { data, recipes, table } = results["teacher-student-switch"];
    const { scans } = data as {
      scans: {
        noise: number;
        specialisation: number;
        switches: number[];
        final: number[];
        level: number;
        crossing: number | null;
      }[];
    };
    const [quiet, noisy] = scans;
    expect(quiet.crossing).toBeNull();
    for (const final of quiet.final) expect(final).toBeGreaterThan(quiet.level);
    expect(noisy.crossing! / noisy.specialisation).toBeGreaterThan(0.6);
    expect(noisy.crossing! / noisy.specialisation).toBeLessThan(1.2);
    expect(noisy.final[0]).toBeGreaterThan(noisy.level);
    expect(noisy.final[5]).toBeLessThan(0.1 * noisy.level);
    // Recipes of the scan: the constant rate, then the switches in their order.
    const solution = await solveConfig(recipes[3].config, {});
    expect(solution.sample([1000]).series.generalisationError[0]).toBe(quiet.final[2]);
    expect(table!.rows[1][3]).toBeCloseTo(noisy.crossing!, 1);
  });

  it("widths: says how far the students end from their lines, by whether the rate decays", () => {
    const run = (at: number | null, training: number, generalisation: number, error = 0.1) => ({
      width: 2,
      at,
      finite: { training: [9, training], generalisation: [9, generalisation] },
      specialised: [3, null],
      theory: { error: [9, error] },
    });
    const alone = { ...run(5, 50, 50), theory: undefined };
    expect(endsText([run(null, 2.3, 3.5), run(1, 0.07, 0.11), run(2, 0.12, 0.15), alone], 8)).toBe(
      "At t = 8 the training error is 0.7 to 1.2 of the line and the generalisation error 1.1 to 1.5 where the rate decays; " +
        "without decay they are 23 and 35 at K = M = 2, where 1 of 2 samples have specialised.",
    );
  });

  it("widths: dots and lines are those of their configs, without lines beyond the width that is solved", async () => {
    const { data, recipes } = results["teacher-student-widths"];
    const { runs } = data as {
      runs: {
        width: number;
        at: number | null;
        finite: Record<string, number[]>;
        theory?: Record<string, number[]>;
      }[];
    };
    expect(runs.map(({ width, at }) => [width, at])).toEqual([
      [2, null],
      [2, 2],
      [3, null],
      [3, 2],
    ]);
    expect(runs.map(({ theory }) => theory !== undefined)).toEqual([true, true, false, false]);
    const simulated = await simulateConfig(recipes[2].config, {});
    expect(runs[1].finite.training).toEqual(Array.from(simulated.series.trainingError));
    const solved = await solveConfig(recipes[3].config, {});
    const { time, error } = runs[1].theory!;
    expect(solved.sample([time[30]]).series.generalisationError[0]).toBe(error[30]);
  });

  it("batch: the noise left over is the variance of the batch's mean, and falls as 1/B online", () => {
    const { excess, online } = results["teacher-student-batch"].data as {
      excess: { batch: number; share: number; mean: number; standardError: number }[];
      online: { batch: number; error: number }[];
    };
    const [one, ten] = excess;
    expect([one.share, ten.share]).toEqual([1, 110 / 1190]);
    for (const { mean, standardError } of excess) expect(mean).toBeGreaterThan(3 * standardError);
    // Proportional, but for what the noise of single examples adds to its own size: a third here.
    const ratio = one.mean / one.share / (ten.mean / ten.share);
    expect(ratio).toBeGreaterThan(0.8);
    expect(ratio).toBeLessThan(1.7);
    expect((online[1].error * 10) / (online[2].error * 120)).toBeCloseTo(1, 1);
  });

  it("a crossing lies where the curve first falls to the level", () => {
    expect(crossing([1, 10, 100], [100, 1, 0.01], 0.1)).toBeCloseTo(10 ** 1.5, 10);
    expect(crossing([1, 10], [2, 1], 0.5)).toBeNull();
    expect(crossing([1, 10], [0.4, 0.1], 0.5)).toBeNull();
  });
});
