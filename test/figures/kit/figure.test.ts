import { describe, expect, it } from "vitest";
import { InterruptedError } from "../../../src/core/errors";
import type { Progress } from "../../../src/core/options";
import type { Ensemble, Solution } from "../../../src/core/results";
import { linear } from "../../../src/figures/drawing/axis";
import { theory } from "../../../src/figures/drawing/marks";
import { figure } from "../../../src/figures/kit/figure";
import type { Solvers } from "../../../src/figures/kit/lab";
import { createDocument, parseSvg } from "../tools";

/** Systems whose every result is the width of the config, told in two steps. */
const solvers: Solvers = {
  search: async () => undefined,
  solve: async ({ width }, { onProgress }) => {
    for (const done of [1, 2]) onProgress?.({ label: "inside", done, total: 2 });
    return { time: Float64Array.of(width as number) } as Solution;
  },
  simulate: async ({ width }, { onProgress }) => {
    onProgress?.({ label: "inside", done: 1, total: 1 });
    return { time: Float64Array.of(width as number) } as Ensemble;
  },
  predict: async ({ width }) => ({ limit: 10 * (width as number) }),
  optimise: async () => {
    throw new Error("no system here has a search of its own");
  },
  sources: ({ width }) => [{ key: `paper ${(width as number) % 2}`, text: "A paper" }],
};

const question = figure({
  id: "widths",
  title: "Widths",
  paper: "A paper, figure 1",
  presets: { quick: { widths: [1, 2] }, standard: { widths: [1, 2, 3] }, paper: { widths: [1, 2, 3, 4] } },
  cost: { quick: 1, standard: 150, paper: 8000 },
  sizesText: ({ widths }) => `${widths.length} widths`,
  async compute(lab, { widths }) {
    const limit = (await lab.predict({ width: widths[0] }, "limit")).limit;
    const curves = await lab.parts(
      widths,
      async (width, inner) => {
        const { theory, ensemble } = await inner.both(`width ${width}`, { width });
        return { width, sum: theory.time[0] + ensemble.time[0] };
      },
      { cost: (width) => width },
    );
    return { limit, curves };
  },
  show({ curves, limit }, { widths }) {
    const [x, y] = [linear("width"), linear("sum")];
    const sums = curves.map(({ sum }) => sum);
    return {
      caption: `up to ${widths[widths.length - 1]}, limit ${limit}`,
      panels: {
        Sums: {
          description: "sums",
          drawings: [{ x, y, marks: [theory(widths, sums, { colour: "#111111" })] }],
        },
      },
      notes: ["a note"],
    };
  },
});

const tools = () => ({ solvers, options: {}, document: createDocument() });

describe("a figure", () => {
  it("is what was found, drawn and told, with its recipes, its sources and the cost of its presets", async () => {
    const result = await question.run("quick", tools());
    expect(result.data).toEqual({
      limit: 10,
      curves: [
        { width: 1, sum: 2 },
        { width: 2, sum: 4 },
      ],
    });
    expect(result.caption).toBe("up to 2, limit 10");
    expect(parseSvg(result.panels[0].svg).getAttribute("aria-label")).toBe("sums");
    expect(result.panels[0].name).toBe("Sums");
    expect(result.recipes).toEqual([
      { label: "limit", verb: "predict", config: { width: 1 } },
      { label: "width 1", verb: "compare", config: { width: 1 } },
      { label: "width 2", verb: "compare", config: { width: 2 } },
    ]);
    expect(result.citations.map(({ key }) => key)).toEqual(["paper 1", "paper 0"]);
    const costs =
      "quick: 2 widths (1 seconds); standard: 3 widths (2.5 minutes); paper: 4 widths (2.2 hours).";
    expect(result.notes).toEqual(["a note", `Presets, with the CPU time of one core: ${costs}`]);
  });

  it("can be made at sizes of one's own", async () => {
    expect((await question.make({ widths: [7] }, tools())).caption).toBe("up to 7, limit 70");
  });

  it("tells how far it is, by the cost of its parts, and never goes back", async () => {
    const seen: Progress[] = [];
    await question.run("standard", { ...tools(), options: { onProgress: (one) => seen.push(one) } });
    const parts = seen.filter(({ total }) => total === 6);
    // Theory and finite system are half a part each; a part of width w is w of 6.
    expect(parts.map(({ done }) => done)).toEqual([0, 0.25, 0.5, 1, 1, 1.5, 2, 3, 3, 3.75, 4.5, 6]);
    expect(parts[1].label).toBe("widths, width 1");
  });

  it("goes on after the parts that are kept, with all that was told of them", async () => {
    const kept = new Map<string, string>();
    let fails = true;
    const broken: Solvers = {
      ...solvers,
      solve: async (config, options) => {
        if (fails && config.width === 2) throw new InterruptedError();
        return solvers.solve(config, options);
      },
    };
    const computed: string[] = [];
    const remember = async <T>(inputs: unknown, work: () => Promise<T>): Promise<T> => {
      const key = JSON.stringify(inputs);
      if (!kept.has(key)) {
        computed.push(key);
        kept.set(key, JSON.stringify(await work()));
      }
      return JSON.parse(kept.get(key)!);
    };
    const campaign = { ...tools(), solvers: broken, remember };
    await expect(question.run("quick", campaign)).rejects.toBeInstanceOf(InterruptedError);
    fails = false;
    const resumed = await question.run("quick", campaign);
    expect(computed.length).toBe(3);
    expect(resumed).toEqual(await question.run("quick", tools()));
    // Other sizes are other parts.
    await question.run("standard", campaign);
    expect(computed.length).toBe(6);
  });

  it("stops between its parts when it is told to", async () => {
    const controller = new AbortController();
    const options = { signal: controller.signal, onProgress: () => controller.abort() };
    await expect(question.run("quick", { ...tools(), options })).rejects.toBeInstanceOf(InterruptedError);
  });
});
