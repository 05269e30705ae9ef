import { existsSync, mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { InterruptedError } from "../../src/core/errors";
import type { Figure, FigureResult } from "../../src/figures";
import { type Atlas, planAtlas, runAtlas } from "../../src/run/atlas";

const newFolder = () => mkdtempSync(join(tmpdir(), "twotime-"));

/** An atlas of figures that draw one element each, or fail with the error given for them. */
function atlasOf(failures: Readonly<Record<string, Error | undefined>>): Atlas {
  return {
    figures: Object.entries(failures).map(([id, error], k) => {
      const words = { id, title: `Figure ${id}`, paper: "A paper" };
      const make: Figure["make"] = async (_, { document }) => {
        if (error) throw error;
        const panels = [{ name: "Loss, against t", svg: document.createElement("svg").outerHTML }];
        const rest = { caption: "", notes: [], recipes: [], citations: [] };
        return { ...words, ...rest, panels, data: { t: Float64Array.of(1) } };
      };
      const sizes = { quick: k, standard: k, paper: k };
      const cost = { quick: 1 + k, standard: 60, paper: 3600 };
      const redraw: Figure["redraw"] = () => ({ ...words, panels: [], caption: "", notes: [] });
      return { ...words, presets: sizes, cost, make, run: make, redraw };
    }),
    renderReport: (results, { preset }) => `${preset}: ${results.map(({ id }) => id).join(" ")}`,
  };
}

const request = (folder: string) => ({ preset: "quick" as const, folder, options: {} });
const read = (...path: string[]) => readFileSync(join(...path), "utf8");

describe("the atlas", () => {
  it("keeps drawings and data of every figure, and the page of all", async () => {
    const folder = newFolder();
    const lines: string[] = [];
    const onFigure = (line: string) => lines.push(line);
    const atlas = atlasOf({ one: undefined, two: undefined });
    const { status, report } = await runAtlas(atlas, { ...request(folder), onFigure });
    expect(status).toBe("done");
    expect(read(report)).toBe("quick: one two");
    expect(read(folder, "two", "loss-against-t.svg")).toMatch(/svg/);
    expect(JSON.parse(read(folder, "one", "data.json")).data).toEqual({ t: [1] });
    expect(lines.map((line) => line.split(" ")[0])).toEqual(["one", "two"]);
  });

  it("makes only the figures asked for, and knows their names", async () => {
    const folder = newFolder();
    const atlas = atlasOf({ one: undefined, two: undefined });
    await runAtlas(atlas, { ...request(folder), only: ["two"] });
    expect(read(folder, "index.html")).toBe("quick: two");
    const wrong = join(folder, "wrong");
    await expect(runAtlas(atlas, { ...request(wrong), only: ["tow"] })).rejects.toThrow(/did you mean "two"/);
    expect(existsSync(wrong)).toBe(false);
  });

  it("plans any preset of all figures, or of some", () => {
    const atlas = atlasOf({ one: undefined, two: undefined });
    const seconds = (request: Parameters<typeof planAtlas>[1]) =>
      planAtlas(atlas, request).map((one) => [one.id, one.seconds]);
    expect(seconds({ preset: "quick" })).toEqual([
      ["one", 1],
      ["two", 2],
    ]);
    expect(seconds({ preset: "paper", only: ["two"] })).toEqual([["two", 3600]]);
    expect(() => planAtlas(atlas, { preset: "quick", only: ["tow"] })).toThrow(/did you mean "two"/);
  });

  it("goes on where a campaign was stopped, with what the folder has of that preset", async () => {
    const folder = newFolder();
    const worked: string[] = [];
    let stopsAt: string | undefined = "second";
    const part = (name: string) => async () => {
      if (name === stopsAt) throw new InterruptedError();
      worked.push(name);
      return { name, curve: [1, 2] };
    };
    const figure = (id: string, parts: readonly string[]) => ({
      id,
      title: id,
      async run(
        _preset: string,
        { remember }: { remember: (inputs: unknown, work: () => unknown) => unknown },
      ) {
        const data = [];
        for (const name of parts) data.push(await remember({ name }, part(name)));
        return { id, panels: [{ name: "Loss", svg: `<svg>${id}</svg>` }], data };
      },
    });
    const atlas = {
      figures: [figure("one", ["zeroth"]), figure("two", ["first", "second"])],
      renderReport: (results: readonly FigureResult[]) => JSON.stringify(results),
    } as unknown as Atlas;
    const campaign = { folder, preset: "standard" as const, options: {} };
    const stopped = await runAtlas(atlas, campaign);
    expect(stopped).toMatchObject({ status: "interrupted", message: expect.stringContaining("--resume") });

    stopsAt = undefined;
    await runAtlas(atlas, { ...campaign, resume: true });
    expect(worked).toEqual(["zeroth", "first", "second"]);
    const [one, two] = JSON.parse(read(folder, "index.html"));
    expect(one).toMatchObject({ id: "one", panels: [{ name: "Loss", svg: "<svg>one</svg>" }] });
    expect(two.data.map(({ name }: { name: string }) => name)).toEqual(["first", "second"]);

    await runAtlas(atlas, { ...campaign, preset: "quick", resume: true });
    expect(worked.slice(3)).toEqual(["zeroth", "first", "second"]);
  });

  it("goes on after a figure that fails, and says which", async () => {
    const folder = newFolder();
    const atlas = atlasOf({ one: new Error("no convergence"), two: undefined });
    const outcome = await runAtlas(atlas, request(folder));
    expect(outcome).toMatchObject({ status: "failed", message: "one: no convergence" });
    expect(read(folder, "index.html")).toBe("quick: two");
  });

  it("leaves a page with what is finished after an interruption", async () => {
    const folder = newFolder();
    const atlas = atlasOf({ one: undefined, two: new InterruptedError(), three: undefined });
    const outcome = await runAtlas(atlas, request(folder));
    expect(outcome).toMatchObject({
      status: "interrupted",
      message: "interrupted after 1 of 3 figures; --resume goes on from there",
    });
    expect(read(folder, "index.html")).toBe("quick: one");
  });
});
