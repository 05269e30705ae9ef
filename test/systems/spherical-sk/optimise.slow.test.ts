import { describe, expect, it } from "vitest";
import { optimise } from "../../../src/systems/calls";

const decay = (rate: number, exponent: number) =>
  ({ kind: "hold-then-decay", rate, switchTime: 0, exponent }) as const;

describe("the best decay of the spherical SK model", () => {
  it("optimise finds the best decay of a budget: β = 0.20 for t = 10³, 0.30 for 10⁴, to 0.05", async () => {
    for (const [time, best] of [
      [1e3, 0.2],
      [1e4, 0.3],
    ]) {
      const { best: found } = await optimise(
        { system: "spherical-sk", parameters: { temperature: 1, schedule: decay(0.1, 0.5) } },
        {
          parameters: { "schedule.exponent": [0, 0.95] },
          minimise: { quantity: "loss", time },
          evaluations: 30,
        },
      );
      expect(Math.abs(found!.at[0] - best)).toBeLessThan(0.03);
    }
  });
});
