import { describe, expect, it } from "vitest";
import { cases } from "../../reference/label-noise-cases";
import { runCase } from "./run-case";

const withRun = cases.filter(({ run }) => run !== undefined);

describe("reference cases by their configs, closed forms and closure", () => {
  const fast = withRun.filter(({ run }) => run!.verb !== "simulate");
  it("are all that have a command and need no simulation", () => {
    expect(fast.length).toBe(37);
    expect(withRun.length).toBe(54);
  });
  it.each(fast)("$id", runCase);
});
