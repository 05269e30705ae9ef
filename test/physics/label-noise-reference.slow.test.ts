import { describe, expect, it } from "vitest";
import { cases } from "../reference/label-noise-cases";
import { runCase } from "../systems/label-noise-momentum/run-case";

describe("reference simulations of vector UV by their configs, at their tolerance of four standard errors", () => {
  const simulated = cases.filter(({ run }) => run?.verb === "simulate");
  it("are seventeen", () => expect(simulated.length).toBe(17));
  it.each(simulated)("$id", runCase);
});
