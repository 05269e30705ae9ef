import { describe, expect, it } from "vitest";
import { compare } from "../../src/compare";
import type { Ensemble, Solution, Summary } from "../../src/core/results";
import { comparisonRows } from "../../src/run/comparison-rows";
import { ensembleRows } from "../../src/systems/rows/results";

const trajectory = { time: new Float64Array(), series: {} };
const solutionOf = (summary: Summary): Solution => ({
  ...trajectory,
  sample: () => trajectory,
  notes: [],
  summary,
});
const ensembleOf = (summary: Summary): Ensemble => ({
  ...trajectory,
  standardError: {},
  samples: 10,
  size: 100,
  summary,
});
const report = { times: [], pairs: [], samples: false };

describe("what a result has once as a whole", () => {
  it("is compared in the standard errors of both", () => {
    const theory = solutionOf({ settleTime: { value: 5, standardError: 0.3 }, other: { value: 1 } });
    const ensemble = ensembleOf({ settleTime: { value: 4, standardError: 0.4 } });
    const compared = compare(theory, ensemble);
    expect(compared.events).toEqual([
      { quantity: "settleTime", theory: 5, simulation: 4, standardError: 0.5, deviation: 2 },
    ]);
    expect(comparisonRows(compared, report)).toEqual([
      { quantity: "settleTime", theory: 5, simulation: 4, standardError: 0.5, deviation: 2 },
    ]);
  });

  it("has no deviation where the simulation knows no error", () => {
    const compared = compare(
      solutionOf({ settleTime: { value: 5 } }),
      ensembleOf({ settleTime: { value: 4 } }),
    );
    expect(compared.events![0].deviation).toBeNaN();
  });

  it("has a row with its errors, and words where a time never comes", () => {
    const summary = { "settleTime[1]": { value: 4, standardError: 0.4 }, decayTime: { value: Infinity } };
    expect(ensembleRows(ensembleOf(summary), report)).toEqual([
      { quantity: "settleTime", index: [1], value: 4, standardError: 0.4 },
      { quantity: "decayTime", value: "never" },
    ]);
    const asked = { ...report, quantities: ["decayTime"] };
    expect(ensembleRows(ensembleOf(summary), asked)).toHaveLength(1);
  });
});
