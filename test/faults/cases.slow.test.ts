import { describe, expect, it } from "vitest";
import { pureCovariance } from "../../src/models/covariance";
import type { Row } from "../../src/systems/rows/row";
import { groundStateLoss } from "../../src/theory/landscape";
import { runCase } from "./run-case";

/** Inputs that once gave a wrong number, or none, by their names; the default answer is good to 1e-4. */
const TOLERANCE = 1e-4;
const powerLaw = (rate: number, exponent: number, offset = 0) => ({
  kind: "power-law",
  rate,
  exponent,
  offset,
});

const numbersOf = (rows: readonly Row[]) =>
  rows.map(({ value, error }) => ({ value: value as number, error: error! }));

/** Temperature, schedule, end, and the loss there. */
const losses: readonly (readonly [string, number, unknown, number, number])[] = [
  ["default-step-too-long-1", 1, 5, 10, -1 / 15],
  ["default-step-too-long-2", 1, 1, 200, -1 / 3],
  ["default-step-too-long-3", 5, 1, 20, -1 / 15],
  ["just-below-one-half", 1, powerLaw(1, 0.49), 4, -0.4866171],
  ["just-below-one-half, 0.495", 1, powerLaw(1, 0.495), 4, -0.487661],
  ["just-below-one-half, 0.499", 1, powerLaw(1, 0.499), 4, -0.4884882],
  ["just-below-one-half, 0.5", 1, powerLaw(1, 0.5), 4, -0.4886939],
  ["just-below-one-half, 0.8", 1, powerLaw(1, 0.8), 4, -0.532516],
  ["just-below-one-half, 0.9", 1, powerLaw(1, 0.9), 4, -0.540324],
  [
    "error-where-the-rate-reaches-zero",
    1,
    { kind: "polynomial-decay", rate: 1, horizon: 4, exponent: 1 },
    4,
    -0.5527102339579,
  ],
  ["clock-saturates", 1, powerLaw(1, 10, 1), 100, -0.1045811344],
];

describe("the right value, with an error that covers the true one", () => {
  it.each(losses)("%s", async (_, temperature, schedule, until, expected) => {
    const { exit, rows } = await runCase("solve", {
      system: "p-spin",
      parameters: { p: 3, temperature, schedule },
      method: { until },
      report: { times: [until], quantities: ["loss"] },
    });
    expect(exit).toBe(0);
    const [{ value, error }] = numbersOf(rows);
    const apart = Math.abs(value - expected);
    expect(apart).toBeLessThan(TOLERANCE);
    // Expected values are known to a part in ten millions.
    expect(apart).toBeLessThan(error / 0.3 + 1e-7);
  });

  it("stated-error-300", async () => {
    const { rows } = await runCase("solve", {
      system: "p-spin",
      parameters: { p: 3 },
      method: { until: 10, points: 300, extrapolate: true },
      report: { times: [10], quantities: ["loss"] },
    });
    const [{ value, error }] = numbersOf(rows);
    const apart = Math.abs(value + 0.874019604463);
    expect(apart).toBeLessThan(error / 0.3 + 1e-12);
  });

  it("stated-error-derived", async () => {
    const { rows } = await runCase("solve", {
      system: "p-spin",
      parameters: { p: 3, temperature: 1, schedule: { kind: "power-law", rate: 0.5, exponent: 0.2 } },
      method: { until: 1000, points: 300, extrapolate: true },
      report: { times: [1000], quantities: ["lossExponent"] },
    });
    const [{ value, error }] = numbersOf(rows);
    // 0.2554 by 600 points.
    expect(Math.abs(value - 0.2554)).toBeLessThan(error / 0.3);
  });

  it("table-of-a-thousand-rates", async () => {
    const times = Array.from({ length: 1001 }, (_, k) => k / 100);
    const rates = times.map((t) => 0.5 * (1 + t) ** -0.4);
    const { rows } = await runCase("solve", {
      system: "p-spin",
      parameters: { p: 3, temperature: 1, schedule: { kind: "tabulated", times, rates } },
      method: { until: 10, points: 400 },
      report: { times: [10], quantities: ["loss"] },
    });
    const [{ value, error }] = numbersOf(rows);
    expect(Math.abs(value + 0.66333)).toBeLessThan(error / 0.3 + 1e-5);
    expect(error).toBeLessThan(TOLERANCE);
  });

  it("advice-below-what-was-tried: a start of width 1e-6 is seen by 400 steps", async () => {
    const problem = {
      system: "p-spin",
      parameters: { p: 3, temperature: 1, schedule: powerLaw(1, 0.6, 1e-6) },
      report: { times: [4], quantities: ["loss"] },
    };
    const plain = await runCase("solve", {
      ...problem,
      method: { until: 4, points: 400, extrapolate: false },
    });
    const whole = await runCase("solve", { ...problem, method: { until: 4 } });
    expect([plain.exit, whole.exit]).toEqual([0, 0]);
    expect(Math.abs((plain.rows[0].value as number) - (whole.rows[0].value as number))).toBeLessThan(1e-3);
  });

  it("default-run-late-excess", async () => {
    const { rows } = await runCase("solve", {
      system: "p-spin",
      parameters: { p: 3, temperature: 0 },
      method: { until: 100 },
      report: { times: [100], quantities: ["excessLoss", "lossExponent"] },
    });
    const [excess, exponent] = numbersOf(rows);
    expect(Math.abs(excess.value - 0.0141417)).toBeLessThan(TOLERANCE);
    expect(Math.abs(exponent.value - 0.675)).toBeLessThan(exponent.error / 0.3 + 0.005);
  });
});

describe("singular starts", () => {
  it.each([0.5, 0.6, 0.7, 0.9])("singular-start-refused: exponent %d is solved", async (exponent) => {
    const { exit, rows } = await runCase("solve", {
      system: "p-spin",
      parameters: { p: 3, temperature: 1, schedule: powerLaw(1, exponent) },
      method: { until: 2 },
      report: { times: [1, 2], quantities: ["loss"] },
    });
    expect(exit).toBe(0);
    for (const { error } of rows) expect(error).toBeLessThan(TOLERANCE);
  });

  it.each([
    ["below-ground-state", { system: "p-spin", parameters: { p: 3, temperature: 1 } }, -0.957],
    [
      "below-ground-state-spiked",
      {
        system: "spiked-matrix-tensor",
        parameters: { matrixNoise: 0.5, tensorNoise: 1, initialOverlap: 0.2 },
      },
      -2,
    ],
  ] as const)("%s: with fixed steps it ends with a message, or is physical", async (_, one, lowest) => {
    const parameters = { ...one.parameters, schedule: powerLaw(0.5, 0.493) };
    const method = { until: 10, points: 100, extrapolate: false };
    const report = { times: [10], quantities: ["loss"] };
    const { exit, rows, message } = await runCase("solve", { ...one, parameters, method, report });
    if (exit === 0) for (const { value } of rows) expect(value).toBeGreaterThan(lowest);
    else expect([exit, message]).toEqual([1, expect.stringMatching(/ground state|lowest|exceeded/)]);
  });
});

it("search-into-a-hole: no loss below the ground state, and what was not searched is said", async () => {
  const { exit, rows, notes } = await runCase("optimise", {
    system: "p-spin",
    parameters: { p: 3, temperature: 1, schedule: powerLaw(0.5, 0.4) },
    method: { points: 100 },
    optimise: {
      parameters: { "schedule.exponent": [0, 0.95] },
      minimise: { quantity: "loss", time: 10 },
    },
  });
  expect(exit).toBe(0);
  const found = rows.filter(({ quantity }) => quantity === "loss").map(({ value }) => value);
  expect(found.length).toBeGreaterThan(8);
  const lowest = groundStateLoss(pureCovariance(3));
  for (const value of found) if (typeof value === "number") expect(value).toBeGreaterThan(lowest);
  const failed = found.filter((value) => typeof value !== "number").length;
  if (failed > found.length / 10) expect(notes.join()).toMatch(/was not searched/);
});

it("advice-beyond-the-cap: what is advised is allowed", async () => {
  const { exit, message } = await runCase("solve", {
    system: "p-spin",
    parameters: { p: 3 },
    method: { kind: "uniform", until: 10000, points: 400, extrapolate: false },
  });
  expect(exit).toBe(1);
  const [, most, until] = message.match(/(\d+) are the most: take that many, up to a method.until of (\d+)/)!;
  expect(Number(until) / Number(most)).toBeLessThan(1 / 10);
  const door = await runCase("solve", {
    system: "p-spin",
    parameters: { p: 3 },
    method: { kind: "uniform", until: 10000, points: Number(most) + 1000, extrapolate: false },
  });
  expect(door).toMatchObject({ exit: 2, parameter: "method.points" });
});
