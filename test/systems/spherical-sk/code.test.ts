import { describe, expect, it } from "vitest";
import { predict, solve } from "../../../src/systems/calls";
import { parseConfig } from "../../../src/systems/config/config";

describe("the system spherical-sk", () => {
  it("takes the last time of the report as its end, or what method and simulation say", () => {
    const source = { system: "spherical-sk", report: { times: [3, 70], pairs: [[90, 2]] } };
    expect(parseConfig(source, "solve").method.until).toBe(90);
    expect(parseConfig({ ...source, method: { until: 100 } }, "solve").method.until).toBe(100);
    expect(parseConfig({ ...source, simulation: { until: 95 } }, "compare").method.until).toBe(95);
  });

  it("warns of a rate that equilibrates hot, and of a signal that is never found", async () => {
    const hot = await solve(
      { system: "spherical-sk", parameters: { temperature: 2, schedule: 0.5 } },
      { until: 1 },
    );
    expect(hot.notes.join()).toMatch(/equilibrates hot/);
    const lost = await solve({ system: "spherical-sk", parameters: { signal: 1, noise: 0.5 } }, { until: 1 });
    expect(lost.notes.join()).toMatch(/never finds the signal/);
  });

  it("says infinity where the gap is closed or the system infinite, and undefined without a signal", async () => {
    const times = async (parameters: object) => {
      const { crossoverTime, crossoverTimeLeading, crossoverTimeHessian } = await predict({
        system: "spherical-sk",
        parameters,
      });
      return [crossoverTime, crossoverTimeLeading, crossoverTimeHessian];
    };
    expect(await times({ signal: 1, noise: 1.2, size: 1000 })).toEqual([Infinity, Infinity, Infinity]);
    expect(await times({ signal: 1, noise: 0.5 })).toEqual([Infinity, Infinity, Infinity]);
    expect(await times({ noise: 0.5 })).toEqual(["undefined", "undefined", "undefined"]);
  });

  it("has closed forms where they hold only", async () => {
    const of = (parameters: object) => predict({ system: "spherical-sk", parameters });
    const overlap = await of({ signal: 1, noise: 0.5, initialOverlap: 0.2 });
    expect(overlap).toMatchObject({ crossoverTime: "undefined", crossoverTimeLeading: "undefined" });
    expect(overlap.crossoverTimeHessian).toBeCloseTo(2.2432, 4);
    // z is above 2Δ at t = 0.
    const hot = { noise: 0.25, signal: 1, size: 3000, temperature: 0.9 };
    expect((await of(hot)).crossoverTimeHessian).toBe(0);
    // The signal is never found, or it is too hot: excessLoss tends to a constant.
    expect((await of({ noise: 0.5, signal: 1 })).lateExponent).toBe(0);
    expect((await of({ temperature: 2 })).lateExponent).toBe(0);
    const saturating = { kind: "power-law", rate: 1, exponent: 1.5 };
    expect((await of({ schedule: saturating })).lateExponent).toBe(0);
    expect((await of({ temperature: 0.3 })).visibleTime).toBeCloseTo(2.5, 12);
  });

  it.each([
    ["parameters.initialOverlap", { initialOverlap: 0.2 }],
    ["parameters.size", { signal: 1, noise: 0.5, size: 1000, spikeWeight: 2000 }],
  ] as const)("names %s at the door", async (_, parameters) => {
    await expect(solve({ system: "spherical-sk", parameters }, { until: 1 })).rejects.toThrow(
      /^parameters\./,
    );
  });
});
