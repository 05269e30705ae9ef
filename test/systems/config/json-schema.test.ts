import { describe, expect, it } from "vitest";
import { parseConfig } from "../../../src/systems/config/config";
import { configSchema } from "../../../src/systems/config/json-schema";
import { systems } from "../../../src/systems/registry";
import { matches } from "./matches";

const schema = configSchema();
const pSpin = { system: "p-spin", parameters: { p: 3 }, method: { until: 1 } };
const retrieval = { system: "phase-retrieval", parameters: { sampleRatio: 2 } };

describe("the schema of configs", () => {
  it.each(systems.map(({ name, example }) => ({ name, example })))(
    "takes the example of $name, and with an address of the schema",
    ({ name, example }) => {
      expect(matches(schema, { system: name, ...example })).toBe(true);
      expect(matches(schema, { $schema: "./config.schema.json", system: name, ...example })).toBe(true);
    },
  );

  it.each([
    ["every method of a system", { ...pSpin, method: { kind: "aging", until: 10 } }],
    ["an end that is said elsewhere", { ...pSpin, method: { kind: "uniform" }, simulation: { until: 1 } }],
    ["a simulation that ends with the theory", { ...pSpin, simulation: { size: 10, samples: 2 } }],
    ["a search", { ...pSpin, optimise: { parameters: {}, reach: { quantity: "loss", value: -1 } } }],
    ["names of what is asked for", { ...pSpin, report: { quantities: ["loss", "thresholdLoss"] } }],
  ])("takes %s", (_, config) => {
    expect(matches(schema, config)).toBe(true);
  });

  it.each([
    ["no system", { parameters: { p: 3 } }],
    ["a system that is not there", { ...pSpin, system: "p-spins" }],
    ["a key that is not known", { ...pSpin, paramters: {} }],
    ["neither p nor couplings", { ...pSpin, parameters: { temperature: 1 } }],
    ["both", { ...pSpin, parameters: { p: 3, couplings: [{ p: 3, variance: 1 }] } }],
    ["a parameter of another system", { ...pSpin, parameters: { p: 3, width: 2 } }],
    ["a number out of range", { ...pSpin, parameters: { p: 3, temperature: -1 } }],
    ["a schedule without its rate", { ...pSpin, parameters: { p: 3, schedule: { kind: "constant" } } }],
    ["a method that is not there", { ...pSpin, method: { kind: "uniforms", until: 1 } }],
    ["a field of another method", { ...pSpin, method: { kind: "aging", until: 1, variable: "time" } }],
    [
      "a method that is not the first without its kind",
      { ...retrieval, method: { until: 1, trajectories: 64 } },
    ],
    ["a quantity that is not there", { ...pSpin, report: { quantities: ["losses"] } }],
    ["a simulation where there is none to ask", { ...pSpin, simulation: { sizes: 3 } }],
  ])("refuses %s", (_, config) => {
    expect(matches(schema, config)).toBe(false);
  });
});

it("a symbol of the papers in place of a word is understood", () => {
  const schedule = { kind: "power-law", rate: 1, beta: 0.5 };
  expect(() => parseConfig({ ...pSpin, parameters: { p: 3, schedule } }, "solve")).toThrow(
    /schedule\.beta is not known; did you mean "exponent"/,
  );
});

it("the address of the schema is the editor's business: it is left out of what is kept", () => {
  const { source } = parseConfig({ $schema: "./config.schema.json", ...pSpin }, "solve");
  expect(source).toEqual(pSpin);
  expect(() => parseConfig({ $schemas: "", ...pSpin }, "solve")).toThrow(/\$schemas is not known/);
});
