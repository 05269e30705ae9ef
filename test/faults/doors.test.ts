import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { allowMemory } from "../../src/core/budget";
import { useMachineMemory } from "../../src/run/machine";
import type { Verb } from "../../src/systems/config/config";
import { runCase } from "./run-case";

const retrieval = { sampleRatio: 2, learningRate: 0.02 };
const pSpin = { system: "p-spin", parameters: { p: 3 } };
const network = { width: 1, learningRate: 0.05, dimension: 1000 };
const small = { size: 20, samples: 2, until: 1 };

interface Refused {
  readonly id: string;
  readonly verb: Verb;
  readonly config: object;
  /** The parameter that the message names. */
  readonly names: string;
}

/** What took all memory, all time, or was ignored: now refused before anything is computed. */
const refused: readonly Refused[] = [
  {
    id: "memory-until",
    verb: "solve",
    config: {
      system: "phase-retrieval",
      parameters: retrieval,
      method: { kind: "damped", until: 1000, trajectories: 64, iterations: 4, runs: 2 },
    },
    names: "method.until",
  },
  {
    id: "memory of the march",
    verb: "solve",
    config: {
      system: "phase-retrieval",
      parameters: retrieval,
      method: { kind: "causal", until: 20, trajectories: 1_000_000 },
    },
    names: "method.trajectories",
  },
  {
    id: "runs of the iteration",
    verb: "solve",
    config: {
      system: "phase-retrieval",
      parameters: retrieval,
      method: { kind: "damped", until: 1, runs: 1_000_000_000 },
    },
    names: "method.runs",
  },
  {
    id: "memory-size",
    verb: "simulate",
    config: {
      system: "phase-retrieval",
      parameters: { sampleRatio: 2 },
      simulation: { size: 1_000_000_000 },
    },
    names: "simulation.size",
  },
  {
    id: "memory-size, 1e5",
    verb: "simulate",
    config: { system: "phase-retrieval", parameters: { sampleRatio: 2 }, simulation: { size: 100_000 } },
    names: "simulation.size",
  },
  {
    id: "memory-replicas",
    verb: "simulate",
    config: { ...pSpin, simulation: { ...small, replicas: 1_000_000_000 } },
    names: "simulation.replicas",
  },
  {
    id: "samples",
    verb: "simulate",
    config: { ...pSpin, simulation: { ...small, samples: 1_000_000_000 } },
    names: "simulation.samples",
  },
  {
    id: "10⁶ report times",
    verb: "simulate",
    config: {
      ...pSpin,
      simulation: small,
      report: { times: Array.from({ length: 1_000_000 }, (_, k) => k / 1e6) },
    },
    names: "report.times",
  },
  {
    id: "ratios of many times",
    verb: "simulate",
    config: {
      ...pSpin,
      simulation: small,
      report: {
        times: Array.from({ length: 1000 }, (_, k) => k / 1e3),
        ratios: Array.from({ length: 101 }, (_, k) => k / 100),
      },
    },
    names: "report.ratios",
  },
  {
    id: "paths of the network",
    verb: "solve",
    config: {
      system: "quadratic-network",
      parameters: network,
      method: { kind: "sde", samples: 1_000_000_000_000 },
    },
    names: "method.samples",
  },
  {
    id: "starts of the network",
    verb: "solve",
    config: { system: "quadratic-network", parameters: network, method: { samples: 1_000_000_000 } },
    names: "method.samples",
  },
  {
    id: "samples of the network",
    verb: "simulate",
    config: { system: "quadratic-network", parameters: network, simulation: { samples: 1_000_000_000 } },
    names: "simulation.samples",
  },
  {
    id: "end of the network",
    verb: "simulate",
    config: { system: "quadratic-network", parameters: network, simulation: { until: 1e20 } },
    names: "simulation.until",
  },
  {
    id: "dimension of the student",
    verb: "simulate",
    config: {
      system: "teacher-student",
      parameters: { schedule: 0.5 },
      simulation: { dimension: 1_000_000_000, until: 1e-3 },
    },
    names: "simulation.dimension",
  },
  {
    id: "samples of the student",
    verb: "simulate",
    config: {
      system: "teacher-student",
      parameters: { schedule: 0.5 },
      simulation: { samples: 1_000_000_000 },
    },
    names: "simulation.samples",
  },
  ...(
    [
      ["random-features", { targetExponent: 1.5, spectrumExponent: 1.25, schedule: 0.1, horizon: 10 }],
      ["spherical-sk", {}],
      ["label-noise-momentum", { model: "uv", learningRate: 0.01, momentum: 0.9 }],
      ["convex", { schedule: 1 }],
    ] as const
  ).map(
    ([system, parameters]): Refused => ({
      id: `samples of ${system}`,
      verb: "simulate",
      config: { system, parameters, simulation: { samples: 1_000_000_000, until: 10 } },
      names: "simulation.samples",
    }),
  ),
  {
    id: "paths in a convex basin",
    verb: "solve",
    config: {
      system: "convex",
      parameters: { schedule: 1 },
      method: { kind: "sde", samples: 1e15, until: 10 },
      report: { times: [10] },
    },
    names: "method.samples",
  },
  {
    id: "steps in a convex basin",
    verb: "solve",
    config: {
      system: "convex",
      parameters: { schedule: 1 },
      method: { kind: "sde", samples: 1, step: 1e-12, until: 10 },
      report: { times: [10] },
    },
    names: "method.step",
  },
  {
    id: "size of the spherical SK model",
    verb: "simulate",
    config: { system: "spherical-sk", parameters: {}, simulation: { size: 1e10, until: 1 } },
    names: "simulation.size",
  },
  {
    id: "examples of random features",
    verb: "simulate",
    config: {
      system: "random-features",
      parameters: {
        targetExponent: 1.5,
        spectrumExponent: 1.25,
        schedule: 0.1,
        horizon: 1e7,
        features: 1e5,
        batchSize: 900,
      },
      simulation: { samples: 1 },
    },
    names: "parameters.horizon",
  },
  {
    id: "steps of descent with momentum",
    verb: "simulate",
    config: {
      system: "label-noise-momentum",
      parameters: { model: "uv", learningRate: 0.01, momentum: 0.9 },
      simulation: { samples: 1, until: 1e15 },
    },
    names: "simulation.until",
  },
  {
    id: "paths on the manifold",
    verb: "solve",
    config: {
      system: "label-noise-momentum",
      parameters: { model: "uv", learningRate: 0.01, momentum: 0.9 },
      method: { kind: "diffusion", samples: 1e12, step: 10, until: 1000 },
    },
    names: "method.samples",
  },
  ...(["gaussian", "mean-field"] as const).map(
    (closure): Refused => ({
      id: `end of the ${closure} closure`,
      verb: "solve",
      config: {
        system: "label-noise-momentum",
        parameters: { model: "uv", learningRate: 0.01, momentum: 0.9 },
        method: { kind: "moment-closure", closure, until: 1e15 },
      },
      names: "method.until",
    }),
  ),
  {
    id: "horizon-overflow",
    verb: "solve",
    config: { ...pSpin, method: { until: 1e308 } },
    names: "method.until",
  },
  {
    id: "coupling-overflow",
    verb: "predict",
    config: { system: "p-spin", parameters: { couplings: [{ p: 3, variance: 1e308 }] } },
    names: "parameters.couplings[0].variance",
  },
  {
    id: "pair-order",
    verb: "solve",
    config: { ...pSpin, method: { until: 2 }, report: { pairs: [[0.5, 1]] } },
    names: "report.pairs[0]",
  },
  {
    id: "pair-order, simulated",
    verb: "simulate",
    config: { ...pSpin, simulation: { ...small, until: 2 }, report: { pairs: [[0.5, 1]] } },
    names: "report.pairs[0]",
  },
  {
    id: "keys-that-do-nothing",
    verb: "solve",
    config: {
      system: "quadratic-network",
      parameters: { width: 1, learningRate: 0.05, dimension: 1000 },
      method: { until: 2 },
      report: { pairs: [[1, 0.5]] },
    },
    names: "report.pairs",
  },
  {
    id: "no quantity",
    verb: "solve",
    config: { ...pSpin, method: { until: 2 }, report: { quantities: [] } },
    names: "report.quantities",
  },
  {
    id: "a quantity of two times without pairs",
    verb: "solve",
    config: { ...pSpin, method: { until: 2 }, report: { quantities: ["loss", "correlation"] } },
    names: "report.quantities[1]",
  },
  {
    id: "a temperature to turn off where there is none",
    verb: "predict",
    config: {
      system: "phase-retrieval",
      parameters: { ...retrieval, algorithm: "langevin", temperatureOffAt: 1 },
    },
    names: "parameters.temperatureOffAt",
  },
  {
    id: "mean-field-limit-blind-to-ridge",
    verb: "solve",
    config: {
      system: "phase-retrieval",
      parameters: { sampleRatio: 2, initialOverlap: 0.5, learningRate: 0.02, constraint: { ridge: 90 } },
      method: { kind: "damped", until: 0.4, runs: 2, iterations: 12, trajectories: 256, hold: 3, seed: 1 },
      report: { times: [0.2, 0.4], quantities: ["trainingLoss", "norm"] },
    },
    names: "parameters.learningRate",
  },
  {
    id: "unphysical-sde",
    verb: "solve",
    config: {
      system: "quadratic-network",
      parameters: { width: 1, learningRate: 0.1, dimension: 1000, initial: { overlap: [-0.5] } },
      method: { kind: "sde", until: 1, samples: 4, step: 1 },
      report: { times: [1], quantities: ["risk", "maxOverlap"] },
    },
    names: "method.step",
  },
  {
    id: "seed-beyond-double",
    verb: "simulate",
    config: JSON.parse(
      `{ "system": "p-spin", "parameters": { "p": 3 }, "simulation": { "size": 10, "samples": 2, "seed": 9007199254740993 } }`,
    ),
    names: "simulation.seed",
  },
];

describe("a config that asks for too much, or for nothing", () => {
  // Of a machine that is known: tests do not depend on where they run.
  let before = 0;
  beforeAll(() => {
    useMachineMemory();
    before = allowMemory(8e9);
  });
  afterAll(() => void allowMemory(before));

  it.each(refused)("$id", async ({ verb, config, names }) => {
    const { exit, message, parameter } = await runCase(verb, config);
    expect(parameter).toBe(names);
    expect(exit).toBe(2);
    expect(message).toMatch(/^[^\n]{1,600}$/);
    expect(message).toContain(names);
  });
});

describe("the other side of these doors", () => {
  it.each([
    [
      "pairs in order",
      "solve",
      { ...pSpin, method: { until: 2, points: 20 }, report: { pairs: [[1, 0.5]] } },
    ],
    [
      "a temperature to turn off",
      "predict",
      {
        system: "phase-retrieval",
        parameters: { ...retrieval, algorithm: "langevin", temperature: 0.1, temperatureOffAt: 1 },
      },
    ],
    [
      "the largest seed",
      "simulate",
      { ...pSpin, simulation: { size: 8, samples: 2, until: 0.1, seed: Number.MAX_SAFE_INTEGER } },
    ],
    [
      "a coupling that is large",
      "predict",
      { system: "p-spin", parameters: { couplings: [{ p: 3, variance: 1e50 }] } },
    ],
    [
      "many samples",
      "simulate",
      { ...pSpin, simulation: { size: 5, samples: 2000, until: 0.02 }, report: { times: [0.02] } },
    ],
    [
      "a small ridge",
      "solve",
      {
        system: "phase-retrieval",
        parameters: { ...retrieval, constraint: { ridge: 1 } },
        method: { kind: "causal", until: 0.1, trajectories: 256 },
      },
    ],
  ] as const)("%s", async (_, verb, config) => {
    expect(await runCase(verb, config)).toMatchObject({ exit: 0, message: "" });
  });

  it("is a step of the network far below its times, with the risk and overlap of the dynamics", async () => {
    const { exit, rows, notes } = await runCase("solve", {
      system: "quadratic-network",
      parameters: { width: 1, learningRate: 0.1, dimension: 1000, initial: { overlap: [-0.5] } },
      method: { kind: "sde", until: 1, samples: 4, step: 0.002, seed: 1 },
      report: { times: [1], quantities: ["risk", "maxOverlap"] },
    });
    expect(exit).toBe(0);
    expect(notes.join()).toMatch(/no numerical error is known/);
    const of = (name: string) => rows.find(({ quantity }) => quantity === name)!;
    expect(Math.abs((of("risk").value as number) - 0.188)).toBeLessThan(0.016);
    expect(Math.abs((of("maxOverlap").value as number) - 0.952)).toBeLessThan(0.004);
  });
});

describe("what takes more than ten minutes is told before it begins", () => {
  const features = {
    targetExponent: 1.5,
    spectrumExponent: 1.25,
    schedule: 0.1,
    features: 5e5,
    horizon: 5e5,
  };
  it.each([
    ["teacher-student", { schedule: 0.5, studentWidth: 40, teacherWidth: 40 }, {}],
    ["random-features", features, { exactModes: 5e5 }],
    [
      "random-features",
      { ...features, momentum: { kind: "heavy-ball", momentum: 0.5 } },
      { exactModes: 5e5 },
    ],
    [
      "label-noise-momentum",
      { model: "uv", learningRate: 0.01, momentum: 0.9 },
      { kind: "moment-closure", until: 1e10 },
    ],
  ] as const)("%s %o %o", async (system, parameters, method) => {
    const notices: string[] = [];
    const options = { signal: AbortSignal.abort(), onNotice: (notice: string) => notices.push(notice) };
    await runCase("solve", { system, parameters, method }, options).catch(() => {});
    expect(notices.join()).toMatch(/^this will take about [\d.]+ (minutes|hours|days)/);
  });
});

describe("a learning rate that cannot hold the signal", () => {
  const config = (sampleRatio: number) => ({
    system: "phase-retrieval",
    parameters: { sampleRatio, initialOverlap: 0.5, learningRate: 0.02 },
    method: { kind: "causal", until: 0.04, trajectories: 256, seed: 20261122 },
    report: { times: [0.04], quantities: ["overlap"] },
  });

  it("is told with many measurements, and is none with few", async () => {
    const [many, few] = [await runCase("solve", config(60)), await runCase("solve", config(2))];
    expect(many.notes.join()).toMatch(/above 0\.0167, up to which the descent can settle/);
    expect(few.notes.join()).not.toMatch(/settle/);
  });
});

describe("a zero", () => {
  it("has no sign", async () => {
    const { rows } = await runCase("solve", {
      system: "p-spin",
      parameters: {
        p: 3,
        temperature: 0,
        schedule: { kind: "tabulated", times: [0, 2, 3], rates: [0, 0, 1] },
      },
      method: { until: 4, points: 40 },
      report: { times: [1], quantities: ["lossExponent"] },
    });
    expect(rows.map(({ value }) => Object.is(value, 0))).toEqual([true]);
  });
});

describe("rows of single samples, asked for", () => {
  const config = (samples: boolean) => ({
    ...pSpin,
    method: { until: 1, points: 20 },
    simulation: small,
    report: { times: [1], quantities: ["loss"], samples },
  });
  const does = /report\.samples does nothing here/;

  it("where there are none, are told", async () => {
    expect((await runCase("solve", config(true))).notes.join()).toMatch(does);
    expect((await runCase("predict", { ...config(true), report: { samples: true } })).notes.join()).toMatch(
      does,
    );
    expect((await runCase("solve", config(false))).notes.join()).not.toMatch(does);
  });

  it("where there are some, are there", async () => {
    const { rows, notes } = await runCase("simulate", config(true));
    expect(rows.filter(({ sample }) => sample !== undefined).length).toBeGreaterThan(0);
    expect(notes.join()).not.toMatch(does);
  });
});
