import { describe, expect, it } from "vitest";
import { cite } from "../../src/cli/cite";
import { citation } from "../../src/systems/citation";
import { levelsOf, withSharedLabels } from "../../web/chart/levels";
import type { Shown } from "../../web/chart/marks";
import { openingView, viewOf } from "../../web/chart/view";
import { predictedSlopes } from "../../web/chart/violation";
import { csvOf } from "../../web/export/rows";
import { scriptOf } from "../../web/export/script";
import { nextPlace, PLACES, rangeOf } from "../../web/form/range";
import { fromHash, MOST_SETTINGS, toHash } from "../../web/state/page-state";
import { withAt } from "../../web/state/paths";

const setting = { system: "p-spin", parameters: { p: 3 }, method: { until: 10 }, simulation: {} };
const openings = new Map([
  ["p-spin", setting],
  ["convex", { ...setting, system: "convex" }],
]);
const shown = (part: Partial<Shown>): Shown => ({ setting, label: "", colour: "red", ...part });
const colours = { part: "", shown: shown({}), colour: "red" };

describe("a link of somebody else", () => {
  const opened = (state: object) =>
    fromHash(toHash({ setting, pinned: [], simulate: false, view: openingView, ...state }), openings)!;

  it("compares settings of one system alone, and no more than have colours", () => {
    const other = { ...setting, system: "convex" };
    expect(opened({ pinned: [other, setting] }).pinned).toEqual([setting]);
    expect(opened({ pinned: Array(9).fill(setting) }).pinned).toHaveLength(MOST_SETTINGS - 1);
  });

  it("with a system that is not there is none, and what is no yes is no", () => {
    expect(opened({ pinned: [{ ...setting, system: "none" }] })).toBeUndefined();
    expect(opened({ simulate: "maybe" }).simulate).toBe(false);
  });
});

describe("levels", () => {
  const infos = [
    { name: "a", symbol: "A", meaning: "", levelOf: "loss" },
    { name: "b", meaning: "", levelOf: "loss" },
    { name: "c", meaning: "", levelOf: "overlap" },
  ];

  it("are predictions of that quantity which are numbers", () => {
    const levels = (predictions: object) => levelsOf("loss", infos, predictions as never);
    expect(levels({ a: -1, b: -2, c: -3 })).toEqual([
      { value: -1, label: "A" },
      { value: -2, label: "b" },
    ]);
    expect(levels({ a: "undefined", b: Infinity })).toEqual([]);
    expect(levelsOf("loss", infos, undefined)).toEqual([]);
  });

  it("of one name are named once", () => {
    const levels = ["A", "A", "B"].map((label, k) => ({ value: k / 100, label }));
    expect(withSharedLabels(levels, (value) => value, 0.05).map(({ label }) => label)).toEqual([
      "",
      "",
      "A, B",
    ]);
  });
});

describe("the integrated response against C", () => {
  const against = { ...openingView, against: "correlation" } as const;
  const curve = { ...colours, kind: "theory", x: [0.2, 1], y: [1, 0] } as const;
  const slopes = (parameters: object, predictions: object) =>
    predictedSlopes(
      shown({ setting: { ...setting, parameters: { ...parameters } }, theory: { predictions } as never }),
      [curve],
    );
  /** The ends of each line, to six digits. */
  const ends = ({ marks }: ReturnType<typeof slopes>) =>
    marks.map(({ x, y }) =>
      [...Array.from(x), ...Array.from(y)].map((value) => Number(value.toPrecision(6))),
    );
  const aging = { plateau: 0.8, fdtViolation: 0.25 };

  it("is for that quantity alone, on linear axes", () => {
    expect(viewOf(against, "integratedResponse")).toEqual({ ...against, x: "linear", y: "linear" });
    expect(viewOf(against, "response")).toEqual(openingView);
    expect(viewOf(openingView, "integratedResponse")).toBe(openingView);
  });

  it("has slope −1/T down to the plateau, and −x/T below it", () => {
    const found = slopes({ temperature: 0.5 }, aging);
    // χ = (1 − q)/T = 0.4 at the plateau, and 0.4 + x (0.8 − 0.2)/T = 0.7 at the lowest C.
    expect(ends(found)).toEqual([
      [0.8, 1, 0.4, 0],
      [0.8, 0.2, 0.4, 0.7],
    ]);
    expect(found.plateau).toBe(0.8);
    expect(found.marks.map(({ label }) => label)).toEqual(["slope −1/T", "x = 0.25"]);
  });

  it("has slope −1/T all along in equilibrium", () => {
    for (const predictions of [
      {},
      { plateau: "undefined", fdtViolation: 1 },
      { plateau: 0.8, fdtViolation: 1 },
    ])
      expect(ends(slopes({ temperature: 0.5 }, predictions))).toEqual([[0.2, 1, 1.6, 0]]);
  });

  it("is not predicted at T = 0, nor where the rate is not 1", () => {
    const schedules = [0.5, { kind: "constant", rate: 2 }, { kind: "power-law", rate: 1, exponent: 0.4 }];
    for (const schedule of schedules) expect(slopes({ temperature: 0.5, schedule }, aging).marks).toEqual([]);
    expect(slopes({ temperature: 0 }, aging).marks).toEqual([]);
    expect(slopes({ temperature: 0.5, schedule: { kind: "constant", rate: 1 } }, aging).marks).toHaveLength(
      2,
    );
  });
});

describe("exports", () => {
  it("leave a cell empty where there is no number, and quote what has commas", () => {
    const theory = {
      reported: { time: Float64Array.of(1, 2), series: { "overlap[0]": Float64Array.of(Number.NaN, 0.5) } },
      predictions: { phase: 'easy, or "hard"' },
    };
    expect(
      csvOf([shown({ theory: theory as never })])
        .split("\n")
        .slice(1),
    ).toEqual([
      "1,theory,overlap,1,,0,,,,",
      "1,theory,overlap,2,,0,,0.5,,",
      '1,prediction,phase,,,,,"easy, or ""hard""",,',
      "",
    ]);
  });

  it("tell a method the pairs that has to know them", () => {
    const facts = {
      quantity: "response",
      until: 1,
      simulatedUntil: 1,
      stepped: false,
      simulates: false,
    } as const;
    const script = (takesPairs: boolean) => scriptOf(setting, { ...facts, takesPairs, pairs: [[1, 0.5]] });
    expect(script(true)).toContain("solve(problem, { until: 10, pairs: pairs })");
    expect(script(false)).toContain("solve(problem, { until: 10 })");
    expect(script(false)).not.toContain("simulate");
  });
});

describe("fields", () => {
  it("a value that is taken away leaves no key", () => {
    expect(withAt(setting, ["parameters", "p"], undefined)).toStrictEqual({ ...setting, parameters: {} });
  });

  it("an arrow key leads to the next value, and at the end nowhere", () => {
    const range = rangeOf({ type: "integer", minimum: 1 }, 3);
    const at = (value: number) => range.placeOf(value);
    expect(range.valueAt(nextPlace(range, at(3), 1)!)).toBe(4);
    expect(range.valueAt(nextPlace(range, at(3), -1)!)).toBe(2);
    expect(nextPlace(range, 0, -1)).toBeUndefined();
    expect(nextPlace(range, PLACES, 1)).toBeUndefined();
  });
});

it("cite prints text, BibTeX or JSON", () => {
  const { text, bibtex, sources } = citation("convex");
  expect(cite("convex", "text")).toBe(text);
  expect(cite("convex", "bibtex")).toBe(bibtex);
  expect(JSON.parse(cite("convex", "json"))).toEqual(JSON.parse(JSON.stringify({ sources })));
  expect(() => cite("convexe", "text")).toThrow(/convex/);
});
