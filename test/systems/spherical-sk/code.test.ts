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

  it.each([
    ["parameters.initialOverlap", { initialOverlap: 0.2 }],
    ["parameters.size", { signal: 1, noise: 0.5, size: 1000, spikeWeight: 2000 }],
  ] as const)("names %s at the door", async (_, parameters) => {
    await expect(solve({ system: "spherical-sk", parameters }, { until: 1 })).rejects.toThrow(
      /^parameters\./,
    );
  });
});
