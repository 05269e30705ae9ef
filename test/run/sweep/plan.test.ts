import { describe, expect, it, vi } from "vitest";
import { InvalidParameterError } from "../../../src/core/errors";
import { parsePlan } from "../../../src/run/sweep/plan";
import { createPoints } from "../../../src/run/sweep/points";
import { findSystem, systems } from "../../../src/systems/registry";

const base = {
  system: "p-spin",
  parameters: { p: 3, schedule: { kind: "power-law", rate: 1, exponent: 0 } },
  method: { until: 1, points: 20 },
};
const sweep = { verb: "solve", base, vary: { "parameters.temperature": [0, 0.5] } };
const pointsOf = (source: object) => createPoints(parsePlan(source));

const wrong = async (source: unknown) =>
  Promise.resolve()
    .then(() => createPoints(parsePlan(source)))
    .then(
      () => undefined,
      (error) => {
        expect(error).toBeInstanceOf(InvalidParameterError);
        return (error as InvalidParameterError).parameter;
      },
    );

describe("the points of a sweep", () => {
  it("are the product of lists and ranges, the last key fastest", async () => {
    const exponent = { from: 0, to: 0.9, points: 4 };
    const vary = { ...sweep.vary, "parameters.schedule.exponent": exponent };
    const points = await pointsOf({ ...sweep, vary });
    expect(points.keys).toEqual(Object.keys(vary));
    expect(Array.from({ length: 8 }, (_, k) => points.valuesOf(k))).toEqual([
      ...[0, 0.3, 0.6, 0.9].map((beta) => [0, beta]),
      ...[0, 0.3, 0.6, 0.9].map((beta) => [0.5, beta]),
    ]);
    expect(points.configOf(5)).toEqual({
      ...base,
      parameters: { p: 3, temperature: 0.5, schedule: { kind: "power-law", rate: 1, exponent: 0.3 } },
    });
    expect(new Set(points.hashes).size).toBe(8);
  });

  it("go through lists together where combine says zip", async () => {
    const vary = { "parameters.temperature": [0, 0.5], "method.until": [1, 2] };
    const points = await pointsOf({ ...sweep, vary, combine: "zip" });
    expect([0, 1].map(points.valuesOf)).toEqual([
      [0, 1],
      [0.5, 2],
    ]);
    expect(await wrong({ ...sweep, vary: { ...vary, "method.points": [20] }, combine: "zip" })).toBe(
      "vary.method.points",
    );
  });

  it("have equal factors on a logarithmic range, ends exact", async () => {
    const vary = { "method.until": { from: 0.1, to: 10, points: 5, scale: "log" } };
    const points = await pointsOf({ ...sweep, vary });
    const values = Array.from({ length: 5 }, (_, k) => points.valuesOf(k)[0] as number);
    expect([values[0], values[2], values[4]]).toEqual([0.1, 1, 10]);
    expect(values[1] / Math.sqrt(0.1)).toBeCloseTo(1, 12);
  });

  it("have seeds of their own, innermost, from the config's on", async () => {
    const simulation = { size: 20, samples: 2, until: 1, seed: 7 };
    const points = await pointsOf({ ...sweep, verb: "simulate", base: { ...base, simulation }, seeds: 3 });
    expect(points.keys).toEqual(["parameters.temperature", "seed"]);
    expect(Array.from({ length: 6 }, (_, k) => points.valuesOf(k)[1])).toEqual([7, 8, 9, 7, 8, 9]);
    expect(points.configOf(4)).toMatchObject({ parameters: { temperature: 0.5 }, simulation: { seed: 8 } });
    expect(await wrong({ ...sweep, seeds: 3 })).toBe("seeds");
  });

  it("are known by all that their numbers depend on and by nothing else", async () => {
    const hash = async (change: object, verb = "solve") =>
      (await pointsOf({ verb, base: { ...base, ...change } })).hashes[0];
    const here = await hash({});
    // Spelled out or not, and what the verb does not use: the same point.
    expect(await hash({ parameters: { ...base.parameters, temperature: 0 } })).toBe(here);
    expect(await hash({ simulation: { size: 50, samples: 2 } })).toBe(here);
    expect(await hash({ method: { until: 1, points: 21 } })).not.toBe(here);
    expect(await hash({ report: { times: [1] } })).not.toBe(here);
    expect(await hash({}, "predict")).not.toBe(here);
  });

  it("are known by the versions of what computes them, and not by that of the package", async () => {
    const simulation = { size: 20, samples: 2, until: 1 };
    const uniform = { ...base, method: { kind: "uniform", ...base.method } };
    const search = {
      parameters: { "schedule.exponent": [0, 0.9] },
      minimise: { quantity: "loss", time: 1 },
    };
    const { example } = findSystem("random-features");
    const sources = {
      solve: uniform,
      simulate: { ...uniform, simulation },
      predict: uniform,
      compare: { ...uniform, simulation },
      optimise: { ...uniform, optimise: search },
      own: { system: "random-features", ...example },
    };
    const hashes = async (make = createPoints) => {
      const found = Object.entries(sources).map(async ([name, source]) => {
        const plan = parsePlan({ verb: name === "own" ? "optimise" : name, base: source });
        return [name, (await make(plan)).hashes[0]];
      });
      return Object.fromEntries(await Promise.all(found));
    };
    const before = await hashes();
    const changedBy = async (versions: Readonly<Record<string, number>>, name: string) => {
      const record = versions as Record<string, number>;
      const old = record[name];
      record[name] = old + 1;
      const after = await hashes().finally(() => (record[name] = old));
      return Object.keys(sources).filter((verb) => after[verb] !== before[verb]);
    };
    const { versions } = findSystem("p-spin");
    expect(await changedBy(versions, "uniform")).toEqual(["solve", "compare", "optimise"]);
    expect(await changedBy(versions, "aging")).toEqual([]);
    expect(await changedBy(versions, "simulation")).toEqual(["simulate", "compare"]);
    expect(await changedBy(versions, "predictions")).toEqual(["predict"]);
    expect(await changedBy(findSystem("random-features").versions, "optimise")).toEqual(["own"]);
    vi.resetModules();
    vi.doMock("../../../package.json", () => ({ version: "99.0.0", default: { version: "99.0.0" } }));
    const [later, { version }] = await Promise.all([
      import("../../../src/run/sweep/points"),
      import("../../../src/run/manifest"),
    ]);
    expect(version).toBe("99.0.0");
    expect(await hashes(later.createPoints)).toEqual(before);
    vi.doUnmock("../../../package.json");
  });

  it.each(systems.map((system) => [system.name, system] as const))(
    "%s has a version of each part",
    (_, system) => {
      const parts = ["predictions", ...("absent" in system.simulation ? [] : ["simulation"])];
      const own = "optimise" in system ? ["optimise"] : [];
      expect(Object.keys(system.versions).sort()).toEqual(
        [...Object.keys(system.methods), ...parts, ...own].sort(),
      );
    },
  );

  it("name what is wrong of the first that is wrong", async () => {
    const cold = { ...sweep, vary: { "parameters.temperature": [0, -1] } };
    await expect(pointsOf(cold)).rejects.toThrow(
      "parameters.temperature is -1; allowed: a number of at least 0 (point 1: parameters.temperature -1)",
    );
  });
});

describe("a sweep that is wrong", () => {
  const schedules = [0.5, { kind: "constant", rate: 1 }];
  const inner = "vary.parameters.schedule.exponent";
  const finite = { verb: "simulate", base: { ...base, simulation: { samples: 2, until: 1 } }, seeds: 2 };
  it.each([
    [inner, { ...sweep, vary: { "parameters.schedule.exponent": [0, 1], "parameters.schedule": schedules } }],
    [inner, { ...sweep, vary: { "parameters.schedule": schedules, "parameters.schedule.exponent": [0, 1] } }],
    [
      "vary.parameters.temperature",
      { ...sweep, vary: { "parameters.temperature": [1], parameters: [{ p: 3 }] } },
    ],
    ["vary.simulation.seed", { ...finite, vary: { "simulation.seed": [5, 6] } }],
    ["vary.simulation", { ...finite, vary: { simulation: [{ samples: 2, until: 1, seed: 5 }] } }],
    ['plot[0].y "losss"', { ...sweep, plot: [{ x: "time", y: "losss" }] }],
    ['plot[0].y "loss"', { ...sweep, verb: "predict", plot: [{ x: "time", y: "loss" }] }],
    [
      'plot[0].y "multiplier"',
      {
        ...sweep,
        base: { ...base, report: { quantities: ["loss"] } },
        plot: [{ x: "time", y: "multiplier" }],
      },
    ],
    [
      "plot[0].x",
      {
        ...sweep,
        vary: { "parameters.schedule": schedules },
        plot: [{ x: "parameters.schedule", y: "loss" }],
      },
    ],
    ["vrby", { ...sweep, vrby: 1 }],
    ["verb", { ...sweep, verb: "solv" }],
    ["base", { ...sweep, base: [] }],
    ["vary", { ...sweep, vary: [1] }],
    ["vary.parameters.temperature", { ...sweep, vary: { "parameters.temperature": [] } }],
    ["vary.parameters.temperature", { ...sweep, vary: { "parameters.temperature": 1 } }],
    [
      "vary.parameters.temperature.to",
      { ...sweep, vary: { "parameters.temperature": { from: 0, points: 2 } } },
    ],
    [
      "vary.parameters.temperature.from",
      { ...sweep, vary: { "parameters.temperature": { from: 0, to: 1, points: 3, scale: "log" } } },
    ],
    [
      "vary.parameters.temperature.points",
      { ...sweep, vary: { "parameters.temperature": { from: 0, to: 1, points: 1 } } },
    ],
    [
      "vary",
      {
        ...sweep,
        vary: { "parameters.temperature": { from: 0, to: 1, points: 1e6 }, "method.until": [1, 2] },
      },
    ],
    ["seeds", { ...sweep, seeds: 0 }],
    ["timeLimit", { ...sweep, timeLimit: 0 }],
    ["combine", { ...sweep, combine: "sum" }],
    ["vary.paramters.p", { ...sweep, vary: { "paramters.p": [1] } }],
    ["vary.parameters..p", { ...sweep, vary: { "parameters..p": [1] } }],
    ["vary.parameters.p.q", { ...sweep, vary: { "parameters.p.q": [1] } }],
    ["parameters.temprature", { ...sweep, vary: { "parameters.temprature": [1] } }],
    ["plot[0].y", { ...sweep, plot: [{ x: "time" }] }],
    ['plot[0].x "temperature"', { ...sweep, plot: [{ x: "temperature", y: "loss" }] }],
  ])("%s", async (parameter, source) => {
    expect(await wrong(source)).toBe(parameter);
  });
});
